//! Browsers that a member has signed in from, known by the hash of a cookie.
use crate::{Error, MemberId, Tx, sql};

impl Tx {
    /// Tells whether a member has signed in from a browser.
    pub async fn is_known_browser(&mut self, browser: &str, member: &MemberId) -> Result<bool, Error> {
        let sql = "SELECT first_seen_at FROM known_browsers WHERE browser = $1 AND member_id = $2";
        Ok(sql::one!(self, (i64,), sql, browser, member)?.is_some())
    }

    /// Notes that a member has signed in from a browser.
    pub async fn put_known_browser(&mut self, browser: &str, member: &MemberId, now: i64) -> Result<(), Error> {
        let sql = "INSERT INTO known_browsers (browser, member_id, first_seen_at, last_seen_at) VALUES ($1, $2, $3, $3) \
                   ON CONFLICT (browser, member_id) DO UPDATE SET last_seen_at = excluded.last_seen_at";
        sql::run!(self, sql, browser, member, now).map(drop)
    }

    /// Deletes browsers that were last seen before an instant.
    pub async fn delete_browsers_before(&mut self, before: i64) -> Result<u64, Error> {
        sql::run!(self, "DELETE FROM known_browsers WHERE last_seen_at < $1", before)
    }
}
