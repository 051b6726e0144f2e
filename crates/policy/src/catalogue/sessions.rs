//! How long a sign-in lasts, and how many there may be.
use super::{Risk, TakesEffect, declare::section, weaker::Weaker};
use crate::Role;
use crate::audience::Audience;
use crate::value::{Bounds, Limit, Minutes};

section! {
    /// How long a sign-in lasts, and how many there may be.
    pub struct Sessions in "sessions" titled "Sessions" {
        /// A member who does nothing for this long signs in again, and returns to the page they were on.
        idle_timeout: Limit<Minutes> = Limit::Of(Minutes(30)), "Idle timeout" {
            weaker: Weaker::Longer,
            bounds: Some(Bounds { min: 5, max: 43_200 }),
            zero: Some("Never"),
            risk: Some(Risk::tightening("can sign people out")),
            active: true,
            for_members: true,
        } about {
            more: "Counted from the last request that a person caused. Activity is recorded at most once a minute. The lifetime below ends a session too: whichever comes first.",
            seed: "1.4",
            standards: &["ASVS 5.0 7.3.1", "NIST SP 800-63B-4 §2.2.3"],
            synonyms: &["inactivity", "inactive", "global session timeout", "auto sign-out", "log-out", "log-off"],
            audience: Audience::Sessions,
        }
        /// How long a session lasts after sign-in, whatever happens in it.
        lifetime: Minutes = Minutes(480), "Session lifetime" {
            weaker: Weaker::More,
            bounds: Some(Bounds { min: 5, max: 43_200 }),
            risk: Some(Risk::tightening("can sign people out")),
            active: true,
            for_members: true,
        } about {
            more: "Counted from the moment of sign-in. Sessions that are already running are judged by it too.",
            seed: "2",
            standards: &["ASVS 5.0 7.3.2", "NIST SP 800-63B-4 §2.2.3"],
            synonyms: &["absolute timeout", "expiry", "duration", "maximum session length", "TTL", "sign-out", "log-out", "log-off"],
            audience: Audience::Sessions,
        }
        /// A member may be signed in on several devices at once.
        allow_concurrent: bool = true, "Concurrent sign-ins" {
            weaker: Weaker::On,
            safe: Some("false"),
            active: true,
            risk: Some(Risk::tightening("can sign people out")),
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "Off: a sign-in ends the member's other sessions, and the browser that was signed out says why.",
            seed: "1.2",
            standards: &["ASVS 5.0 7.1.2", "NIST SP 800-53 AC-10"],
            synonyms: &["simultaneous", "multiple devices", "parallel", "one session"],
            audience: Audience::Sessions,
            idle_when_off: false,
        }
        /// The sign-in page offers “Stay signed in” and remembers the name of whoever used it.
        remember_me: bool = true, "Stay signed in" {
            weaker: Weaker::On,
            safe: Some("false"),
            active: true,
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "The session outlives the browser's window, and not the idle timeout and the lifetime above: the earlier of the two ends it. The password is the browser's own business and never stored by Bailey. Off: remembered names are forgotten, and sessions that were kept alive this way end.",
            seed: "1.3",
            standards: &["ASVS 5.0 7.1.1"],
            synonyms: &["remember me", "stay login", "persistent", "cookie", "keep me signed in", "keep me logged in", "stay logged in"],
            audience: Audience::PersistentSessions,
            idle_when_off: false,
        }
        /// Changes of settings, of factors and of members ask for a second factor again when the last one was longer ago than this.
        step_up: Minutes = Minutes(10), "Fresh second factor" {
            weaker: Weaker::More,
            may_weaken: Role::SuperAdmin,
            active: true,
            bounds: Some(Bounds { min: 1, max: 60 }),
            for_members: true,
            risk: Some(Risk::weakening("can let old proofs count")),
        } about {
            more: "Concerns also whether a change that waits is kept or put back, and communities. Without a second factor the password counts. A change of the password asks for the present one in any case.",
            seed: "+",
            standards: &["ASVS 5.0 7.5.3"],
            synonyms: &["step-up", "sudo mode", "re-authentication", "re-authenticate", "confirm"],
        }
    }
}
