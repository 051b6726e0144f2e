//! What a password has to be, and how long it serves.
use super::{Risk, TakesEffect, declare::section, weaker::Weaker};
use crate::community::Strictest;
use crate::value::{Bounds, BreachCheck, Days, HttpsUrl, Limit, PasswordPolicy, Passwords as Count};
use crate::{Role, SettingKey};

section! {
    /// What a password has to be, and how long it serves.
    pub struct Passwords in "passwords" titled "Passwords" {
        /// What a new password has to be.
        policy: PasswordPolicy = PasswordPolicy::Standard, "Password policy" {
            weaker: Weaker::Later(&["strong", "standard", "basic"]),
            active: true,
            risk: Some(Risk::tightening("can ask people for a new password")),
            effect: TakesEffect::NextPassword,
            for_members: true,
        } about {
            more: "Every policy allows all characters, spaces, pasting and password managers, up to 256 characters. Every policy refuses the 82 000 passwords of a built-in list of used ones, in whatever case. Standard refuses what is as easy to guess, and the member's own name or address; Strong asks for an estimated strength of 4 (zxcvbn).",
            seed: "1.1",
            standards: &["NIST SP 800-63B-4 §3.1.1.2", "ASVS 5.0 6.2.1", "ASVS 5.0 6.2.4"],
            synonyms: &["complexity", "length", "strength", "weak", "zxcvbn", "minimum", "blocklist", "common"],
        }
        /// Whether a service is asked if a new password stands in leaked data, beside the built-in list, which always holds.
        breach_check: BreachCheck = BreachCheck::Off, "Breached passwords" {
            weaker: Weaker::Later(&["service", "off"]),
            safe: Some("service"),
            since: 1,
            may_weaken: Role::SuperAdmin,
            active: true,
            effect: TakesEffect::NextPassword,
            for_members: true,
        } about {
            more: "The service gets the first five characters of the password's SHA-1 and answers with every hash that begins so; neither the password nor its whole hash leaves Bailey. Where it does not answer within two seconds, the built-in list decides alone: that is audited once an hour and shown on the overview.",
            standards: &["ASVS 5.0 6.2.12", "NIST SP 800-63B-4 §3.1.1.2"],
            synonyms: &["pwned", "have i been pwned", "haveibeenpwned", "leak", "HIBP", "compromised", "k-anonymity", "blocklist"],
        }
        /// The service that is asked for breached passwords: an address over https, behind which the five characters are put.
        breach_url: HttpsUrl = HttpsUrl::known("https://api.pwnedpasswords.com/range/"), "Breached passwords: service" {
            weaker: Weaker::Adds,
            since: 1,
            may_weaken: Role::SuperAdmin,
            active: true,
            bounds: Some(Bounds { min: 0, max: 200 }),
            effect: TakesEffect::NextPassword,
        } about {
            more: "Any service that speaks the range protocol of Have I Been Pwned, or a copy of its data in your own network, which the operator then allows by outbound_allow.",
            standards: &["ASVS 5.0 6.2.12"],
            synonyms: &["pwned", "haveibeenpwned", "HIBP", "range", "address"],
            only_with: Some(SettingKey::PASSWORDS_BREACH_CHECK),
        }
        /// How many earlier passwords can't be used again.
        reuse_limit: Limit<Count> = Limit::Of(Count(5)), "Password reuse limit" {
            weaker: Weaker::Less,
            active: true,
            bounds: Some(Bounds { min: 1, max: 24 }),
            zero: Some("No check"),
            effect: TakesEffect::NextPassword,
            for_members: true,
            per_community: Some(Strictest::Greatest),
        } about {
            more: "Only hashes of earlier passwords are kept, and no more than this many.",
            seed: "1.8",
            standards: &["PCI DSS 4.0 8.3.7"],
            synonyms: &["history", "previous passwords", "recycle"],
        }
        /// A password older than this is replaced after the next sign-in.
        max_age: Limit<Days> = Limit::Unlimited, "Force password reset" {
            weaker: Weaker::Longer,
            active: true,
            bounds: Some(Bounds { min: 1, max: 3_650 }),
            zero: Some("Never"),
            risk: Some(Risk::tightening("can ask people for a new password")),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "People are told 7 days ahead. The clock starts when this is turned on, so nobody's password expires that very minute.",
            seed: "1.33",
            standards: &["NIST SP 800-63B-4 §3.1.1.2 advises against it"],
            synonyms: &["expiry", "expiration", "rotation", "maximum age", "change every"],
        }
        /// How often members can change their own password.
        change_interval: Limit<Days> = Limit::Of(Days(1)), "Password change interval" {
            weaker: Weaker::Less,
            active: true,
            bounds: Some(Bounds { min: 1, max: 365 }),
            zero: Some("Any time"),
            effect: TakesEffect::NextPassword,
            for_members: true,
        } about {
            more: "Keeps people from changing it often enough to get round the reuse limit. A forced reset, a recovery and a reset by an admin are never held up.",
            seed: "1.34",
            standards: &["PCI DSS 4.0 8.3.7"],
            synonyms: &["minimum age", "how often"],
        }
    }
}
