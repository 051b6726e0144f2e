//! Sign-ins between their two steps: a record and a cookie of their own, never a session.
use crate::{Error, MemberId, PendingId, Tx, sql};

/// A sign-in whose password was right and whose second step is still to come.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PendingRow {
    /// Its identifier.
    pub id: PendingId,
    /// Who is signing in.
    pub member_id: MemberId,
    /// Where they wanted to go.
    pub next_path: Option<String>,
    /// 1 when the session is to outlive the browser, else 0.
    pub stay: i64,
    /// When it was begun, in milliseconds.
    pub created_at: i64,
    /// When it lapses, in milliseconds.
    pub expires_at: i64,
}

impl Tx {
    /// Adds a pending sign-in under the hash of its token.
    pub async fn insert_pending(&mut self, row: &PendingRow, token_hash: &str) -> Result<(), Error> {
        let sql = "INSERT INTO pending_sign_ins (id, token_hash, member_id, next_path, stay, created_at, expires_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        sql::run!(
            self,
            sql,
            &row.id,
            token_hash,
            &row.member_id,
            &row.next_path,
            row.stay,
            row.created_at,
            row.expires_at
        )
        .map(drop)
    }

    /// The pending sign-in of a token, if it has not lapsed.
    pub async fn pending(&mut self, token_hash: &str, now: i64) -> Result<Option<PendingRow>, Error> {
        let sql = "SELECT id, member_id, next_path, stay, created_at, expires_at FROM pending_sign_ins \
                   WHERE token_hash = $1 AND expires_at > $2";
        sql::one!(self, PendingRow, sql, token_hash, now)
    }

    /// Takes a pending sign-in away; false when another request was quicker.
    pub async fn take_pending(&mut self, id: &PendingId) -> Result<bool, Error> {
        Ok(sql::run!(self, "DELETE FROM pending_sign_ins WHERE id = $1", id)? == 1)
    }

    /// Takes every pending sign-in of a member away.
    pub async fn take_pendings_of(&mut self, member: &MemberId) -> Result<(), Error> {
        sql::run!(self, "DELETE FROM pending_sign_ins WHERE member_id = $1", member).map(drop)
    }

    /// Deletes what lapsed before an instant: pending sign-ins and passkey challenges.
    pub async fn delete_lapsed(&mut self, now: i64) -> Result<u64, Error> {
        let pending = sql::run!(self, "DELETE FROM pending_sign_ins WHERE expires_at <= $1", now)?;
        let challenges = sql::run!(self, "DELETE FROM challenges WHERE expires_at <= $1", now)?;
        Ok(pending + challenges)
    }
}
