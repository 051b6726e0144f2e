//! Codes sent by mail: hashed, bound to one sign-in, single use.
use crate::{
    Error, MemberId, PendingId, Tx,
    columns::{MaybeMillis, Millis, millis},
    sql,
};
use policy::Timestamp;

/// A code of a sign-in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EmailedCodeRow {
    /// Its identifier.
    pub id: String,
    /// The hash of the code.
    pub code_hash: String,
    /// When it was sent.
    #[sqlx(try_from = "Millis")]
    pub sent_at: Timestamp,
    /// Until when it was said to work.
    #[sqlx(try_from = "MaybeMillis")]
    pub works_until: Option<Timestamp>,
}

impl Tx {
    /// Adds a code to a sign-in.
    pub async fn insert_emailed_code(
        &mut self,
        row: &EmailedCodeRow,
        member: &MemberId,
        pending: &PendingId,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO emailed_codes (id, member_id, pending_id, code_hash, sent_at, works_until) VALUES ($1, $2, $3, $4, $5, $6)";
        let until = millis(row.works_until);
        sql::execute!(self, sql, &row.id, member, pending, &row.code_hash, row.sent_at.0, until).map(drop)
    }

    /// The codes of a sign-in that were not used, so many at most, the latest first.
    pub async fn emailed_codes(&mut self, pending: &PendingId, most: u32) -> Result<Vec<EmailedCodeRow>, Error> {
        let sql = "SELECT id, code_hash, sent_at, works_until FROM emailed_codes \
                   WHERE pending_id = $1 AND used_at IS NULL ORDER BY sent_at DESC, id DESC LIMIT $2";
        sql::fetch_all!(self, EmailedCodeRow, sql, pending, i64::from(most))
    }

    /// Uses a code up; `false` when another request was quicker.
    pub async fn use_emailed_code(&mut self, id: &str, now: i64) -> Result<bool, Error> {
        let sql = "UPDATE emailed_codes SET used_at = $2 WHERE id = $1 AND used_at IS NULL";
        Ok(sql::execute!(self, sql, id, now)? == 1)
    }

    /// When codes were sent to a member since an instant, the latest first, in milliseconds.
    pub async fn codes_sent_since(&mut self, member: &MemberId, since: i64) -> Result<Vec<i64>, Error> {
        let sql = "SELECT sent_at FROM emailed_codes WHERE member_id = $1 AND sent_at > $2 ORDER BY sent_at DESC";
        Ok(sql::fetch_all!(self, (i64,), sql, member, since)?.into_iter().map(|(at,)| at).collect())
    }

    /// Deletes codes that were sent before an instant.
    pub async fn delete_emailed_codes_before(&mut self, before: i64) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM emailed_codes WHERE sent_at < $1", before)
    }

    /// Turns codes by e-mail on or off for a member; `false` when that is how it was.
    pub async fn set_email_codes(&mut self, member: &MemberId, on: bool) -> Result<bool, Error> {
        let sql = "UPDATE members SET email_codes = $2 WHERE id = $1 AND email_codes <> $2";
        Ok(sql::execute!(self, sql, member, i64::from(on))? == 1)
    }
}
