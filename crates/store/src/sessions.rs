//! Sessions: the token itself is never stored, only its SHA-256.
use crate::{
    Error, MemberId, SessionId, Store, Tx, WorkspaceId,
    columns::{Flag, MaybeMillis, Millis, millis},
    sql,
};
use policy::{EmailAddress, Role, Timestamp, impact::Cutoffs};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRow {
    /// Its identifier.
    pub id: SessionId,
    /// Whose it is.
    pub member_id: MemberId,
    /// When the member signed in.
    #[sqlx(try_from = "Millis")]
    pub started_at: Timestamp,
    /// When activity was last recorded.
    #[sqlx(try_from = "Millis")]
    pub last_seen_at: Timestamp,
    /// The address it was started from.
    pub address: Option<String>,
    /// What the browser calls itself.
    pub user_agent: String,
    /// Whether it was to outlive the browser.
    #[sqlx(rename = "kept", try_from = "Flag")]
    pub persistent: bool,
    /// When its person last proved who they are; `None` when a trusted browser spoke for them.
    #[sqlx(try_from = "MaybeMillis")]
    pub proved_at: Option<Timestamp>,
}

/// Everything that a request needs to know, read by one query.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuthenticatedRow {
    /// The session.
    pub session_id: SessionId,
    /// When the member signed in.
    #[sqlx(try_from = "Millis")]
    pub started_at: Timestamp,
    /// When activity was last recorded.
    #[sqlx(try_from = "Millis")]
    pub last_seen_at: Timestamp,
    /// Whether it was to outlive the browser.
    #[sqlx(rename = "kept", try_from = "Flag")]
    pub persistent: bool,
    /// When its person last proved who they are.
    #[sqlx(try_from = "MaybeMillis")]
    pub proved_at: Option<Timestamp>,
    /// When its present token took the place of another; `None` for its first one.
    #[sqlx(try_from = "MaybeMillis")]
    pub token_since: Option<Timestamp>,
    /// When the browser first brought that token.
    #[sqlx(try_from = "MaybeMillis")]
    pub token_seen_at: Option<Timestamp>,
    /// Why it was ended, if it was.
    pub ended_why: Option<String>,
    /// The member.
    pub member_id: MemberId,
    /// Their workspace.
    pub workspace_id: WorkspaceId,
    /// Their address.
    #[sqlx(try_from = "String")]
    pub email: EmailAddress,
    /// Their name.
    pub name: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// When they chose their password.
    #[sqlx(try_from = "MaybeMillis")]
    pub password_set_at: Option<Timestamp>,
    /// When they last changed it of their own accord.
    #[sqlx(try_from = "MaybeMillis")]
    pub password_changed_at: Option<Timestamp>,
    /// Whether their password is less than the policy asks for.
    #[sqlx(try_from = "Flag")]
    pub password_falls_short: bool,
    /// When enrolment was first asked of them.
    #[sqlx(try_from = "MaybeMillis")]
    pub enrolment_asked_at: Option<Timestamp>,
    /// When the workspace turned *Force password reset* on.
    #[sqlx(try_from = "MaybeMillis")]
    pub max_age_since: Option<Timestamp>,
    /// The workspace's policy revision.
    pub revision: i64,
    /// 1 with a confirmed authenticator app, else 0.
    pub authenticators: i64,
    /// The number of passkeys.
    pub passkeys: i64,
}

macro_rules! authenticated {
    ($rest:literal) => {
        concat!(
            "SELECT s.id AS session_id, s.started_at, s.last_seen_at, s.kept, s.proved_at, s.token_since, s.token_seen_at, \
                     s.ended_why, s.member_id, m.workspace_id, m.email, m.name, m.role, m.password_set_at, m.password_changed_at, m.password_falls_short, m.enrolment_asked_at, \
                     w.max_age_since, w.revision, \
                     (SELECT COUNT(*) FROM authenticators a WHERE a.member_id = m.id) AS authenticators, \
                     (SELECT COUNT(*) FROM passkeys p WHERE p.member_id = m.id) AS passkeys \
                   FROM sessions s JOIN members m ON m.id = s.member_id JOIN workspaces w ON w.id = m.workspace_id ",
            $rest
        )
    };
}

