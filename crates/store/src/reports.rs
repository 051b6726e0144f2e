//! Reports that admins have asked for.
use crate::{
    Error, FileId, MemberId, ReportId, Tx, WorkspaceId,
    audit::AuditRow,
    columns::{Flag, MaybeMillis, Millis},
    sql,
};
use policy::{AccountStatus, Role, Timestamp};

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportRow {
    /// Its identifier.
    pub id: ReportId,
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// Who asked for it.
    pub owner_id: MemberId,
    /// What it tells of.
    pub kind: String,
    /// When it was asked for.
    #[sqlx(try_from = "Millis")]
    pub asked_at: Timestamp,
    /// How far it is: `queued`, `running`, `ready`, `cancelled` or `failed`.
    pub state: String,
    /// How often it was begun.
    pub begun: i64,
    /// How many rows are written.
    pub rows_done: i64,
    /// How many there will be.
    pub rows_total: i64,
    /// When it was ready, cancelled or given up.
    #[sqlx(try_from = "MaybeMillis")]
    pub settled_at: Option<Timestamp>,
    /// Why it was given up.
    pub problem: Option<String>,
    /// The file, once it is ready.
    pub file_id: Option<FileId>,
}

/// A member as a report has them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportedMemberRow {
    /// Their identifier.
    pub id: MemberId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Whether they take part.
    #[sqlx(rename = "standing", try_from = "String")]
    pub status: AccountStatus,
    /// When their address was verified.
    #[sqlx(try_from = "MaybeMillis")]
    pub email_verified_at: Option<Timestamp>,
    /// When they last signed in.
    #[sqlx(try_from = "MaybeMillis")]
    pub last_sign_in_at: Option<Timestamp>,
    /// Whether they get codes by e-mail.
    #[sqlx(try_from = "Flag")]
    pub email_codes: bool,
    /// The number of their confirmed factors.
    pub factors: i64,
}

macro_rules! reports {
    ($rest:literal) => {
        concat!(
            "SELECT id, workspace_id, owner_id, kind, asked_at, state, begun, rows_done, rows_total, settled_at, problem, \
             file_id FROM reports ",
            $rest
        )
    };
}

impl Tx {
    /// Adds a report that waits to be made.
    pub async fn insert_report(
        &mut self,
        id: &ReportId,
        workspace: &WorkspaceId,
        owner: &MemberId,
        kind: &str,
        now: i64,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO reports (id, workspace_id, owner_id, kind, asked_at, state) \
                   VALUES ($1, $2, $3, $4, $5, 'queued')";
        sql::execute!(self, sql, id, workspace, owner, kind, now).map(drop)
    }

