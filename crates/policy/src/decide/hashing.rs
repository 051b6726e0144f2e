//! How long may a password wait to be looked at?
use crate::Refusal;
use std::time::Duration;

/// How much a measurement counts beside all that were made before: one of so many.
const WEIGHT: u32 = 8;
/// How soon the sign-in page tries again by itself, at the latest, in seconds: longer nobody looks at a page that waits.
const SOON: u32 = 15;

/// What is to be hashed at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// How many wait or are under way.
    pub ahead: usize,
    /// How many are under way at once; at least 1.
    pub at_once: usize,
    /// What one takes.
    pub pace: Duration,
}

impl Load {
    /// Returns how long one waits until all that are ahead are done.
    pub fn wait(&self) -> Duration {
        let rounds = self.ahead.div_ceil(self.at_once.max(1));
        self.pace.saturating_mul(u32::try_from(rounds).unwrap_or(u32::MAX))
    }
}

/// Decides whether one more may wait. Where a place is free it need not, however slow the machine is.
///
/// # Errors
/// [`Refusal::Busy`] when it would wait longer than this.
pub fn admit(load: &Load, longest: Duration) -> Result<(), Refusal> {
    if load.ahead < load.at_once || load.wait() < longest { Ok(()) } else { Err(busy(load)) }
}

/// Returns whether one whose browser may be known is looked up, although strangers are refused: as many again may be.
pub fn may_be_looked_up(load: &Load, longest: Duration) -> bool {
    load.wait() < longest.saturating_mul(2)
}

/// Returns the refusal of one who would wait too long: all that are ahead are done by the time it names, in whole seconds
/// rounded up.
pub fn busy(load: &Load) -> Refusal {
    let seconds = load.wait().as_millis().div_ceil(1_000).max(1);
    Refusal::Busy { retry_after: u32::try_from(seconds).unwrap_or(u32::MAX) }
}

/// Returns what one takes after another measurement.
pub fn pace(before: Duration, measured: Duration) -> Duration {
    (before.saturating_mul(WEIGHT - 1).saturating_add(measured)) / WEIGHT
}

/// Returns whether a page tries again by itself after so many seconds.
pub const fn tries_again(retry_after: u32) -> bool {
    retry_after <= SOON
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: Duration = Duration::from_secs(5);

    fn load(ahead: usize, millis: u64) -> Load {
        Load { ahead, at_once: 2, pace: Duration::from_millis(millis) }
    }

    #[test]
    fn two_hundred_at_one_moment_wait_on_two_cores_and_none_is_refused() {
        assert!((0..200).all(|ahead| admit(&load(ahead, 30), LONGEST).is_ok()));
        assert_eq!(load(200, 26).wait(), Duration::from_millis(2_600));
    }

    #[test]
    fn whoever_would_wait_longer_is_told_how_long_and_an_idle_machine_refuses_nobody() {
        assert_eq!(admit(&load(332, 30), LONGEST), Ok(()));
        assert_eq!(admit(&load(333, 30), LONGEST), Err(Refusal::Busy { retry_after: 6 }));
        assert_eq!(admit(&load(1_000, 30), LONGEST), Err(Refusal::Busy { retry_after: 15 }));
        assert_eq!(admit(&load(1, 60_000), LONGEST), Ok(()));
        assert_eq!(admit(&load(2, 60_000), LONGEST), Err(Refusal::Busy { retry_after: 60 }));
        assert!(may_be_looked_up(&load(333, 30), LONGEST) && !may_be_looked_up(&load(1_000, 30), LONGEST));
        assert!(tries_again(15) && !tries_again(16));
    }

    #[test]
    fn the_pace_follows_what_is_measured() {
        let millis = Duration::from_millis;
        assert_eq!(pace(millis(30), millis(110)), millis(40));
        let settled = (0..100).fold(millis(30), |before, _| pace(before, millis(100)));
        assert!(settled > millis(99) && settled <= millis(100), "{settled:?}");
    }
}
