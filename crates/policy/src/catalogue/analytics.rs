//! What is measured by others.
use super::{declare::section, weaker::Weaker};
use crate::community::Strictest;
use crate::value::{Bounds, MeasurementId};

section! {
    /// What is measured by others.
    pub struct Analytics in "analytics" titled "Analytics" {
        /// The measurement ID under which Google Analytics counts visits to member pages.
        google: MeasurementId = MeasurementId::default(), "Google Analytics" {
            weaker: Weaker::Adds,
            bounds: Some(Bounds { min: 0, max: 14 }),
            per_community: Some(Strictest::Own),
        } about {
            more: "Leave it empty to measure nothing. Never on authentication and admin pages.",
            seed: "1.48",
            standards: &["GDPR Article 6"],
            synonyms: &["tracking", "GA4", "gtag", "statistics"],
        }
    }
}
