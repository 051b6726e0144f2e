//! Where the two engines differ.
use crate::{Inner, Tx};

impl Tx {
    /// Tells whether this unit of work holds off all others from its beginning: one that writes on SQLite has
    /// the only write lock, so no row has to be locked in it.
    pub(crate) const fn holds_everything(&self) -> bool {
        matches!(self.0, Inner::Sqlite(_))
    }
}