impl Store {
    /// Loads session, member, factors and policy revision by the hash of a token: the one query of every request.
    pub async fn authenticate(&self, token_hash: &str) -> Result<Option<AuthenticatedRow>, Error> {
        sql::fetch_alone!(self, AuthenticatedRow, authenticated!("WHERE s.token_hash = $1"), token_hash)
    }

    /// Loads the same by the hash of a token that another one has taken the place of.
    pub async fn authenticate_spent(&self, token_hash: &str) -> Result<Option<AuthenticatedRow>, Error> {
        let sql = authenticated!("JOIN spent_tokens x ON x.session_id = s.id WHERE x.token_hash = $1");
        sql::fetch_alone!(self, AuthenticatedRow, sql, token_hash)
    }

    /// Notes that the browser has brought a session's present token for the first time.
    pub async fn note_token_seen(&self, id: &SessionId, now: i64) -> Result<(), Error> {
        let sql = "UPDATE sessions SET token_seen_at = $2 WHERE id = $1 AND token_seen_at IS NULL";
        sql::execute_alone!(self, sql, id, now).map(drop)
    }

    /// Records activity, unless another request has recorded later activity already.
    pub async fn touch_session(&self, id: &SessionId, now: i64) -> Result<(), Error> {
        sql::execute_alone!(self, "UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2", id, now)
            .map(drop)
    }
}

impl Tx {
    /// Records that the person behind a session has just proved who they are.
    pub async fn prove_session(&mut self, id: &SessionId, now: i64) -> Result<(), Error> {
        sql::execute!(self, "UPDATE sessions SET proved_at = $2 WHERE id = $1", id, now).map(drop)
    }

    /// Forgets every proof in a workspace that was given at an instant or before.
    pub async fn forget_proofs(&mut self, workspace: &WorkspaceId, until: i64) -> Result<u64, Error> {
        let sql = "UPDATE sessions SET proved_at = NULL WHERE proved_at <= $2 \
                     AND member_id IN (SELECT id FROM members WHERE workspace_id = $1)";
        sql::execute!(self, sql, workspace, until)
    }

    /// Gives a live session another token; `false` when it is live no longer.
    pub async fn rotate_session(&mut self, id: &SessionId, token_hash: &str) -> Result<bool, Error> {
        let sql = "UPDATE sessions SET token_hash = $2 WHERE id = $1 AND ended_at IS NULL";
        Ok(sql::execute!(self, sql, id, token_hash)? == 1)
    }

    /// Puts another token in the place of a session's, which is spent from now on; `false` when another request was
    /// quicker, or the session is live no longer.
    pub async fn spend_token(
        &mut self,
        id: &SessionId,
        since: Option<Timestamp>,
        token_hash: &str,
        now: i64,
    ) -> Result<bool, Error> {
        // Of two that replace its token one is quicker.
        sql::lock_row!(self, "sessions", id)?;
        let spent = "INSERT INTO spent_tokens (token_hash, session_id) SELECT token_hash, id FROM sessions \
                     WHERE id = $1 AND token_since IS NOT DISTINCT FROM $2 AND ended_at IS NULL";
        if sql::execute!(self, spent, id, millis(since))? != 1 {
            return Ok(false);
        }
        let sql = "UPDATE sessions SET token_hash = $2, token_since = $3, token_seen_at = NULL WHERE id = $1";
        Ok(sql::execute!(self, sql, id, token_hash, now)? == 1)
    }

    /// The sessions of a member that nobody has ended, newest first.
    pub async fn sessions_of(&mut self, member: &MemberId) -> Result<Vec<SessionRow>, Error> {
        let sql = "SELECT id, member_id, started_at, last_seen_at, address, user_agent, kept, proved_at FROM sessions \
                   WHERE member_id = $1 AND ended_at IS NULL ORDER BY last_seen_at DESC, id DESC";
        sql::fetch_all!(self, SessionRow, sql, member)
    }

    /// Why a session was ended; `None` while it is live, or when it is there no longer.
    pub async fn why_session_ended(&mut self, id: &SessionId) -> Result<Option<String>, Error> {
        let sql = "SELECT COALESCE(ended_why, '') FROM sessions WHERE id = $1 AND ended_at IS NOT NULL";
        Ok(sql::fetch_optional!(self, (String,), sql, id)?.map(|(why,)| why))
    }

