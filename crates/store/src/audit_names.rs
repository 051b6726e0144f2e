//! The names under which e-mail addresses stand in the entries of the audit log.
use crate::{Error, Tx, WorkspaceId, sql};

/// An address, and the name that stands for it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditNameRow {
    /// The name: a digest of the address under the salt.
    pub name: String,
    /// The salt.
    pub salt: String,
    /// The address.
    pub email: String,
}

impl Tx {
    /// Adds a name. Whoever does holds the end of the workspace's chain, so that no address gets two.
    pub async fn insert_audit_name(&mut self, workspace: &WorkspaceId, row: &AuditNameRow) -> Result<(), Error> {
        let sql = "INSERT INTO audit_names (workspace_id, name, salt, email) VALUES ($1, $2, $3, $4)";
        sql::execute!(self, sql, workspace, &row.name, &row.salt, &row.email).map(drop)
    }

    /// The name of an address, if it has one.
    pub async fn audit_name_of(&mut self, workspace: &WorkspaceId, email: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT name FROM audit_names WHERE workspace_id = $1 AND email = $2";
        Ok(sql::fetch_optional!(self, (String,), sql, workspace, email)?.map(|(name,)| name))
    }

    /// The address behind a name; `None` once it is forgotten.
    pub async fn audit_name(&mut self, workspace: &WorkspaceId, name: &str) -> Result<Option<AuditNameRow>, Error> {
        let sql = "SELECT name, salt, email FROM audit_names WHERE workspace_id = $1 AND name = $2";
        sql::fetch_optional!(self, AuditNameRow, sql, workspace, name)
    }

    /// Every name of a workspace.
    pub async fn audit_names(&mut self, workspace: &WorkspaceId) -> Result<Vec<AuditNameRow>, Error> {
        let sql = "SELECT name, salt, email FROM audit_names WHERE workspace_id = $1";
        sql::fetch_all!(self, AuditNameRow, sql, workspace)
    }

    /// Forgets the address behind a name, unless a member has it now.
    pub async fn forget_audit_name(&mut self, workspace: &WorkspaceId, email: &str) -> Result<(), Error> {
        let sql = "DELETE FROM audit_names WHERE workspace_id = $1 AND email = $2 \
                   AND NOT EXISTS (SELECT 1 FROM members m WHERE m.workspace_id = $1 AND m.email = $2)";
        sql::execute!(self, sql, workspace, email).map(drop)
    }
}
