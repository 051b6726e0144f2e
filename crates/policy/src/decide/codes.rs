//! May another second-step code be tried?
//!
//! The three numbers are those that SETTINGS gives as the defaults of `lockout.two_factor`, and the
//! absolute cap of NIST SP 800-63B-4 §3.2.2.
use crate::{Refusal, Timestamp, time::Span};

/// Wrong codes within the window before the second step pauses.
pub const MAX_ATTEMPTS: u32 = 5;
/// The window in which wrong codes are counted together.
pub const WINDOW: Span = Span::minutes(15);
/// How long the second step pauses.
pub const PAUSE: Span = Span::minutes(15);
/// Wrong codes in a row, over any time, after which codes no longer work at all.
pub const MAX_CONSECUTIVE: u32 = 100;

/// The wrong codes of one member so far, over every kind of code together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// Attempts since the window opened.
    pub in_window: u32,
    /// When the window opened.
    pub window_started: Timestamp,
    /// Until when codes are paused.
    pub paused_until: Option<Timestamp>,
    /// Attempts since the last right code.
    pub consecutive: u32,
}

/// Reserves one attempt before its code is looked at, so that parallel guesses cannot all pass the
/// check first; a right code clears the count afterwards.
///
/// # Errors
/// Refuses while codes are paused, and for good after [`MAX_CONSECUTIVE`].
pub fn reserve(so_far: Option<Attempts>, now: Timestamp) -> Result<Attempts, Refusal> {
    let fresh = Attempts { in_window: 0, window_started: now, paused_until: None, consecutive: 0 };
    let seen = so_far.unwrap_or(fresh);
    if seen.consecutive >= MAX_CONSECUTIVE {
        return Err(Refusal::FactorDisabled);
    }
    if let Some(until) = seen.paused_until
        && now < until
    {
        return Err(Refusal::codes_paused(until, now));
    }
    let window_over = seen.paused_until.is_some() || now.since(seen.window_started) >= WINDOW;
    let in_window = if window_over { 1 } else { seen.in_window + 1 };
    Ok(Attempts {
        in_window,
        window_started: if window_over { now } else { seen.window_started },
        paused_until: (in_window >= MAX_ATTEMPTS).then(|| now + PAUSE),
        consecutive: seen.consecutive + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(43_200_000);

    fn after(wrong: u32) -> Attempts {
        (0..wrong).fold(None, |seen, _| Some(reserve(seen, NOON).expect("below the limit"))).expect("at least one")
    }

    #[test]
    fn the_fifth_attempt_is_looked_at_and_the_sixth_is_not() {
        let fifth = after(5);
        assert_eq!(reserve(Some(fifth), NOON), Err(Refusal::codes_paused(NOON + PAUSE, NOON)));
    }

    #[test]
    fn the_pause_ends_on_its_second() {
        let fifth = Some(after(5));
        assert!(reserve(fifth, NOON + PAUSE - Span::seconds(1)).is_err());
        assert_eq!(reserve(fifth, NOON + PAUSE).map(|a| (a.in_window, a.consecutive)), Ok((1, 6)));
    }

    #[test]
    fn attempts_count_only_within_the_window() {
        let fourth = Some(after(4));
        assert!(reserve(fourth, NOON + WINDOW).is_ok_and(|a| a.paused_until.is_none()));
        assert!(reserve(fourth, NOON + WINDOW - Span::seconds(1)).is_ok_and(|a| a.paused_until.is_some()));
    }

    #[test]
    fn a_hundred_in_a_row_end_it_whatever_the_pauses() {
        let mut seen = None;
        let mut now = NOON;
        for _ in 0..MAX_CONSECUTIVE {
            seen = Some(reserve(seen, now).expect("still allowed"));
            now = now + PAUSE;
        }
        assert_eq!(reserve(seen, now + Span::days(365)), Err(Refusal::FactorDisabled));
    }
}