    /// How many reports a member has asked for since an instant.
    pub async fn reports_since(&mut self, owner: &MemberId, since: i64) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM reports WHERE owner_id = $1 AND asked_at > $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, owner, since)?.map_or(0, |(count,)| count))
    }

    /// The reports of a member, the latest first.
    pub async fn reports_of(&mut self, owner: &MemberId, most: i64) -> Result<Vec<ReportRow>, Error> {
        sql::fetch_all!(
            self,
            ReportRow,
            reports!("WHERE owner_id = $1 ORDER BY asked_at DESC, id DESC LIMIT $2"),
            owner,
            most
        )
    }

    /// One report.
    pub async fn report(&mut self, id: &ReportId) -> Result<Option<ReportRow>, Error> {
        sql::fetch_optional!(self, ReportRow, reports!("WHERE id = $1"), id)
    }

    /// The report that has waited longest to be made, or to be made anew by another than who stopped.
    pub async fn report_due(&mut self, now: i64) -> Result<Option<ReportRow>, Error> {
        let sql = reports!(
            "WHERE state = 'queued' OR (state = 'running' AND leased_until <= $1) ORDER BY asked_at, id LIMIT 1"
        );
        sql::fetch_optional!(self, ReportRow, sql, now)
    }

    /// Begins to make a report; `false` where another has begun it meanwhile.
    pub async fn begin_report(
        &mut self,
        id: &ReportId,
        begun: i64,
        total: i64,
        leased_until: i64,
    ) -> Result<bool, Error> {
        let sql = "UPDATE reports SET state = 'running', begun = begun + 1, leased_until = $4, rows_done = 0, \
                   rows_total = $3 WHERE id = $1 AND begun = $2 AND state IN ('queued', 'running')";
        Ok(sql::execute!(self, sql, id, begun, total, leased_until)? == 1)
    }

    /// Notes how far a report is; `false` where it was cancelled, or another has taken it over.
    pub async fn advance_report(
        &mut self,
        id: &ReportId,
        begun: i64,
        done: i64,
        leased_until: i64,
    ) -> Result<bool, Error> {
        let sql =
            "UPDATE reports SET rows_done = $3, leased_until = $4 WHERE id = $1 AND begun = $2 AND state = 'running'";
        Ok(sql::execute!(self, sql, id, begun, done, leased_until)? == 1)
    }

    /// Notes that a report is ready; `false` where it was cancelled, or another has taken it over.
    pub async fn finish_report(
        &mut self,
        id: &ReportId,
        begun: i64,
        done: i64,
        file: &FileId,
        now: i64,
    ) -> Result<bool, Error> {
        let sql = "UPDATE reports SET state = 'ready', rows_done = $3, rows_total = $3, file_id = $4, settled_at = $5, \
                   leased_until = NULL WHERE id = $1 AND begun = $2 AND state = 'running'";
        Ok(sql::execute!(self, sql, id, begun, done, file, now)? == 1)
    }

    /// Settles a report that is not ready, in words where it failed; `false` where it is settled already.
    pub async fn settle_report(
        &mut self,
        id: &ReportId,
        state: &str,
        problem: Option<&str>,
        now: i64,
    ) -> Result<bool, Error> {
        let sql = "UPDATE reports SET state = $2, problem = $3, settled_at = $4, leased_until = NULL \
                   WHERE id = $1 AND state IN ('queued', 'running')";
        Ok(sql::execute!(self, sql, id, state, problem, now)? == 1)
    }

    /// Forgets the reports that were settled before an instant; returns the names on disk that nothing needs any more.
    pub async fn delete_reports_before(&mut self, before: i64) -> Result<Vec<String>, Error> {
        let sql = "DELETE FROM reports WHERE settled_at < $1 RETURNING file_id";
        let gone = sql::fetch_all!(self, (Option<FileId>,), sql, before)?;
        let mut unused = Vec::new();
        for (id,) in gone {
            if let Some(id) = id {
                unused.extend(self.delete_file(&id).await?);
            }
        }
        Ok(unused)
    }

    /// How many members a workspace has.
    pub async fn count_reported_members(&mut self, workspace: &WorkspaceId) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM members WHERE workspace_id = $1 AND erased_at IS NULL";
        Ok(sql::fetch_optional!(self, (i64,), sql, workspace)?.map_or(0, |(count,)| count))
    }

    /// The members whose identifier follows one, as many as asked for.
    pub async fn members_after(
        &mut self,
        workspace: &WorkspaceId,
        after: &str,
        most: i64,
    ) -> Result<Vec<ReportedMemberRow>, Error> {
        let sql = "SELECT m.id, m.email, m.name, m.role, m.standing, m.email_verified_at, m.last_sign_in_at, m.email_codes, \
                     (SELECT COUNT(*) FROM authenticators a WHERE a.member_id = m.id) \
                       + (SELECT COUNT(*) FROM passkeys p WHERE p.member_id = m.id) AS factors \
                   FROM members m WHERE m.workspace_id = $1 AND m.id > $2 AND m.erased_at IS NULL ORDER BY m.id LIMIT $3";
        sql::fetch_all!(self, ReportedMemberRow, sql, workspace, after, most)
    }

    /// How many entries the audit log has, of one channel or of all.
    pub async fn count_audit(&mut self, workspace: &WorkspaceId, channel: Option<&str>) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM audit_entries WHERE workspace_id = $1 AND ($2 IS NULL OR channel = $2)";
        Ok(sql::fetch_optional!(self, (i64,), sql, workspace, channel)?.map_or(0, |(count,)| count))
    }

    /// The entries of the audit log that follow a number, of one channel or of all, oldest first.
    pub async fn audit_after(
        &mut self,
        workspace: &WorkspaceId,
        channel: Option<&str>,
        after: i64,
        most: i64,
    ) -> Result<Vec<AuditRow>, Error> {
        let sql = "SELECT seq, at, channel, actor, subject, body, previous, hash FROM audit_entries \
                   WHERE workspace_id = $1 AND ($2 IS NULL OR channel = $2) AND seq > $3 ORDER BY seq LIMIT $4";
        sql::fetch_all!(self, AuditRow, sql, workspace, channel, after, most)
    }
}
