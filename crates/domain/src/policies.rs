//! Policy revisions: load, save, and what happens when two people save at once.
use crate::{
    Bailey, Caller, Error, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
};
use policy::{Change, Policy, Refusal, Role, Settings, Timestamp, Violation, change, rules};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, RwLock},
};
use store::{RevisionRow, Tx};

/// Policies that were loaded before; a revision never changes, so nothing here expires.
#[derive(Debug, Default)]
pub struct PolicyCache(RwLock<HashMap<WorkspaceId, Arc<Policy>>>);

impl PolicyCache {
    fn get(&self, workspace: &WorkspaceId, revision: i64) -> Option<Arc<Policy>> {
        let known = self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.get(workspace).filter(|policy| policy.revision == revision).map(Arc::clone)
    }

    fn put(&self, workspace: &WorkspaceId, policy: &Arc<Policy>) {
        let mut known = self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.insert(workspace.clone(), Arc::clone(policy));
    }
}

/// Who saved a revision, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who: an address, or `console`.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What a save did.
#[derive(Debug, Clone)]
pub struct Saved {
    /// The policy as it stands now.
    pub policy: Arc<Policy>,
    /// What changed; empty when nothing differed, and then no revision was made.
    pub changes: Vec<Change>,
}

/// Somebody saved meanwhile, and nothing was overwritten.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// The revision that stands now.
    pub revision: i64,
    /// Who saved it, and when.
    pub signature: Option<Signature>,
    /// The settings on which the save was based.
    pub base: Settings,
    /// The settings as they stand now.
    pub theirs: Settings,
    /// The settings that were to be saved.
    pub yours: Settings,
}

impl Bailey {
    /// The policy of a workspace at the revision that the request's own query has read.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn policy_at(&self, workspace: &WorkspaceId, revision: i64) -> Result<Arc<Policy>> {
        if let Some(policy) = self.policy_cache().get(workspace, revision) {
            return Ok(policy);
        }
        let mut tx = self.store().read().await?;
        let policy = Arc::new(Policy { revision, settings: load(&mut tx, workspace, revision).await? });
        self.policy_cache().put(workspace, &policy);
        Ok(policy)
    }

    /// The policy of a workspace as it stands now.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn policy_now(&self, workspace: &WorkspaceId) -> Result<Arc<Policy>> {
        let revision = self.store().read().await?.revision(workspace).await?;
        self.policy_at(workspace, revision).await
    }

    /// Who saved a revision, and when; nothing for the defaults.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn signature(&self, workspace: &WorkspaceId, revision: i64) -> Result<Option<Signature>> {
        signature(&mut self.store().read().await?, workspace, revision).await
    }

    /// Saves a whole form, or nothing of it.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside each field; [`Error::Refused`] when the caller may not
    /// change something; [`Error::Conflict`] when somebody saved meanwhile.
    pub async fn save_policy(&self, caller: &Caller, base: i64, form: &BTreeMap<String, String>) -> Result<Saved> {
        let wanted = Settings::from_form(form).map_err(invalid)?;
        let found = rules::violations(&wanted);
        if !found.is_empty() {
            return Err(invalid(found));
        }
        let author = Author {
            actor: Actor::Member(caller.email().clone()),
            role: caller.role(),
            address: caller.address().map(str::to_owned),
        };
        let mut tx = self.store().write().await?;
        let saved = self.save_in(&mut tx, caller.workspace(), base, wanted, &author).await?;
        tx.commit().await?;
        self.policy_cache().put(caller.workspace(), &saved.policy);
        Ok(saved)
    }

    /// Saves settings on top of a revision, within a unit of work.
    pub(crate) async fn save_in(
        &self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        base: i64,
        wanted: Settings,
        author: &Author,
    ) -> Result<Saved> {
        let current = tx.revision(workspace).await?;
        // A base that never was is told what stands now, like one that was overtaken.
        let known = if (0..=current).contains(&base) { base } else { current };
        let before = load(tx, workspace, known).await?;
        let changes = change::between(&before, &wanted);
        may_change(author.role, &changes)?;
        if current != base {
            return Err(conflict(tx, workspace, current, before, wanted).await?);
        }
        if changes.is_empty() {
            return Ok(Saved { policy: Arc::new(Policy { revision: base, settings: before }), changes });
        }
        let next = base + 1;
        // Two who read the same revision: the database lets one of them move it on.
        if !tx.advance_revision(workspace, base, next).await? {
            let current = tx.revision(workspace).await?;
            return Err(conflict(tx, workspace, current, before, wanted).await?);
        }
        let row = RevisionRow {
            revision: next,
            document: serde_json::to_string(&wanted.to_document()).map_err(Error::internal)?,
            actor: author.actor.name().to_owned(),
            address: author.address.clone(),
            created_at: self.now().0,
        };
        tx.insert_revision(workspace, &row).await?;
        let entry = Entry::new(Channel::Settings, "Updated application settings", author.actor.clone())
            .from_address(author.address.as_deref())
            .with_changes(&changes)
            .with("revision", next.to_string());
        self.record(tx, workspace, entry).await?;
        Ok(Saved { policy: Arc::new(Policy { revision: next, settings: wanted }), changes })
    }
}

/// On whose behalf settings are saved.
#[derive(Debug, Clone)]
pub(crate) struct Author {
    pub actor: Actor,
    pub role: Role,
    pub address: Option<String>,
}

/// Only a super-admin changes what is marked so.
fn may_change(role: Role, changes: &[Change]) -> std::result::Result<(), Refusal> {
    let guarded = changes.iter().find(|change| change.setting.super_admin_only);
    match guarded {
        Some(change) if role != Role::SuperAdmin => Err(Refusal::SuperAdminSetting { setting: change.setting.name() }),
        _ => Ok(()),
    }
}

fn invalid(found: Vec<Violation>) -> Error {
    Error::Invalid(found.into_iter().map(|v| (v.key.to_owned(), v.problem.to_string())).collect())
}

async fn load(tx: &mut Tx, workspace: &WorkspaceId, revision: i64) -> Result<Settings> {
    let Some(row) = tx.policy_revision(workspace, revision).await? else {
        return if revision == 0 { Ok(Settings::default()) } else { Err(Error::NotFound) };
    };
    let document: BTreeMap<String, String> = serde_json::from_str(&row.document).map_err(Error::internal)?;
    let (settings, found) = Settings::from_document(&document);
    for violation in found {
        tracing::error!(key = violation.key, revision, "a stored setting is not valid; its default holds instead");
    }
    Ok(settings)
}

async fn signature(tx: &mut Tx, workspace: &WorkspaceId, revision: i64) -> Result<Option<Signature>> {
    let row = tx.policy_revision(workspace, revision).await?;
    Ok(row.map(|row| Signature { by: row.actor, at: Timestamp(row.created_at) }))
}

async fn conflict(
    tx: &mut Tx,
    workspace: &WorkspaceId,
    current: i64,
    base: Settings,
    yours: Settings,
) -> Result<Error> {
    let theirs = load(tx, workspace, current).await?;
    let signature = signature(tx, workspace, current).await?;
    Ok(Error::Conflict(Box::new(Conflict { revision: current, signature, base, theirs, yours })))
}
