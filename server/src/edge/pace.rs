//! How fast one network address may ask for what is open to anybody. Whoever asks faster waits for their turn before
//! anything is read, looked up or rendered for them, so that a flood costs its sender time and others nothing.
use policy::decide::address_bucket::{AddressBucket, buckets};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// How many requests of one network address have their turn in a second, for long.
const A_SECOND: u32 = 50;
/// How many have it at once after a pause: an office behind one address opens the sign-in page at nine.
const AT_ONCE: u32 = 200;
/// How long a request waits for its turn before it is refused instead.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// How many buckets are told apart; all others have their turns together.
const TOLD_APART: usize = 50_000;

/// The turns of network addresses, by the generic cell rate algorithm: for each bucket the instant at which all that it
/// has asked for so far would be done at an even pace.
#[derive(Debug, Default)]
pub struct Pace(Mutex<HashMap<Option<AddressBucket>, Instant>>);

impl Pace {
    /// Takes a turn. Returns how long the request waits for it, or `None` when that is too long.
    pub fn turn(&self, address: Option<IpAddr>, now: Instant) -> Option<Duration> {
        let mut done_at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if done_at.len() >= TOLD_APART {
            done_at.retain(|_, at| *at > now);
        }
        let mut turns = Vec::new();
        for bucket in buckets(address) {
            let known = done_at.len() < TOLD_APART || done_at.contains_key(&Some(bucket));
            let key = known.then_some(bucket);
            let interval = Duration::from_secs(1) / bucket.budget(A_SECOND);
            let at = done_at.get(&key).map_or(now, |at| now.max(*at));
            turns.push((
                key,
                at + interval,
                at.duration_since(now).saturating_sub(interval * (bucket.budget(AT_ONCE) - 1)),
            ));
        }
        let wait = turns.iter().map(|(_, _, wait)| *wait).max().unwrap_or_default();
        if wait > LONGEST_WAIT {
            return None;
        }
        done_at.extend(turns.into_iter().map(|(key, at, _)| (key, at)));
        Some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: &str) -> IpAddr {
        address.parse().expect("an address")
    }

    /// Fails when `turn` lets an address have more at once, or a faster pace, or makes others wait for it.
    #[test]
    fn after_so_many_at_once_an_address_has_an_even_pace() {
        let (pace, now) = (Pace::default(), Instant::now());
        let at = |address, millis| pace.turn(Some(from(address)), now + Duration::from_millis(millis));
        for n in 0..AT_ONCE {
            assert_eq!(at("203.0.113.7", 0), Some(Duration::ZERO), "{n}");
        }
        assert_eq!(at("203.0.113.7", 0), Some(Duration::from_millis(20)));
        assert_eq!(at("203.0.113.7", 0), Some(Duration::from_millis(40)));
        assert_eq!(at("203.0.113.8", 0), Some(Duration::ZERO), "another address");
        assert_eq!(at("203.0.113.7", 60), Some(Duration::ZERO), "its pace");
        assert_eq!(at("203.0.113.7", 60_000), Some(Duration::ZERO), "after a pause");
    }

    /// Fails when `turn` makes anybody wait without an end, or counts what was refused.
    #[test]
    fn what_would_wait_too_long_is_refused_and_takes_no_turn() {
        let (pace, now) = (Pace::default(), Instant::now());
        let refused = (0..10_000).filter(|_| pace.turn(Some(from("203.0.113.7")), now).is_none()).count();
        assert_eq!(10_000 - refused, usize::try_from(AT_ONCE + 2 * A_SECOND).expect("a count"));
        assert_eq!(
            pace.turn(Some(from("203.0.113.7")), now + Duration::from_secs(1)),
            Some(Duration::from_millis(1_020))
        );
    }

    /// Fails when somebody who has many narrow networks of version 6 has the pace of a crowd, or the map grows without an
    /// end.
    #[test]
    fn many_networks_of_one_that_holds_them_share_its_pace() {
        let (pace, now) = (Pace::default(), Instant::now());
        let of_one = |n: u32| Some(from(&format!("2001:db8:0:{:x}::1", n % 65_536)));
        let had = (0..60_000).filter(|n| pace.turn(of_one(*n), now) == Some(Duration::ZERO)).count();
        assert_eq!(had, usize::try_from(16 * AT_ONCE).expect("a count"));
        for n in 0..60_000_u32 {
            let _ = pace.turn(Some(IpAddr::from(n.to_be_bytes())), now);
        }
        assert!(pace.0.lock().expect("nothing has panicked").len() <= TOLD_APART + 1);
    }
}
