//! How many connections there may be, in all and from one network: one client must not take every file that the program
//! may open.
use crate::{config::TrustedProxies, edge::Tally};
use policy::decide::address_bucket::{AddressBucket, buckets};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::time::Instant;

/// Which part of all connections one network may have that is no trusted proxy.
const PART_OF_ONE: usize = 16;
/// How many files the program needs for itself: the database, the front-end, the log.
const OWN_FILES: usize = 128;

/// How many connections there may be, and are.
#[derive(Debug)]
pub struct ConnectionLimit {
    all: usize,
    proxies: TrustedProxies,
    open: Mutex<Open>,
    refused: Tally,
}

#[derive(Debug, Default)]
struct Open {
    all: usize,
    by_bucket: HashMap<AddressBucket, usize>,
}

/// The right to one connection, given back where it is dropped.
#[derive(Debug)]
pub struct ConnectionSlot {
    limit: Arc<ConnectionLimit>,
    buckets: Vec<AddressBucket>,
}

impl ConnectionLimit {
    /// Allows so many in all.
    pub fn new(all: usize, proxies: TrustedProxies) -> Arc<Self> {
        Arc::new(Self { all, proxies, open: Mutex::default(), refused: Tally::default() })
    }

    /// Returns the right to one more from this peer; `None` when it or all have as many as they may.
    pub fn take(self: &Arc<Self>, peer: IpAddr) -> Option<ConnectionSlot> {
        let each = if self.proxies.believe(peer.to_canonical()) { self.all } else { self.all.div_ceil(PART_OF_ONE) };
        let each = u32::try_from(each).unwrap_or(u32::MAX);
        let buckets = buckets(Some(peer));
        let mut open = self.open();
        let taken = |bucket: &AddressBucket| open.by_bucket.get(bucket).copied().unwrap_or_default();
        let is_full =
            |bucket: &AddressBucket| taken(bucket) >= usize::try_from(bucket.budget(each)).unwrap_or(self.all);
        if open.all >= self.all || buckets.iter().any(is_full) {
            drop(open);
            if let Some((_, times)) = self.refused.count("", Instant::now()) {
                tracing::warn!(%peer, times, "connections were closed, since there were as many as there may be");
            }
            return None;
        }
        open.all += 1;
        for bucket in &buckets {
            *open.by_bucket.entry(*bucket).or_default() += 1;
        }
        drop(open);
        Some(ConnectionSlot { limit: Arc::clone(self), buckets })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for ConnectionSlot {
    fn drop(&mut self) {
        let mut open = self.limit.open();
        open.all -= 1;
        for bucket in &self.buckets {
            if let Some(count) = open.by_bucket.get_mut(bucket) {
                *count -= 1;
                if *count == 0 {
                    open.by_bucket.remove(bucket);
                }
            }
        }
    }
}

/// Asks the system for as many files as so many connections need. Returns how many connections it has room for.
pub fn make_room(connections: usize) -> usize {
    let wanted = u64::try_from(connections + OWN_FILES).unwrap_or(u64::MAX);
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current.is_some_and(|current| current < wanted) {
        let more = maximum.map_or(wanted, |maximum| maximum.min(wanted));
        // Where it is not granted, there is room for fewer.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(more), maximum });
    }
    let granted = getrlimit(Resource::Nofile).current.and_then(|files| usize::try_from(files).ok());
    granted.map_or(connections, |files| files.saturating_sub(OWN_FILES).clamp(1, connections))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    /// Fails when `take` no longer counts by network, or a slot is not given back.
    #[test]
    fn one_network_takes_no_more_than_its_part_and_gives_it_back() {
        let limit = ConnectionLimit::new(32, TrustedProxies::default());
        let taken: Vec<_> =
            ["2001:db8::1", "2001:db8::2"].map(|one| limit.take(peer(one)).expect("two are its part")).into();
        assert!(limit.take(peer("2001:db8::3")).is_none());
        let narrow: Vec<_> = (1..=3).map_while(|n| limit.take(peer(&format!("2001:db8:0:{n:x}::{n}")))).collect();
        assert_eq!(narrow.len(), 3, "other networks");
        let more: Vec<_> = (4..=9).map_while(|n| limit.take(peer(&format!("2001:db8:0:{n:x}::1")))).collect();
        assert_eq!(more.len(), 3, "and no more of the one that holds them all than four times as many");
        drop((taken, narrow, more));
        assert!(limit.take(peer("2001:db8::3")).is_some());
        assert!(limit.open().by_bucket.is_empty());
    }

    /// Fails when a proxy counts as one client, or all together have no limit.
    #[test]
    fn a_trusted_proxy_takes_what_all_may_have_and_no_more() {
        let limit = ConnectionLimit::new(32, TrustedProxies::parse("10.0.0.1").expect("a proxy"));
        let mut taken: Vec<_> = (0..32).map_while(|_| limit.take(peer("::ffff:10.0.0.1"))).collect();
        assert_eq!(taken.len(), 32);
        assert!(limit.take(peer("10.0.0.1")).is_none() && limit.take(peer("203.0.113.7")).is_none());
        taken.pop();
        assert!(limit.take(peer("203.0.113.7")).is_some());
    }
}
