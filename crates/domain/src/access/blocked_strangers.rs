//! Requests for admin pages that the allowlist has stopped although nobody with a role for them was behind: counted, and
//! noted once a minute for each address, since strangers cause them.
use policy::{
    EmailAddress, Timestamp,
    decide::address_bucket::{AddressBucket, buckets},
    time::Span,
};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

/// How often the same one is noted.
const EVERY: Span = Span::minutes(1);

/// How many are told apart; all others are counted as one. So many entries a minute strangers can cause at most.
const TOLD_APART: usize = 60;

/// Who was stopped: a member without a role, or a stranger, at an address; `None` stands for all who are not told apart.
type Blocked = Option<(Option<EmailAddress>, Option<AddressBucket>)>;

/// How many requests were stopped since the last one that was noted, and when that was.
struct Count {
    noted_at: Timestamp,
    since: u64,
}

/// What was stopped lately. Each node counts its own.
#[derive(Default)]
pub(crate) struct BlockedStrangers(Mutex<HashMap<Blocked, Count>>);

impl BlockedStrangers {
    /// Counts one more. Returns how many there were since the last one that was noted, with this one; `None` while that
    /// is less than a minute ago.
    pub(super) fn count(&self, member: Option<&EmailAddress>, address: Option<IpAddr>, now: Timestamp) -> Option<u64> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lately = |count: &Count| now < count.noted_at + EVERY && count.noted_at <= now;
        if counts.len() >= TOLD_APART {
            counts.retain(|_, count| lately(count));
        }
        let own = Some((member.cloned(), buckets(address).first().copied()));
        let who = if counts.len() < TOLD_APART || counts.contains_key(&own) { own } else { None };
        let Some(count) = counts.get_mut(&who) else {
            counts.insert(who, Count { noted_at: now, since: 0 });
            return Some(1);
        };
        count.since += 1;
        if lately(count) {
            return None;
        }
        count.noted_at = now;
        Some(std::mem::take(&mut count.since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn an_address_is_noted_once_a_minute_with_what_came_meanwhile() {
        let blocked = BlockedStrangers::default();
        let from = |address: &str, now| blocked.count(None, address.parse().ok(), now);
        assert_eq!(
            [from("192.0.2.1", NOON), from("192.0.2.1", NOON), from("192.0.2.2", NOON)],
            [Some(1), None, Some(1)]
        );
        assert_eq!(from("2001:db8::1", NOON), Some(1));
        assert_eq!(from("2001:db8::2", NOON), None, "of one network");
        let member = EmailAddress::parse("grace@example.org").ok();
        assert_eq!(blocked.count(member.as_ref(), "192.0.2.1".parse().ok(), NOON), Some(1), "and whoever is known");
        assert_eq!(from("192.0.2.1", NOON + Span::seconds(59)), None);
        assert_eq!(from("192.0.2.1", NOON + EVERY), Some(3));
        assert_eq!(from("192.0.2.1", NOON - Span::days(1)), Some(1), "a clock that was set back holds nothing up");
    }

    #[test]
    fn strangers_can_not_make_it_grow() {
        let blocked = BlockedStrangers::default();
        let noted = (0..10_000_u32).filter_map(|n| blocked.count(None, Some(IpAddr::from(n.to_be_bytes())), NOON));
        assert_eq!(noted.count(), TOLD_APART + 1);
    }
}
