//! How many wrong tries there may be, and what follows.
use super::{Risk, TakesEffect, declare::section, weaker::Weaker};
use crate::MemberSegment;
use crate::audience::Audience;
use crate::value::{Attempts, Bounds, Minutes, Seconds};

section! {
    /// How many wrong tries there may be, and what follows.
    pub struct Lockout in "lockout" titled "Lockouts" {
        /// After this many wrong passwords the account is locked for a while.
        sign_in_attempts as "lockout.sign_in.max_attempts": Attempts = Attempts(5), "Failed sign-ins" {
            weaker: Weaker::More,
            active: true,
            bounds: Some(Bounds { min: 1, max: 100 }),
            risk: Some(Risk::tightening("can lock people out")),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "Counted for each account, whether it exists or not. A browser that the member has used before keeps a counter of its own, so that a stranger can't lock them out. From one network address, browsers that nobody has signed in from have twenty times as many failed sign-ins at all accounts together. An address of IPv6 counts for its networks of /64, /56 and /48 at once, of which the second has four and the third sixteen times that.",
            seed: "1.22",
            standards: &["ASVS 5.0 6.3.1", "NIST SP 800-63B-4 §3.2.2"],
            synonyms: &["brute-force", "throttling", "rate limiting", "locked out", "account lockout"],
            audience: Audience::LockedOut(MemberSegment::LockedOutOfSignIn),
        }
        /// Only wrong passwords within this time count.
        sign_in_window as "lockout.sign_in.window": Minutes = Minutes(15), "Window for failed sign-ins" {
            weaker: Weaker::Less,
            active: true,
            bounds: Some(Bounds { min: 1, max: 1_440 }),
            risk: Some(Risk::tightening("can lock people out")),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "A wrong password that is older than this is forgotten.",
            seed: "1.23",
            standards: &["ASVS 5.0 6.3.1", "NIST SP 800-63B-4 §3.2.2"],
            synonyms: &["brute-force", "throttling", "rate limiting", "locked out", "account lockout"],
            audience: Audience::LockedOut(MemberSegment::LockedOutOfSignIn),
        }
        /// How long a locked account stays locked.
        sign_in_duration as "lockout.sign_in.duration": Minutes = Minutes(15), "Length of a sign-in lock" {
            weaker: Weaker::Less,
            active: true,
            bounds: Some(Bounds { min: 1, max: 1_440 }),
            risk: Some(Risk::tightening("can lock people out")),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "The identity-verification mail, an admin or the server's console unlock it earlier. A lock is never permanent and never stops a password reset.",
            seed: "1.24",
            standards: &["ASVS 5.0 6.3.1", "NIST SP 800-63B-4 §3.2.2"],
            synonyms: &["brute-force", "throttling", "rate limiting", "locked out", "account lockout"],
            audience: Audience::LockedOut(MemberSegment::LockedOutOfSignIn),
        }
        /// A locked person's sign-in form waits this long after each try.
        prompt_delay as "lockout.prompt_delay": Seconds = Seconds(30), "Prompt delay" {
            weaker: Weaker::Less,
            active: true,
            bounds: Some(Bounds { min: 0, max: 600 }),
            zero: Some("No delay"),
            risk: Some(Risk::tightening("can lock people out")),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "The page counts down; the server refuses meanwhile, whatever the browser does. 0 means no delay.",
            seed: "1.25",
            standards: &["ASVS 5.0 6.3.1", "NIST SP 800-63B-4 §3.2.2"],
            synonyms: &["brute-force", "throttling", "rate limiting", "locked out", "account lockout"],
            audience: Audience::LockedOut(MemberSegment::LockedOutOfSignIn),
        }
        /// After this many claims to an address that its holder does not confirm, claiming it is locked for a while.
        claim_attempts as "lockout.claim.max_attempts": Attempts = Attempts(5), "Failed e-mail claims" {
            weaker: Weaker::More,
            active: true,
            bounds: Some(Bounds { min: 1, max: 100 }),
            risk: Some(Risk::tightening("can lock people out")),
            effect: TakesEffect::NextClaim,
            for_members: true,
        } about {
            more: "Only claiming is locked; signing in is not.",
            seed: "1.26",
            standards: &["ASVS 5.0 6.3.1", "NIST SP 800-63B-4 §3.2.2"],
            synonyms: &["brute-force", "throttling", "rate limiting", "locked out", "account lockout", "claim"],
            audience: Audience::LockedOut(MemberSegment::LockedOutOfClaims),
        }
        /// Only failed claims within this time count.
        claim_window as "lockout.claim.window": Minutes = Minutes(15), "Window for failed claims" {
            weaker: Weaker::Less,
            active: true,
            bounds: Some(Bounds { min: 1, max: 1_440 }),
            risk: Some(Risk::tightening("can lock people out")),
            effect: TakesEffect::NextClaim,
            for_members: true,
        } about {
            more: "A failed claim that is older than this is forgotten.",
            seed: "1.27",
            standards: &["ASVS 5.0 6.3.1", "NIST SP 800-63B-4 §3.2.2"],
            synonyms: &["brute-force", "throttling", "rate limiting", "locked out", "account lockout", "claim"],
            audience: Audience::LockedOut(MemberSegment::LockedOutOfClaims),
        }
        /// How long claiming stays locked.
        claim_duration as "lockout.claim.duration": Minutes = Minutes(60), "Length of a claim lock" {
            weaker: Weaker::Less,
            active: true,
            bounds: Some(Bounds { min: 1, max: 1_440 }),
            risk: Some(Risk::tightening("can lock people out")),
            effect: TakesEffect::NextClaim,
            for_members: true,
        } about {
            more: "An admin can lift it earlier.",
            seed: "1.28",
            standards: &["ASVS 5.0 6.3.1", "NIST SP 800-63B-4 §3.2.2"],
            synonyms: &["brute-force", "throttling", "rate limiting", "locked out", "account lockout", "claim"],
            audience: Audience::LockedOut(MemberSegment::LockedOutOfClaims),
        }
        /// After this many wrong codes the second step is paused for a while.
        two_factor_attempts as "lockout.two_factor.max_attempts": Attempts = Attempts(5), "Failed second steps" {
            weaker: Weaker::More,
            active: true,
            bounds: Some(Bounds { min: 1, max: 20 }),
            risk: Some(Risk::tightening("can lock people out")),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "Codes from an app, e-mailed codes and recovery codes count together.",
            seed: "1.29",
            standards: &["ASVS 5.0 6.3.1", "NIST SP 800-63B-4 §3.2.2"],
            synonyms: &["brute-force", "throttling", "rate limiting", "locked out", "account lockout", "OTP", "2FA", "MFA"],
            audience: Audience::LockedOut(MemberSegment::LockedOutOfCodes),
        }
        /// Only wrong codes within this time count.
        two_factor_window as "lockout.two_factor.window": Minutes = Minutes(15), "Window for failed second steps" {
            weaker: Weaker::Less,
            active: true,
            bounds: Some(Bounds { min: 1, max: 1_440 }),
            risk: Some(Risk::tightening("can lock people out")),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "A wrong code that is older than this is forgotten.",
            seed: "1.30",
            standards: &["ASVS 5.0 6.3.1", "NIST SP 800-63B-4 §3.2.2"],
            synonyms: &["brute-force", "throttling", "rate limiting", "locked out", "account lockout", "OTP", "2FA", "MFA"],
            audience: Audience::LockedOut(MemberSegment::LockedOutOfCodes),
        }
        /// How long the second step stays paused.
        two_factor_duration as "lockout.two_factor.duration": Minutes = Minutes(15), "Length of a second-step pause" {
            weaker: Weaker::Less,
            active: true,
            bounds: Some(Bounds { min: 1, max: 1_440 }),
            risk: Some(Risk::tightening("can lock people out")),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "A passkey still works meanwhile.",
            seed: "1.31",
            standards: &["ASVS 5.0 6.3.1", "NIST SP 800-63B-4 §3.2.2"],
            synonyms: &["brute-force", "throttling", "rate limiting", "locked out", "account lockout", "OTP", "2FA", "MFA"],
            audience: Audience::LockedOut(MemberSegment::LockedOutOfCodes),
        }
    }
}
