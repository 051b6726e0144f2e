//! Policy revisions: each save is one row that never changes. And the change that waits to be
//! confirmed, of which a workspace has at most one.
use crate::{Error, Tx, WorkspaceId, columns::Millis, sql};
use policy::Timestamp;

/// One saved revision of a workspace's policy.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RevisionRow {
    /// Its number, counted from 1 in each workspace.
    pub revision: i64,
    /// The settings as a JSON object of canonical texts.
    pub document: String,
    /// Who saved it: an address, or `console`.
    pub actor: String,
    /// The address it came from.
    pub address: Option<String>,
    /// When.
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
    /// How it came about: `form`, `console`, `api`, `restore 3`, `revert 3`.
    pub origin: String,
}

/// A change that is live and reverts by itself unless it is confirmed in time.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ConfirmationRow {
    /// The workspace.
    pub workspace_id: WorkspaceId,
    /// The revision that waits.
    pub revision: i64,
    /// When it reverts.
    #[sqlx(try_from = "Millis")]
    pub deadline: Timestamp,
    /// Who saved it.
    pub saved_by: String,
}

macro_rules! revisions {
    ($rest:literal) => {
        concat!(
            "SELECT revision, document, actor, address, created_at, origin FROM policy_revisions WHERE workspace_id = $1 ",
            $rest
        )
    };
}

impl Tx {
    /// Adds a revision; its number is unique in the workspace.
    pub async fn insert_revision(&mut self, workspace: &WorkspaceId, row: &RevisionRow) -> Result<(), Error> {
        let sql = "INSERT INTO policy_revisions (workspace_id, revision, document, actor, address, created_at, origin) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        sql::execute!(
            self,
            sql,
            workspace,
            row.revision,
            &row.document,
            &row.actor,
            &row.address,
            row.created_at.0,
            &row.origin
        )
        .map(drop)
    }

    /// One revision.
    pub async fn policy_revision(
        &mut self,
        workspace: &WorkspaceId,
        revision: i64,
    ) -> Result<Option<RevisionRow>, Error> {
        sql::fetch_optional!(self, RevisionRow, revisions!("AND revision = $2"), workspace, revision)
    }

    /// The revisions before a number, newest first.
    pub async fn policy_revisions(
        &mut self,
        workspace: &WorkspaceId,
        before: i64,
        most: i64,
    ) -> Result<Vec<RevisionRow>, Error> {
        let sql = revisions!("AND revision < $2 ORDER BY revision DESC LIMIT $3");
        sql::fetch_all!(self, RevisionRow, sql, workspace, before, most)
    }

    /// Lets a change wait for its confirmation, in place of any that waited before.
    pub async fn put_confirmation(&mut self, row: &ConfirmationRow) -> Result<(), Error> {
        let sql = "INSERT INTO policy_confirmations (workspace_id, revision, deadline, saved_by) \
                   VALUES ($1, $2, $3, $4) ON CONFLICT (workspace_id) DO UPDATE \
                   SET revision = excluded.revision, deadline = excluded.deadline, saved_by = excluded.saved_by";
        sql::execute!(self, sql, &row.workspace_id, row.revision, row.deadline.0, &row.saved_by).map(drop)
    }

    /// The change that waits to be confirmed.
    pub async fn confirmation(&mut self, workspace: &WorkspaceId) -> Result<Option<ConfirmationRow>, Error> {
        let sql = "SELECT workspace_id, revision, deadline, saved_by FROM policy_confirmations WHERE workspace_id = $1";
        sql::fetch_optional!(self, ConfirmationRow, sql, workspace)
    }

    /// Ends the wait of a change, whatever its deadline; of many who try, one gets it.
    pub async fn take_confirmation(
        &mut self,
        workspace: &WorkspaceId,
        revision: i64,
    ) -> Result<Option<ConfirmationRow>, Error> {
        let sql = "DELETE FROM policy_confirmations WHERE workspace_id = $1 AND revision = $2 \
                   RETURNING workspace_id, revision, deadline, saved_by";
        sql::fetch_optional!(self, ConfirmationRow, sql, workspace, revision)
    }

    /// Takes one change that was not confirmed in time, or is to wait until after `latest`; of many who try, one gets it.
    pub async fn take_overdue_confirmation(&mut self, now: i64, latest: i64) -> Result<Option<ConfirmationRow>, Error> {
        let sql = "DELETE FROM policy_confirmations WHERE workspace_id = \
                     (SELECT workspace_id FROM policy_confirmations WHERE deadline <= $1 OR deadline > $2 \
                      ORDER BY deadline LIMIT 1) \
                     AND (deadline <= $1 OR deadline > $2) \
                   RETURNING workspace_id, revision, deadline, saved_by";
        sql::fetch_optional!(self, ConfirmationRow, sql, now, latest)
    }

    /// Whether any change is overdue.
    pub async fn overdue_confirmations(&mut self, now: i64, latest: i64) -> Result<bool, Error> {
        let sql = "SELECT workspace_id, revision, deadline, saved_by FROM policy_confirmations \
                   WHERE deadline <= $1 OR deadline > $2 LIMIT 1";
        Ok(sql::fetch_optional!(self, ConfirmationRow, sql, now, latest)?.is_some())
    }
}
