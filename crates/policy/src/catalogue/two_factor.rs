//! Who needs a second factor, and which ones there are.
use super::{Effect, declare::section};

section! {
    /// Who needs a second factor, and which ones there are.
    pub struct TwoFactor in "two_factor" titled "Two-factor authentication" {
        /// Admins, IT admins and super-admins set up an authenticator app or a passkey before they can go on.
        require_admins: bool = false, "Require MFA for admins" {
            risk: Some("holds admins up until they enrol"),
            more: "Until they have enrolled, every page leads to My profile, Two-factor. They can still enrol, sign out and pass the sign-in challenge. An authenticator app or a passkey is enough.",
            seed: "2",
            standards: &["ISO 27001 A.9.4.2", "NIS2 Article 21(2)(j)", "ASVS 5.0 6.3.3"],
            synonyms: &["2FA", "MFA", "OTP", "two-step", "second factor", "enforce"],
        }
        /// Every signed-in member sets up an authenticator app or a passkey before they can go on.
        require_everyone: bool = false, "Require MFA for everyone" {
            risk: Some("holds everyone up until they enrol"),
            more: "Covers admins too. Switch it on once the rollout has reached the whole organisation: members who have not enrolled are stopped on their next request.",
            seed: "2",
            standards: &["ASVS 5.0 6.3.3"],
            synonyms: &["2FA", "MFA", "OTP", "two-step", "second factor", "enforce"],
        }
        /// Members may set up an authenticator app that shows a new code every 30 seconds.
        authenticator: bool = true, "Authenticator apps" {
            effect: Effect::NextEnrolment,
            more: "Off: nobody can set up a new app. Apps that are already set up go on working until they are removed.",
            seed: "1.37",
            standards: &["RFC 6238", "ASVS 5.0 6.5.1"],
            synonyms: &["TOTP", "OTP", "2FA", "MFA", "Google Authenticator", "two-step"],
        }
        /// Members may add passkeys, and sign in with one alone.
        passkeys: bool = true, "Passkeys" {
            effect: Effect::NextEnrolment,
            more: "A passkey resists phishing. It always asks for the device's own check of the person, so it counts as both factors. Off: nobody can add one; those already added go on working as a second step.",
            seed: "+",
            standards: &["WebAuthn Level 3", "NIST SP 800-63B-4 §3.1.6"],
            synonyms: &["WebAuthn", "FIDO2", "security key", "2FA", "MFA", "passwordless"],
        }
    }
}
