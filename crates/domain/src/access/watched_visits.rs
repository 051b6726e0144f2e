//! Visits that a list which is only watched would have stopped: each is noted once.
use super::Client;
use policy::{Timestamp, time::Span};
use std::{
    collections::{HashMap, hash_map},
    sync::{Mutex, PoisonError},
};

/// How long further requests of a session from an address are the same visit.
const VISIT: Span = Span::minutes(60);

/// The visits that were noted lately: since when, by session and address. Each node notes its own.
#[derive(Default)]
pub(crate) struct WatchedVisits(Mutex<HashMap<Visit, Timestamp>>);

/// The session and the address.
type Visit = (Option<String>, Option<String>);

impl WatchedVisits {
    /// Whether a request begins a visit.
    pub(super) fn begins(&self, client: &Client, now: Timestamp) -> bool {
        let mut visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        visits.retain(|_, since| now < *since + VISIT && *since <= now);
        let key = (client.session.clone(), client.address.clone());
        match visits.entry(key) {
            hash_map::Entry::Occupied(_) => false,
            hash_map::Entry::Vacant(free) => {
                free.insert(now);
                true
            }
        }
    }
}
