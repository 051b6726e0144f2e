//! The tries that are being looked at just now: counted already, and neither right nor wrong yet.
use policy::{Timestamp, decide::lockout::AttemptCounter};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::AttemptKey;

/// How many tries this node is looking at, by what they are counted under. What another node looks at counts as
/// failed until it is done; a node that stops leaves nothing behind.
#[derive(Clone, Default)]
pub(crate) struct InFlightAttempts(Arc<Mutex<HashMap<AttemptKey, u32>>>);

/// A try that is being looked at; dropped once what came of it is written down.
pub(crate) struct AttemptSlot {
    /// Until when everything is locked if this one is wrong, too.
    pub locks: Option<Timestamp>,
    /// How many of them were wrong in a row if this one is wrong, too.
    pub consecutive: u32,
    _taken: InFlight,
}

/// What a try holds while it is looked at.
pub(super) struct InFlight {
    attempts: InFlightAttempts,
    key: AttemptKey,
}

impl InFlightAttempts {
    /// Counts an attempt as in flight; to be done before others can see that it was counted.
    pub(super) fn take(&self, key: &AttemptKey) -> InFlight {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key.clone()).or_default() += 1;
        InFlight { attempts: self.clone(), key: key.clone() }
    }

    /// How many attempts are being looked at.
    pub(super) fn taken(&self, key: &AttemptKey) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).copied().unwrap_or_default()
    }
}

impl AttemptSlot {
    /// The slot of an attempt after which the counter stands so.
    pub(super) const fn new(attempts: &AttemptCounter, taken: InFlight) -> Self {
        Self { locks: attempts.locked_until, consecutive: attempts.consecutive, _taken: taken }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        let mut in_flight = self.attempts.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = in_flight.get_mut(&self.key) {
            *taken -= 1;
            if *taken == 0 {
                in_flight.remove(&self.key);
            }
        }
    }
}
