//! What is measured by others.
use super::{SettingKey, declare::section, weaker::Weaker};
use crate::audience::Audience;
use crate::community::Strictest;
use crate::value::{Bounds, MeasurementId};

section! {
    /// What is measured by others.
    pub struct Analytics in "analytics" titled "Analytics" {
        /// The measurement ID under which Google Analytics counts visits to member pages.
        google: MeasurementId = MeasurementId::default(), "Google Analytics" {
            weaker: Weaker::Adds,
            active: true,
            for_members: true,
            bounds: Some(Bounds { min: 0, max: 14 }),
            per_community: Some(Strictest::Own),
        } about {
            more: "Leave it empty to measure nothing. Never on authentication, profile and admin pages. Pages that are measured load Google's script, and their content security policy allows its hosts; no other page does. A community decides about its own pages; elsewhere nobody is measured whose community wants nothing measured.",
            seed: "1.48",
            standards: &["GDPR Article 6"],
            synonyms: &["tracking", "GA4", "gtag", "statistics"],
            audience: Audience::Visitors,
        }
        /// Nobody is measured before they have agreed.
        consent: bool = true, "Ask before measuring" {
            weaker: Weaker::Off,
            since: 2,
            active: true,
            for_members: true,
        } about {
            more: "A line at the end of the page asks; the answer is kept in a cookie of this site, and is taken back under “My profile”. Off: everybody is measured who has not said no there.",
            standards: &["GDPR Article 7", "ePrivacy Directive Article 5(3)"],
            synonyms: &["consent", "cookie banner", "opt-in", "tracking", "statistics"],
            audience: Audience::Visitors,
            only_with: Some(SettingKey::ANALYTICS_GOOGLE),
        }
    }
}
