//! Instants that lie ahead, as what was written before a clock was set back.
use crate::{Error, Tx, sql};

/// What bears an instant, in words for one of them, and how many do so that lies after another one.
const AHEAD: [(&str, &str); 9] = [
    ("session", "SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL AND (started_at > $1 OR last_seen_at > $1)"),
    ("lock or count of tries", "SELECT COUNT(*) FROM lockouts WHERE window_started > $1"),
    ("authenticator app", "SELECT COUNT(*) FROM authenticators WHERE last_step * 30000 - 60000 > $1"),
    ("e-mailed code", "SELECT COUNT(*) FROM emailed_codes WHERE sent_at > $1"),
    ("link", "SELECT COUNT(*) FROM links WHERE used_at IS NULL AND created_at > $1"),
    ("pending sign-in", "SELECT COUNT(*) FROM pending_sign_ins WHERE created_at > $1"),
    ("mail", "SELECT COUNT(*) FROM mails WHERE queued_at > $1 AND settled_at IS NULL"),
    ("browser", "SELECT COUNT(*) FROM known_browsers WHERE last_seen_at > $1 OR trusted_at > $1"),
    ("password", "SELECT COUNT(*) FROM members WHERE password_set_at > $1"),
];

impl Tx {
    /// How many things there are, by the word for one of them, that bear an instant after this one; those of which there
    /// are none are left out.
    pub async fn ahead_of(&mut self, instant: i64) -> Result<Vec<(&'static str, i64)>, Error> {
        let mut found = Vec::new();
        for (what, sql) in AHEAD {
            let count = sql::fetch_optional!(self, (i64,), sql, instant)?.map_or(0, |(count,)| count);
            if count > 0 {
                found.push((what, count));
            }
        }
        Ok(found)
    }
}
