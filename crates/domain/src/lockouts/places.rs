//! The tries that are being looked at just now: counted already, and neither right nor wrong yet.
use crate::Bailey;
use policy::{Timestamp, decide::lockout::Tries};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::TriesKey;

/// How many tries this node is looking at, by what they are counted under. What another node looks at counts as
/// failed until it is done; a node that stops leaves nothing behind.
#[derive(Clone, Default)]
pub(crate) struct Places(Arc<Mutex<HashMap<TriesKey, u32>>>);

/// A try that is being looked at; dropped once what came of it is written down.
pub(crate) struct Place {
    /// Until when everything is locked if this one is wrong, too.
    pub locks: Option<Timestamp>,
    /// How many of them were wrong in a row if this one is wrong, too.
    pub consecutive: u32,
    _taken: Taken,
}

/// What a try holds while it is looked at.
pub(super) struct Taken {
    places: Places,
    key: TriesKey,
}

impl Places {
    /// Takes a place for a try; to be done before others can see that it was counted.
    pub(super) fn take(&self, key: &TriesKey) -> Taken {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key.clone()).or_default() += 1;
        Taken { places: self.clone(), key: key.clone() }
    }

    /// How many tries are being looked at.
    pub(super) fn taken(&self, key: &TriesKey) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).copied().unwrap_or_default()
    }
}

impl Place {
    /// The place of a try with which there are so many.
    pub(super) const fn new(tries: &Tries, taken: Taken) -> Self {
        Self { locks: tries.locked_until, consecutive: tries.consecutive, _taken: taken }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut places = self.places.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = places.get_mut(&self.key) {
            *taken -= 1;
            if *taken == 0 {
                places.remove(&self.key);
            }
        }
    }
}

impl Bailey {
    pub(super) fn places(&self) -> &Places {
        &self.0.places
    }
}
