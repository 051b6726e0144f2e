//! Workspaces.
use crate::{Error, FileId, Store, Tx, WorkspaceId, sql};

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct WorkspaceRow {
    /// Its identifier.
    pub id: WorkspaceId,
    /// The host name under which it is reached.
    pub host: String,
    /// Its name.
    pub name: String,
    /// The name that its mails are sent under; empty for the operator's.
    pub from_name: String,
    /// The IANA name of its time zone.
    pub time_zone: String,
    /// The picture that stands before its name; `None` where none does.
    pub mark_id: Option<FileId>,
    /// What that picture shows, for whoever does not see it.
    pub mark_text: String,
    /// The revision of its policy; 0 before the first save.
    pub revision: i64,
}

macro_rules! workspaces {
    ($rest:literal) => {
        concat!("SELECT id, host, name, from_name, time_zone, mark_id, mark_text, revision FROM workspaces ", $rest)
    };
}

impl Store {
    /// The workspace with this identifier.
    pub async fn workspace(&self, id: &WorkspaceId) -> Result<Option<WorkspaceRow>, Error> {
        let sql = workspaces!("WHERE id = $1");
        sql::fetch_alone!(self, WorkspaceRow, sql, id)
    }

    /// The revision of a workspace's policy at this moment.
    pub async fn revision(&self, id: &WorkspaceId) -> Result<i64, Error> {
        let row = sql::fetch_alone!(self, (i64,), "SELECT revision FROM workspaces WHERE id = $1", id)?;
        Ok(row.map_or(0, |(revision,)| revision))
    }
}

impl Tx {
    /// Inserts a workspace unless its host is taken.
    pub async fn insert_workspace(&mut self, id: &WorkspaceId, host: &str, name: &str, now: i64) -> Result<(), Error> {
        let sql =
            "INSERT INTO workspaces (id, host, name, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (host) DO NOTHING";
        sql::execute!(self, sql, id, host, name, now).map(drop)
    }

    /// The workspace that is reached under a host name.
    pub async fn workspace_by_host(&mut self, host: &str) -> Result<Option<WorkspaceRow>, Error> {
        sql::fetch_optional!(self, WorkspaceRow, workspaces!("WHERE host = $1"), host)
    }

    /// The workspace with this identifier.
    pub async fn workspace(&mut self, id: &WorkspaceId) -> Result<Option<WorkspaceRow>, Error> {
        sql::fetch_optional!(self, WorkspaceRow, workspaces!("WHERE id = $1"), id)
    }

    /// The oldest workspace, which is the default one whatever its host is now.
    pub async fn first_workspace(&mut self) -> Result<Option<WorkspaceRow>, Error> {
        sql::fetch_optional!(self, WorkspaceRow, workspaces!("ORDER BY created_at, id LIMIT 1"))
    }

    /// Moves a workspace to another host name.
    pub async fn set_workspace_host(&mut self, id: &WorkspaceId, host: &str) -> Result<(), Error> {
        sql::execute!(self, "UPDATE workspaces SET host = $2 WHERE id = $1", id, host).map(drop)
    }

    /// Presents a workspace otherwise.
    pub async fn set_workspace_profile(
        &mut self,
        id: &WorkspaceId,
        name: &str,
        from_name: &str,
        time_zone: &str,
    ) -> Result<(), Error> {
        let sql = "UPDATE workspaces SET name = $2, from_name = $3, time_zone = $4 WHERE id = $1";
        sql::execute!(self, sql, id, name, from_name, time_zone).map(drop)
    }

    /// Has a picture stand before the name of a workspace, or none; returns the one before it.
    pub async fn set_workspace_mark(
        &mut self,
        id: &WorkspaceId,
        mark: Option<&FileId>,
        text: &str,
    ) -> Result<Option<FileId>, Error> {
        sql::lock_row!(self, "workspaces", id)?;
        let before = self.workspace(id).await?.and_then(|row| row.mark_id);
        sql::execute!(self, "UPDATE workspaces SET mark_id = $2, mark_text = $3 WHERE id = $1", id, mark, text)?;
        Ok(before)
    }

    /// When the first run of a workspace was left; `None` while it was not.
    pub async fn first_run_left_at(&mut self, id: &WorkspaceId) -> Result<Option<i64>, Error> {
        let sql = "SELECT first_run_left_at FROM workspaces WHERE id = $1";
        Ok(sql::fetch_optional!(self, (Option<i64>,), sql, id)?.and_then(|(at,)| at))
    }

    /// Notes that the first run of a workspace was left; `false` when it was left before.
    pub async fn leave_first_run(&mut self, id: &WorkspaceId, now: i64) -> Result<bool, Error> {
        let sql = "UPDATE workspaces SET first_run_left_at = $2 WHERE id = $1 AND first_run_left_at IS NULL";
        Ok(sql::execute!(self, sql, id, now)? == 1)
    }

    /// The revision of a workspace's policy.
    pub async fn revision(&mut self, id: &WorkspaceId) -> Result<i64, Error> {
        let row = sql::fetch_optional!(self, (i64,), "SELECT revision FROM workspaces WHERE id = $1", id)?;
        Ok(row.map_or(0, |(revision,)| revision))
    }

    /// Moves the revision from `from` to `to`; `false` when it is no longer `from`.
    pub async fn advance_revision(&mut self, id: &WorkspaceId, from: i64, to: i64) -> Result<bool, Error> {
        let sql = "UPDATE workspaces SET revision = $3 WHERE id = $1 AND revision = $2";
        Ok(sql::execute!(self, sql, id, from, to)? == 1)
    }
}
