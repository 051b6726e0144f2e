//! Authenticator apps: the secret is stored encrypted, the last accepted step beside it.
use crate::{
    Error, MemberId, Tx,
    columns::{MaybeMillis, Millis, millis},
    sql,
};
use policy::Timestamp;

/// A confirmed authenticator app.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuthenticatorRow {
    /// The encrypted secret.
    pub secret: String,
    /// The last time step whose code was accepted.
    pub last_step: i64,
    /// When it was confirmed.
    #[sqlx(try_from = "Millis")]
    pub added_at: Timestamp,
    /// When it was last used.
    #[sqlx(try_from = "MaybeMillis")]
    pub last_used_at: Option<Timestamp>,
}

/// An authenticator app that waits for its first code.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PendingAuthenticatorRow {
    /// The encrypted secret.
    pub secret: String,
    /// When it was begun.
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

impl Tx {
    /// Begins an enrolment, in place of one that was begun before.
    pub async fn put_pending_authenticator(
        &mut self,
        member: &MemberId,
        row: &PendingAuthenticatorRow,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO pending_authenticators (member_id, secret, created_at) VALUES ($1, $2, $3) \
                   ON CONFLICT (member_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at";
        sql::execute!(self, sql, member, &row.secret, row.created_at.0).map(drop)
    }

    /// The enrolment that was begun.
    pub async fn pending_authenticator(&mut self, member: &MemberId) -> Result<Option<PendingAuthenticatorRow>, Error> {
        let sql = "SELECT secret, created_at FROM pending_authenticators WHERE member_id = $1";
        sql::fetch_optional!(self, PendingAuthenticatorRow, sql, member)
    }

    /// Takes the enrolment that was begun away; `false` when another request was quicker.
    pub async fn take_pending_authenticator(&mut self, member: &MemberId) -> Result<bool, Error> {
        Ok(sql::execute!(self, "DELETE FROM pending_authenticators WHERE member_id = $1", member)? == 1)
    }

    /// Deletes enrolments that were begun before an instant.
    pub async fn delete_pending_authenticators_before(&mut self, before: i64) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM pending_authenticators WHERE created_at < $1", before)
    }

    /// Adds a confirmed app, in place of an earlier one.
    pub async fn put_authenticator(&mut self, member: &MemberId, row: &AuthenticatorRow) -> Result<(), Error> {
        let sql = "INSERT INTO authenticators (member_id, secret, last_step, added_at, last_used_at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (member_id) DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step, \
                     added_at = excluded.added_at, last_used_at = excluded.last_used_at";
        sql::execute!(self, sql, member, &row.secret, row.last_step, row.added_at.0, millis(row.last_used_at)).map(drop)
    }

    /// The confirmed app.
    pub async fn authenticator(&mut self, member: &MemberId) -> Result<Option<AuthenticatorRow>, Error> {
        let sql = "SELECT secret, last_step, added_at, last_used_at FROM authenticators WHERE member_id = $1";
        sql::fetch_optional!(self, AuthenticatorRow, sql, member)
    }

    /// Accepts a step once; `false` when this or a later one was accepted before (RFC 6238 §5.2), but one after `latest`:
    /// that was before a clock was set back.
    pub async fn accept_step(&mut self, member: &MemberId, step: i64, latest: i64, now: i64) -> Result<bool, Error> {
        let sql = "UPDATE authenticators SET last_step = $2, last_used_at = $3 \
                   WHERE member_id = $1 AND (last_step < $2 OR last_step > $4)";
        Ok(sql::execute!(self, sql, member, step, now, latest)? == 1)
    }

    /// Removes the app; `false` when there is none.
    pub async fn delete_authenticator(&mut self, member: &MemberId) -> Result<bool, Error> {
        Ok(sql::execute!(self, "DELETE FROM authenticators WHERE member_id = $1", member)? == 1)
    }
}
