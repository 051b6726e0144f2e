//! Signing in: what its steps look at, each in one statement, and what stands between them: a record and a cookie
//! of their own, never a session.
use crate::{
    AttemptCounterRow, AttemptKey, Error, MemberId, MemberRow, PendingId, SessionRow, Store, Tx,
    columns::{Flag, MaybeMillis, Millis, millis},
    members::member_columns,
    sql,
    sql::{Found, Joined},
};
use policy::Timestamp;

/// A sign-in whose password was right and whose second step is still to come.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PendingRow {
    /// Its identifier.
    pub id: PendingId,
    /// Who is signing in.
    pub member_id: MemberId,
    /// Where they wanted to go.
    pub next_path: Option<String>,
    /// Whether the session is to outlive the browser.
    #[sqlx(try_from = "Flag")]
    pub stay: bool,
    /// When it was begun.
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    /// When it lapses.
    #[sqlx(try_from = "Millis")]
    pub expires_at: Timestamp,
}

/// What the first step of a sign-in looks at.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FirstStepRow {
    /// The revision of the workspace's policy.
    pub revision: i64,
    /// Who has the address.
    #[sqlx(flatten)]
    pub member: Found<MemberRow>,
    /// When they first signed in from this browser.
    #[sqlx(try_from = "MaybeMillis")]
    pub known_since: Option<Timestamp>,
    /// The tries so far: of this browser where it is known, of all others together where it is not.
    #[sqlx(flatten)]
    pub attempts: Found<AttemptCounterRow>,
}

/// A member as whatever completes a sign-in looks at them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SigningInRow {
    /// The member.
    #[sqlx(flatten)]
    pub member: MemberRow,
    /// The revision of their workspace's policy.
    pub revision: i64,
    /// How many authenticator apps they have.
    pub authenticators: i64,
    /// How many passkeys they have.
    pub passkeys: i64,
    /// When they first signed in from this browser.
    #[sqlx(try_from = "MaybeMillis")]
    pub known_since: Option<Timestamp>,
    /// When they trusted it.
    #[sqlx(try_from = "MaybeMillis")]
    pub trusted_at: Option<Timestamp>,
    /// Until when it was said to be.
    #[sqlx(try_from = "MaybeMillis")]
    pub trusted_until: Option<Timestamp>,
}

impl Joined for MemberRow {
    const NEVER_EMPTY: &'static str = "id";
}

impl Joined for AttemptCounterRow {
    const NEVER_EMPTY: &'static str = "in_window";
}

impl Store {
    /// Everything that the first step of a sign-in looks at before a password is: who has the address, whether
    /// they have signed in from this browser, and the tries so far. The browser of the key is ignored.
    ///
    /// # Errors
    /// When there is no such workspace.
    pub async fn first_step(
        &self,
        email: Option<&str>,
        browser: Option<&str>,
        key: &AttemptKey,
    ) -> Result<FirstStepRow, Error> {
        let sql = concat!(
            "SELECT w.revision, ",
            member_columns!(),
            ", b.first_seen_at AS known_since, \
               t.in_window, t.window_started, t.locked_until, t.delayed_until, t.consecutive \
             FROM workspaces w \
             LEFT JOIN members m ON m.workspace_id = w.id AND m.email = $4 \
             LEFT JOIN known_browsers b ON b.member_id = m.id AND b.browser = $5 \
             LEFT JOIN lockouts t ON t.workspace_id = w.id AND t.guarded = $2 AND t.subject = $3 \
               AND t.browser = COALESCE(b.browser, '') \
             WHERE w.id = $1"
        );
        let row =
            sql::fetch_alone!(self, FirstStepRow, sql, &key.workspace, key.guarded, &key.subject, email, browser)?;
        row.ok_or(Error::Database(sqlx::Error::RowNotFound))
    }
}

impl Tx {
    /// A member as they stand now, held until the end of the unit of work, so that two sign-ins of theirs come one
    /// after the other.
    pub async fn member_signing_in(
        &mut self,
        id: &MemberId,
        browser: Option<&str>,
    ) -> Result<Option<SigningInRow>, Error> {
        self.lock_member(id).await?;
        let sql = concat!(
            "SELECT ",
            member_columns!(),
            ", w.revision, b.first_seen_at AS known_since, b.trusted_at, b.trusted_until, \
               (SELECT COUNT(*) FROM authenticators a WHERE a.member_id = m.id) AS authenticators, \
               (SELECT COUNT(*) FROM passkeys p WHERE p.member_id = m.id) AS passkeys \
             FROM members m JOIN workspaces w ON w.id = m.workspace_id \
             LEFT JOIN known_browsers b ON b.member_id = m.id AND b.browser = $2 \
             WHERE m.id = $1"
        );
        sql::fetch_optional!(self, SigningInRow, sql, id, browser)
    }

