//! How long the audit log is kept.
use super::{Risk, TakesEffect, declare::section, weaker::Weaker};
use crate::value::{Bounds, Days, Limit};

section! {
    /// How long the audit log is kept.
    pub struct Audit in "audit" titled "Audit" {
        /// Entries of the audit log older than this are removed.
        retention: Limit<Days> = Limit::Of(Days(365)), "Audit log retention" {
            weaker: Weaker::Shorter,
            safe: Some("0"),
            bounds: Some(Bounds { min: 30, max: 3_650 }),
            zero: Some("Keep for ever"),
            risk: Some(Risk::weakening("removes evidence")),
            effect: TakesEffect::NextRun,
        } about {
            more: "Entries leave in whole segments, each closed by a signed checkpoint, so that what remains can still be verified.",
            seed: "+",
            standards: &["PCI DSS 4.0 10.5.1", "ISO 27001 A.8.15"],
            synonyms: &["log", "history", "delete", "prune"],
        }
    }
}
