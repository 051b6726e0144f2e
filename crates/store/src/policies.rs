//! Policy revisions: each save is one row that never changes.
use crate::{Error, Tx, WorkspaceId, sql};

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
    /// When, in milliseconds.
    pub created_at: i64,
}

impl Tx {
    /// Adds a revision; its number is unique in the workspace.
    pub async fn insert_revision(&mut self, workspace: &WorkspaceId, row: &RevisionRow) -> Result<(), Error> {
        let sql = "INSERT INTO policy_revisions (workspace_id, revision, document, actor, address, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
        sql::run!(self, sql, workspace, row.revision, &row.document, &row.actor, &row.address, row.created_at).map(drop)
    }

    /// One revision.
    pub async fn policy_revision(
        &mut self,
        workspace: &WorkspaceId,
        revision: i64,
    ) -> Result<Option<RevisionRow>, Error> {
        let sql = "SELECT revision, document, actor, address, created_at FROM policy_revisions \
                   WHERE workspace_id = $1 AND revision = $2";
        sql::one!(self, RevisionRow, sql, workspace, revision)
    }
}
