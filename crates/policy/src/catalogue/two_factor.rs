//! Who needs a second factor, and which ones there are.
use super::{Risk, TakesEffect, declare::section, weaker::Weaker};
use crate::audience::Audience;
use crate::value::{Bounds, Days, Limit, Minutes, Seconds};
use crate::{MemberSegment, Role, SettingKey};

section! {
    /// Who needs a second factor, and which ones there are.
    pub struct TwoFactor in "two_factor" titled "Two-factor authentication" {
        /// Admins, IT admins and super-admins set up an authenticator app or a passkey before they can go on.
        require_admins: bool = false, "Require MFA for admins" {
            weaker: Weaker::Off,
            safe: Some("true"),
            may_weaken: Role::SuperAdmin,
            risk: Some(Risk::tightening("holds admins up until they enrol")),
            active: true,
            for_members: true,
        } about {
            more: "Until they have enrolled, every page leads to My profile, Two-factor. They can still enrol, sign out and pass the sign-in challenge. An authenticator app or a passkey is enough.",
            seed: "2",
            standards: &["ISO 27001 A.9.4.2", "NIS2 Article 21(2)(j)", "ASVS 5.0 6.3.3"],
            synonyms: &["2FA", "MFA", "OTP", "two-step verification", "second factor", "enforce", "MFA enforcement", "multi-factor authentication", "multifactor"],
            audience: Audience::Enrolment { of: MemberSegment::Admins, missing: MemberSegment::AdminsNotEnrolled },
        }
        /// Every signed-in member sets up an authenticator app or a passkey before they can go on.
        require_everyone: bool = false, "Require MFA for everyone" {
            weaker: Weaker::Off,
            safe: Some("true"),
            may_weaken: Role::SuperAdmin,
            risk: Some(Risk::tightening("holds everyone up until they enrol")),
            active: true,
            for_members: true,
        } about {
            more: "Covers admins too. Switch it on once the rollout has reached the whole organisation: members who have not enrolled are stopped on their next request.",
            seed: "2",
            standards: &["ASVS 5.0 6.3.3"],
            synonyms: &["2FA", "MFA", "OTP", "two-step verification", "second factor", "enforce", "MFA enforcement", "multi-factor authentication", "multifactor"],
            audience: Audience::Enrolment { of: MemberSegment::Active, missing: MemberSegment::NotEnrolled },
        }
        /// Members may set up an authenticator app that shows a new code every 30 seconds.
        authenticator: bool = true, "Authenticator apps" {
            weaker: Weaker::Off,
            effect: TakesEffect::NextEnrolment,
            active: true,
            for_members: true,
        } about {
            more: "Off: nobody can set up a new app. Apps that are already set up go on working until they are removed.",
            seed: "1.37",
            standards: &["RFC 6238", "ASVS 5.0 6.5.1"],
            synonyms: &["TOTP", "OTP", "2FA", "MFA", "Google Authenticator", "Microsoft Authenticator", "Authy", "two-step"],
            audience: Audience::Members(MemberSegment::WithAuthenticator),
            idle_when_off: false,
        }
        /// Members may add passkeys, and sign in with one alone.
        passkeys: bool = true, "Passkeys" {
            weaker: Weaker::Off,
            effect: TakesEffect::NextEnrolment,
            active: true,
            for_members: true,
        } about {
            more: "A passkey resists phishing. It always asks for the device's own check of the person, so it counts as both factors. Off: nobody can add one; those already added go on working as a second step.",
            seed: "+",
            standards: &["WebAuthn Level 3", "NIST SP 800-63B-4 §3.1.6"],
            synonyms: &["WebAuthn", "FIDO2", "security key", "YubiKey", "biometric", "2FA", "MFA", "passwordless"],
            audience: Audience::Members(MemberSegment::WithPasskey),
            idle_when_off: false,
        }
        /// Members may use codes that are sent by e-mail as their second step.
        email: bool = true, "E-mailed codes" {
            weaker: Weaker::Off,
            active: true,
            risk: Some(Risk::weakening("can leave people without a second step")),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "A code in a mail proves less than an app or a passkey: it does not satisfy the two switches above, and whoever has an app or a passkey can't use a code in its place.",
            seed: "1.35",
            standards: &["NIST SP 800-63B-4 §3.1.3.1"],
            synonyms: &["2FA", "MFA", "OTP", "one-time code", "mail", "two-step"],
            audience: Audience::Members(MemberSegment::OnlyEmailCodes),
            idle_when_off: false,
        }
        /// How long an e-mailed code can be used.
        email_code_lifetime: Seconds = Seconds(600), "Lifetime of e-mailed codes" {
            weaker: Weaker::More,
            active: true,
            bounds: Some(Bounds { min: 60, max: 3_600 }),
            effect: TakesEffect::CodeAtUse,
            for_members: true,
        } about {
            more: "A code has eight digits, works once, and only for the sign-in that asked for it. The link in its mail passes that second step, too, in the same browser, and ends with the code or with “Verification link”, whichever is earlier.",
            seed: "1.36",
            standards: &["NIST SP 800-63B-4 §3.1.3.2", "ASVS 5.0 6.5.5"],
            synonyms: &["OTP", "expiry", "2FA", "MFA"],
            audience: Audience::Members(MemberSegment::OnlyEmailCodes),
            only_with: Some(SettingKey::TWO_FACTOR_EMAIL),
        }
        /// How long members who are newly asked to enrol may postpone it.
        grace_days: Days = Days(0), "Grace period to enrol" {
            weaker: Weaker::More,
            may_weaken: Role::SuperAdmin,
            active: true,
            bounds: Some(Bounds { min: 0, max: 90 }),
            zero: Some("At once"),
            for_members: true,
        } about {
            more: "Counted for each member from the day on which enrolment was first asked of them. They are reminded at each sign-in.",
            seed: "+",
            standards: &[],
            synonyms: &["postpone", "deadline", "rollout", "2FA", "MFA"],
            audience: Audience::Enrolment { of: MemberSegment::Active, missing: MemberSegment::NotEnrolled },
            idle_when_off: false,
        }
        /// A browser may skip the second step for this long after it was passed and the box was ticked.
        trusted_device_days: Limit<Days> = Limit::Unlimited, "Trusted devices" {
            weaker: Weaker::More,
            active: true,
            bounds: Some(Bounds { min: 1, max: 90 }),
            zero: Some("Off"),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "Members see and revoke their trusted browsers under My profile. A new password or a change of factors ends the trust.",
            seed: "+",
            standards: &["ASVS 5.0 6.3.3"],
            synonyms: &["remember this device", "skip", "2FA", "MFA"],
            audience: Audience::TrustedBrowsers,
        }
        /// How old the request of a member who can't use their second step has to be before an admin grants it.
        help_wait: Minutes = Minutes(60), "Wait before a second step is removed on request" {
            weaker: Weaker::Less,
            may_weaken: Role::SuperAdmin,
            since: 2,
            active: true,
            bounds: Some(Bounds { min: 60, max: 2_880 }),
            for_members: true,
        } about {
            more: "Whoever knows the password can ask. The member gets a mail at once by which they cancel it, and has this long to see it. A request lapses after 7 days.",
            standards: &["NIST SP 800-63B-4 §4.2", "ASVS 5.0 6.4.4"],
            synonyms: &["lost phone", "recovery", "help desk", "reset", "2FA", "MFA"],
            audience: Audience::Members(MemberSegment::Active),
            idle_when_off: false,
        }
    }
}
