//! Where the two engines differ.
use crate::{Error, Inner, Tx, sql};

impl Tx {
    /// Tells whether this unit of work holds off all others from its beginning: one that writes on SQLite has
    /// the only write lock, so no row has to be locked in it.
    pub(crate) const fn holds_everything(&self) -> bool {
        matches!(self.0, Inner::Sqlite(_))
    }

    /// Waits until no other unit of work replaces keys, and holds them off until its own end; it waits for nobody
    /// else and nobody else waits for it.
    pub async fn replace_keys_alone(&mut self) -> Result<(), Error> {
        /// Any number that no other advisory lock uses.
        const REPLACING_KEYS: i64 = 0x6b65_7973;
        if self.holds_everything() {
            return Ok(());
        }
        sql::run!(self, "SELECT pg_advisory_xact_lock($1)", REPLACING_KEYS).map(drop)
    }
}
