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

pub(crate) use author::Author;
pub use cache::PolicyCache;
pub use conflict::{Conflict, Signature};
pub use history::{Revision, Undo};
pub use review::{People, Review};
pub use save::{Plan, SaveOptions, Saved};

use crate::{Caller, Error, Result, WorkspaceId, bailey::Policies};
use policy::{Policy, Setting, Settings, Violation, catalogue::Headers, value::Mode};
use std::{collections::BTreeMap, sync::Arc};
pub use store::ConfirmationRow;
use store::{RevisionRow, Tx};

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
        let policy = Arc::new(Policy { revision, settings: load(tx, workspace, revision).await? });
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

    /// The settings whose stored values can't be read, in the order of the page: something else holds instead.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn unreadable(self, caller: &Caller) -> Result<Vec<&'static Setting>> {
        let mut tx = self.0.store().read().await?;
        let row = tx.policy_revision(caller.workspace(), caller.policy().revision).await?;
        let found = row.map_or_else(|| Ok(Vec::new()), |row| parse(&row).map(|(_, found)| found))?;
        Ok(found.into_iter().filter_map(|violation| Settings::find(violation.key)).collect())
    }

    /// Who saved a revision, and when; `None` for the defaults.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn signature(self, workspace: &WorkspaceId, revision: i64) -> Result<Option<Signature>> {
        signature(&mut self.0.store().read().await?, workspace, revision).await
    }
}

/// The settings of one revision.
pub(crate) async fn load(tx: &mut Tx, workspace: &WorkspaceId, revision: i64) -> Result<Settings> {
    match tx.policy_revision(workspace, revision).await? {
        Some(row) => read(&row),
        None if revision == 0 => Ok(Settings::default()),
        None => Err(Error::NotFound),
    }
}

fn parse(row: &RevisionRow) -> Result<(Settings, Vec<Violation>)> {
    let document: BTreeMap<String, String> = serde_json::from_str(&row.document).map_err(Error::internal)?;
    Ok(Settings::from_document(&document))
}

fn read(row: &RevisionRow) -> Result<Settings> {
    let (settings, found) = parse(row)?;
    for violation in found {
        tracing::error!(
            key = violation.key,
            revision = row.revision,
            "a stored setting is not valid; its default holds instead"
        );
    }
    Ok(settings)
}

async fn signature(tx: &mut Tx, workspace: &WorkspaceId, revision: i64) -> Result<Option<Signature>> {
    let row = tx.policy_revision(workspace, revision).await?;
    Ok(row.map(|row| Signature { by: row.actor, at: row.created_at }))
}
