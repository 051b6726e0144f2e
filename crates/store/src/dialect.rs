//! Where the two engines differ.
use crate::{Error, Inner, Pools, Store, Tx, sql};

impl Store {
    /// Whether the database has a clock of its own, as on another machine.
    pub const fn has_clock(&self) -> bool {
        matches!(self.0, Pools::Postgres(_))
    }
}

impl Tx {
    /// Whether this unit of work holds off all others from its beginning: one that writes on SQLite has
    /// the only write lock, so no row has to be locked in it.
    pub(crate) const fn holds_everything(&self) -> bool {
        matches!(self.0, Inner::Sqlite(_))
    }

    /// The time by the database's own clock, in milliseconds; `None` on SQLite, which goes by this machine's.
    pub async fn clock(&mut self) -> Result<Option<i64>, Error> {
        if self.holds_everything() {
            return Ok(None);
        }
        let sql = "SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT";
        Ok(sql::fetch_optional!(self, (i64,), sql)?.map(|(now,)| now))
    }

    /// Waits until no other unit of work replaces keys, and holds them off until its own end; it waits for nobody
    /// else and nobody else waits for it.
    pub async fn replace_keys_alone(&mut self) -> Result<(), Error> {
        /// Any number that no other advisory lock uses.
        const REPLACING_KEYS: i64 = 0x6b65_7973;
        if self.holds_everything() {
            return Ok(());
        }
        sql::execute!(self, "SELECT pg_advisory_xact_lock($1)", REPLACING_KEYS).map(drop)
    }
}
