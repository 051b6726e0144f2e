//! Where the two engines differ.
use crate::{Inner, Tx};

impl Tx {
    /// Picks the SQL that locks the rows it reads until the end of the unit of work. SQLite needs no
    /// words for that: a writing unit of work holds the only write lock from its beginning.
    pub(crate) const fn locking(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self.0 {
            Inner::Sqlite(_) => sqlite,
            Inner::Postgres(_) => postgres,
        }
    }
}
