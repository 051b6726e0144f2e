//! Workspaces.
mod first_run;
mod mark;
mod present;
mod profile;

pub use first_run::FirstRun;
pub use profile::{Mark, Profile};

use crate::{
    Result, WorkspaceId,
    bailey::Workspaces,
    platform::{random, unit_of_work::unit_of_work},
};

/// The name that a workspace comes with.
const DEFAULT_NAME: &str = "Bailey";

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its identifier.
    pub id: WorkspaceId,
}

impl Workspaces<'_> {
    /// The default workspace, made at the first start; it answers under the public URL's host, and
    /// moves along when that changes.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn default(self, host: &str) -> Result<Workspace> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let found = tx.first_workspace().await?;
            if let Some(row) = found {
                if row.host != host {
                    tx.set_workspace_host(&row.id, host).await?;
                    tx.commit().await?;
                }
                return Ok(Workspace { id: row.id });
            }
            let now = self.0.now();
            let id = WorkspaceId::from(random::id(now)?);
            tx.insert_workspace(&id, host, DEFAULT_NAME, now.0).await?;
            let stored = tx.workspace_by_host(host).await?;
            tx.commit().await?;
            // Another node may have been quicker; then its row stands.
            Ok(Workspace { id: stored.map_or(id, |row| row.id) })
        })
        .await
    }
}
