//! Policy revisions: load, review, save, confirm or revert, restore; and what happens when two
//! people save at once.
mod admin_addresses;
mod author;
mod cache;
mod confirmation;
mod conflict;
pub mod document;
mod form;
mod history;
mod review;
mod save;
mod stored;
mod submit;
mod wanted;

pub(crate) use author::Author;
pub use cache::PolicyCache;
pub use conflict::{Conflict, Signature};
pub use history::{Revision, Undo};
pub use review::{People, Review};
pub use save::{Plan, SaveOptions, Saved};
pub(crate) use stored::load;
pub use submit::Submitted;
pub use wanted::Wanted;

use crate::{Result, WorkspaceId, bailey::Policies};
use policy::{Policy, Reading, catalogue::Headers, value::Mode};
use std::sync::Arc;
pub use store::ConfirmationRow;
use store::Tx;

impl Policies<'_> {
    /// What of a policy holds: all of it, but in safe mode the headers are the built-in ones and the
    /// admin allowlist is off, so that nothing that was saved keeps an operator out.
    pub fn in_force(self, policy: &Arc<Policy>) -> Arc<Policy> {
        if !self.0.safe_mode() {
            return Arc::clone(policy);
        }
        let mut settings = policy.settings.clone();
        settings.headers = Headers::default();
        settings.network.admin_allowlist_mode = Mode::Off;
        Arc::new(Policy { revision: policy.revision, settings })
    }

    /// The policy of a workspace at the revision that the request's own query has read.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn at(self, workspace: &WorkspaceId, revision: i64) -> Result<Arc<Policy>> {
        if let Some(policy) = self.0.policy_cache().get(workspace, revision) {
            return Ok(policy);
        }
        self.compile(&mut self.0.store().read().await?, workspace, revision).await
    }

    /// The policy of a workspace as a unit of work sees it.
    pub(crate) async fn within(self, tx: &mut Tx, workspace: &WorkspaceId) -> Result<Arc<Policy>> {
        let revision = tx.revision(workspace).await?;
        self.at_within(tx, workspace, revision).await
    }

    /// The policy of a workspace at the revision that the unit of work has read.
    pub(crate) async fn at_within(self, tx: &mut Tx, workspace: &WorkspaceId, revision: i64) -> Result<Arc<Policy>> {
        if let Some(policy) = self.0.policy_cache().get(workspace, revision) {
            return Ok(policy);
        }
        self.compile(tx, workspace, revision).await
    }

    /// Reads a revision that this node does not know yet, and keeps it.
    async fn compile(self, tx: &mut Tx, workspace: &WorkspaceId, revision: i64) -> Result<Arc<Policy>> {
        let policy = Arc::new(Policy { revision, settings: load(tx, workspace, revision).await?.settings });
        self.0.policy_cache().put(workspace, &policy);
        Ok(policy)
    }

    /// The policy of a workspace as it stands now.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn now(self, workspace: &WorkspaceId) -> Result<Arc<Policy>> {
        let revision = self.0.store().revision(workspace).await?;
        self.at(workspace, revision).await
    }

    /// The policy of a workspace as this node has known it last, without asking the database; `None` before the first
    /// time.
    pub fn last_known(self, workspace: &WorkspaceId) -> Option<Arc<Policy>> {
        self.0.policy_cache().last(workspace)
    }

    /// What is stored in a revision: its settings, and what of it can't be read, where something else holds instead.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when there is no such revision.
    pub async fn reading(self, workspace: &WorkspaceId, revision: i64) -> Result<Reading> {
        load(&mut self.0.store().read().await?, workspace, revision).await
    }

    /// Who saved a revision, and when; `None` for the defaults.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn signature(self, workspace: &WorkspaceId, revision: i64) -> Result<Option<Signature>> {
        signature(&mut self.0.store().read().await?, workspace, revision).await
    }
}

async fn signature(tx: &mut Tx, workspace: &WorkspaceId, revision: i64) -> Result<Option<Signature>> {
    let row = tx.policy_revision(workspace, revision).await?;
    Ok(row.map(|row| Signature { by: row.actor, at: row.created_at }))
}
