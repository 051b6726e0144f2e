//! Counts what strangers cause, so that they can't fill the log: a line a minute tells of it, with a count; and how much
//! of it is looked at.
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// How often a line may be written about the same thing.
const EVERY: Duration = Duration::from_mins(1);
/// How many things are told apart; all others are counted as one.
const TOLD_APART: usize = 40;

/// How often something happened since it was last told of, and when that was.
#[derive(Debug)]
struct Count {
    told_at: Instant,
    untold: u64,
}

/// How often something may be done in a minute, whoever asks for it.
#[derive(Debug, Default)]
pub struct Budget(Mutex<Option<(Instant, u32)>>);

impl Budget {
    /// Whether it may be done once more, of so many times in a minute.
    pub fn spend(&self, most: u32, now: Instant) -> bool {
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, spent) = minute.filter(|(since, _)| now.duration_since(*since) < EVERY).unwrap_or((now, 0));
        *minute = Some((since, spent.saturating_add(1)));
        spent < most
    }
}

/// Counts by what happened.
#[derive(Debug, Default)]
pub struct Tally(Mutex<BTreeMap<String, Count>>);

impl Tally {
    /// Counts one more. Returns what is to be told of and how often it happened; `None` when it was told of less than a
    /// minute ago.
    pub fn count<'a>(&self, what: &'a str, now: Instant) -> Option<(&'a str, u64)> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= TOLD_APART {
            // What happens no more makes room for what does.
            counts.retain(|_, count| now.duration_since(count.told_at) < EVERY);
        }
        let what = if counts.len() < TOLD_APART || counts.contains_key(what) { what } else { "something else" };
        let Some(count) = counts.get_mut(what) else {
            counts.insert(what.to_owned(), Count { told_at: now, untold: 0 });
            return Some((what, 1));
        };
        count.untold += 1;
        if now.duration_since(count.told_at) < EVERY {
            return None;
        }
        count.told_at = now;
        Some((what, std::mem::take(&mut count.untold)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when a line is written before the minute is over, or what happened meanwhile is not counted.
    #[tokio::test(start_paused = true)]
    async fn the_first_is_told_of_at_once_and_the_others_once_a_minute() {
        let tally = Tally::default();
        let count = |what| tally.count(what, Instant::now());
        assert_eq!((count("a"), count("a"), count("b")), (Some(("a", 1)), None, Some(("b", 1))));
        tokio::time::advance(Duration::from_millis(59_999)).await;
        assert_eq!(count("a"), None);
        tokio::time::advance(Duration::from_millis(1)).await;
        assert_eq!((count("a"), count("a")), (Some(("a", 3)), None));
    }

    /// Fails when `spend` never says no, or never begins anew.
    #[tokio::test(start_paused = true)]
    async fn a_budget_is_for_a_minute() {
        let budget = Budget::default();
        let spend = || budget.spend(2, Instant::now());
        assert_eq!([spend(), spend(), spend()], [true, true, false]);
        tokio::time::advance(Duration::from_millis(59_999)).await;
        assert!(!spend());
        tokio::time::advance(Duration::from_millis(1)).await;
        assert!(spend());
    }

    /// Fails when a stranger can make `Tally` grow without an end.
    #[tokio::test]
    async fn only_so_many_things_are_told_apart() {
        let tally = Tally::default();
        let now = Instant::now();
        let told: Vec<_> =
            (0..1_000).filter_map(|n| tally.count(&n.to_string(), now).map(|(what, _)| what.len())).collect();
        assert_eq!(told.len(), TOLD_APART + 1);
    }
}
