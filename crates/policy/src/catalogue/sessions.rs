//! How long a sign-in lasts.
use super::{Effect, declare::section};
use crate::value::{Bounds, Limit, Minutes};

section! {
    /// How long a sign-in lasts.
    pub struct Sessions in "sessions" titled "Sessions" {
        /// A member who does nothing for this long signs in again, and returns to the page they were on.
        idle_timeout: Limit<Minutes> = Limit::Of(Minutes(30)), "Idle timeout" {
            bounds: Some(Bounds { min: 5, max: 43_200 }),
            zero: Some("Never"),
            risk: Some("can sign people out"),
            more: "Counted from the last request that a person caused. Activity is recorded at most once a minute. The lifetime below ends a session too: whichever comes first.",
            seed: "1.4",
            standards: &["ASVS 5.0 7.3.1", "NIST SP 800-63B-4 §2.2.3"],
            synonyms: &["inactivity", "global session timeout", "auto sign-out", "logout"],
        }
        /// How long a session lasts after sign-in, whatever happens in it.
        lifetime: Minutes = Minutes(480), "Session lifetime" {
            bounds: Some(Bounds { min: 5, max: 43_200 }),
            risk: Some("can sign people out"),
            effect: Effect::NextRequest,
            more: "Counted from the moment of sign-in. Sessions that are already running are judged by it too.",
            seed: "2",
            standards: &["ASVS 5.0 7.3.2", "NIST SP 800-63B-4 §2.2.3"],
            synonyms: &["absolute timeout", "expiry", "duration", "logout"],
        }
    }
}