    /// Begins a session under the hash of its token, and notes that the member has signed in, and from which
    /// browser.
    pub async fn begin_session(
        &mut self,
        row: &SessionRow,
        token_hash: &str,
        browser: Option<&str>,
    ) -> Result<(), Error> {
        sql::execute_together!(
            self,
            {
                session: "INSERT INTO sessions (id, token_hash, member_id, started_at, last_seen_at, address, user_agent, kept, proved_at) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                member: "UPDATE members SET last_sign_in_at = $4 WHERE id = $3",
                browser: "INSERT INTO known_browsers (browser, member_id, user_agent, first_seen_at, last_seen_at) \
                          SELECT $10, $3, $7, $4, $4 WHERE $10 IS NOT NULL \
                          ON CONFLICT (browser, member_id) \
                          DO UPDATE SET last_seen_at = excluded.last_seen_at, user_agent = excluded.user_agent",
            },
            &row.id,
            token_hash,
            &row.member_id,
            row.started_at.0,
            row.last_seen_at.0,
            &row.address,
            &row.user_agent,
            i64::from(row.persistent),
            millis(row.proved_at),
            browser
        )
    }

    /// Adds a pending sign-in under the hash of its token.
    pub async fn insert_pending(&mut self, row: &PendingRow, token_hash: &str) -> Result<(), Error> {
        let sql = "INSERT INTO pending_sign_ins (id, token_hash, member_id, next_path, stay, created_at, expires_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        sql::execute!(
            self,
            sql,
            &row.id,
            token_hash,
            &row.member_id,
            &row.next_path,
            i64::from(row.stay),
            row.created_at.0,
            row.expires_at.0
        )
        .map(drop)
    }

    /// The pending sign-in of a token, if it has not lapsed.
    pub async fn pending(&mut self, token_hash: &str, now: i64) -> Result<Option<PendingRow>, Error> {
        let sql = "SELECT id, member_id, next_path, stay, created_at, expires_at FROM pending_sign_ins \
                   WHERE token_hash = $1 AND expires_at > $2";
        sql::fetch_optional!(self, PendingRow, sql, token_hash, now)
    }

    /// Whether a pending sign-in is still there.
    pub async fn holds_pending(&mut self, id: &PendingId) -> Result<bool, Error> {
        let sql = "SELECT id FROM pending_sign_ins WHERE id = $1";
        Ok(sql::fetch_optional!(self, (String,), sql, id)?.is_some())
    }

    /// Whether a pending sign-in is there and has not lapsed.
    pub async fn is_pending(&mut self, id: &str, now: i64) -> Result<bool, Error> {
        let sql = "SELECT COUNT(*) FROM pending_sign_ins WHERE id = $1 AND expires_at > $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, id, now)?.is_some_and(|(count,)| count > 0))
    }

    /// Takes a pending sign-in away; `false` when another request was quicker.
    pub async fn take_pending(&mut self, id: &PendingId) -> Result<bool, Error> {
        Ok(sql::execute!(self, "DELETE FROM pending_sign_ins WHERE id = $1", id)? == 1)
    }

    /// Lets a pending sign-in live until then at least, in milliseconds.
    pub async fn keep_pending(&mut self, id: &PendingId, until: i64) -> Result<(), Error> {
        let sql = "UPDATE pending_sign_ins SET expires_at = $2 WHERE id = $1 AND expires_at < $2";
        sql::execute!(self, sql, id, until).map(drop)
    }

    /// Lets every pending sign-in of a member that has not lapsed live until then at least, in milliseconds.
    pub async fn keep_pendings_of(&mut self, member: &MemberId, now: i64, until: i64) -> Result<(), Error> {
        let sql = "UPDATE pending_sign_ins SET expires_at = $3 \
                   WHERE member_id = $1 AND expires_at > $2 AND expires_at < $3";
        sql::execute!(self, sql, member, now, until).map(drop)
    }

    /// Takes every pending sign-in of a member away.
    pub async fn take_pendings_of(&mut self, member: &MemberId) -> Result<(), Error> {
        sql::execute!(self, "DELETE FROM pending_sign_ins WHERE member_id = $1", member).map(drop)
    }

    /// Deletes what lapsed before an instant: pending sign-ins and passkey challenges.
    pub async fn delete_lapsed(&mut self, now: i64) -> Result<u64, Error> {
        let pending = sql::execute!(self, "DELETE FROM pending_sign_ins WHERE expires_at <= $1", now)?;
        let challenges = sql::execute!(self, "DELETE FROM challenges WHERE expires_at <= $1", now)?;
        Ok(pending + challenges)
    }
}
