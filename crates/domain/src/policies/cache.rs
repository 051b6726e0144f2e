//! The policies that this node knows.
use crate::WorkspaceId;
use policy::Policy;
use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

/// Policies that were loaded before; a revision never changes, so nothing here expires.
#[derive(Debug, Default)]
pub struct PolicyCache(RwLock<HashMap<WorkspaceId, Arc<Policy>>>);

impl PolicyCache {
    pub(super) fn get(&self, workspace: &WorkspaceId, revision: i64) -> Option<Arc<Policy>> {
        let known = self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.get(workspace).filter(|policy| policy.revision == revision).map(Arc::clone)
    }

    /// The one that was put there last; `None` before the first.
    pub(super) fn last(&self, workspace: &WorkspaceId) -> Option<Arc<Policy>> {
        self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(workspace).map(Arc::clone)
    }

    pub(super) fn put(&self, workspace: &WorkspaceId, policy: &Arc<Policy>) {
        let mut known = self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        known.insert(workspace.clone(), Arc::clone(policy));
    }
}
