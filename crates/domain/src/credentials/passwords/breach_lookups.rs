//! The lookups at the breach service that are under way, and its outages that were noted. Each node notes its own.
use crate::WorkspaceId;
use policy::{Timestamp, decide::breach};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How many lookups there are at once; whoever comes beyond them waits.
const AT_ONCE: usize = 8;

/// The lookups of this node.
pub(crate) struct BreachLookups {
    places: Semaphore,
    /// When an outage was last noted.
    noted: Mutex<HashMap<WorkspaceId, Timestamp>>,
}

impl Default for BreachLookups {
    fn default() -> Self {
        Self { places: Semaphore::new(AT_ONCE), noted: Mutex::default() }
    }
}

impl BreachLookups {
    /// Waits for a place; `None` where there will be none.
    pub(super) async fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.acquire().await.ok()
    }

    /// Whether a lookup that was not answered is noted; it then counts as noted.
    pub(super) fn notes_outage(&self, workspace: &WorkspaceId, now: Timestamp) -> bool {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if !breach::notes_outage(noted.get(workspace).copied(), now) {
            return false;
        }
        noted.insert(workspace.clone(), now);
        true
    }
}