    /// Ends one session of a member; `false` when there is no such live session.
    pub async fn end_session(&mut self, member: &MemberId, id: &SessionId, why: &str, now: i64) -> Result<bool, Error> {
        let sql =
            "UPDATE sessions SET ended_at = $4, ended_why = $3 WHERE id = $2 AND member_id = $1 AND ended_at IS NULL";
        Ok(sql::execute!(self, sql, member, id, why, now)? == 1)
    }

    /// Ends the session with this token, if it is live.
    pub async fn end_session_of_token(&mut self, token_hash: &str, why: &str, now: i64) -> Result<(), Error> {
        let sql = "UPDATE sessions SET ended_at = $3, ended_why = $2 WHERE token_hash = $1 AND ended_at IS NULL";
        sql::execute!(self, sql, token_hash, why, now).map(drop)
    }

    /// Ends every session of a member but one, or every one; returns how many.
    pub async fn end_sessions(
        &mut self,
        member: &MemberId,
        but: Option<&SessionId>,
        why: &str,
        now: i64,
    ) -> Result<u64, Error> {
        let sql = "UPDATE sessions SET ended_at = $4, ended_why = $3 \
                   WHERE member_id = $1 AND ended_at IS NULL AND ($2 IS NULL OR id <> $2)";
        let but = but.map(SessionId::as_str);
        sql::execute!(self, sql, member, but, why, now)
    }

    /// Ends every session of a workspace that is over by these instants; returns how many.
    pub async fn end_lapsed_sessions(
        &mut self,
        workspace: &WorkspaceId,
        over: &Cutoffs,
        why: &str,
        now: i64,
    ) -> Result<u64, Error> {
        let sql = "UPDATE sessions SET ended_at = $6, ended_why = $5 WHERE ended_at IS NULL \
                     AND (started_at <= $2 OR last_seen_at <= $3 OR kept > $4) \
                     AND member_id IN (SELECT id FROM members WHERE workspace_id = $1)";
        let seen = over.seen.map_or(i64::MIN, |at| at.0);
        sql::execute!(self, sql, workspace, over.started.0, seen, i64::from(over.may_persist), why, now)
    }

    /// Ends the sessions of a member beyond so many, those that were unused for the longest time; returns how many.
    pub async fn end_sessions_beyond(
        &mut self,
        member: &MemberId,
        most: i64,
        why: &str,
        now: i64,
    ) -> Result<u64, Error> {
        // Both engines want a limit before they take an offset as it is.
        let sql = "UPDATE sessions SET ended_at = $4, ended_why = $3 WHERE id IN \
                   (SELECT id FROM sessions WHERE member_id = $1 AND ended_at IS NULL \
                    ORDER BY last_seen_at DESC, id DESC LIMIT 100000 OFFSET $2)";
        sql::execute!(self, sql, member, most, why, now)
    }

    /// Ends every session of the members of these roles but one, and takes away their sign-ins between the steps; returns
    /// how many sessions there were.
    pub async fn end_others_sessions(
        &mut self,
        workspace: &WorkspaceId,
        but: &MemberId,
        roles: &[Role],
        why: &str,
        now: i64,
    ) -> Result<u64, Error> {
        let pending = "DELETE FROM pending_sign_ins WHERE member_id IN (SELECT m.id FROM members m \
                       WHERE m.workspace_id = $1 AND m.id <> $2 AND $3 LIKE '%,' || m.role || ',%')";
        sql::execute!(self, pending, workspace, but, listed(roles))?;
        let sql = "UPDATE sessions SET ended_at = $5, ended_why = $4 WHERE ended_at IS NULL AND member_id IN \
                     (SELECT m.id FROM members m WHERE m.workspace_id = $1 AND m.id <> $2 AND $3 LIKE '%,' || m.role || ',%')";
        sql::execute!(self, sql, workspace, but, listed(roles), why, now)
    }

    /// Deletes sessions that ended, or were last seen, before an instant.
    pub async fn delete_sessions_before(&mut self, before: i64) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM sessions WHERE COALESCE(ended_at, last_seen_at) < $1", before)
    }
}

/// Roles as one text, a comma around each.
pub(crate) fn listed(roles: &[Role]) -> String {
    roles.iter().fold(",".to_owned(), |list, role| list + role.name() + ",")
}
