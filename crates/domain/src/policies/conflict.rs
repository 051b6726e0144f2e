//! What somebody learns who saves on top of settings that somebody else has replaced.
use policy::{Settings, Timestamp};

/// Who saved a revision, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who: an address, or `console`.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Somebody saved meanwhile, and nothing was overwritten.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The revision that stands now.
    pub revision: i64,
    /// Who saved it, and when.
    pub signature: Option<Signature>,
    /// The settings on which the save was based; `None` where there never was such a revision.
    pub base: Option<Settings>,
    /// The settings as they stand now.
    pub theirs: Settings,
    /// The settings that were to be saved.
    pub yours: Settings,
}
