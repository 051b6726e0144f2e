//! Instants, as the whole of Bailey stores and sends them.
use serde::{Deserialize, Serialize};
use std::ops::{Add, Sub};

/// An instant in UTC, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// A span of time in milliseconds; never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

impl Span {
    /// A span of so many seconds.
    pub const fn seconds(n: u32) -> Self {
        Self(n as i64 * 1_000)
    }

    /// A span of so many minutes.
    pub const fn minutes(n: u32) -> Self {
        Self(n as i64 * 60_000)
    }

    /// A span of so many days.
    pub const fn days(n: u32) -> Self {
        Self(n as i64 * 86_400_000)
    }

    /// The length in milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The length in whole seconds, rounded up, so that a countdown never promises too little.
    pub const fn whole_seconds(self) -> i64 {
        (self.0 + 999) / 1_000
    }
}

/// How far the clocks of two machines may differ without harm.
const CLOCKS_DIFFER: Span = Span::seconds(5);

impl Timestamp {
    /// Whether it lies further in the future than clocks differ, as what was written before a clock was set back.
    pub fn is_ahead_of(self, now: Self) -> bool {
        self > now + CLOCKS_DIFFER
    }

    /// Whether something serves at `now` that was to last for `lasts` and ends then. What ends later than it can, as what
    /// was begun before a clock was set back, does not: nobody knows how old it is.
    pub fn is_end_of_what_serves(self, lasts: Span, now: Self) -> bool {
        now < self && !self.is_ahead_of(now + lasts)
    }

    /// The time since `earlier`; none at all when `earlier` lies ahead, as after a clock was set back.
    pub const fn since(self, earlier: Self) -> Span {
        let gone = self.0.saturating_sub(earlier.0);
        Span(if gone < 0 { 0 } else { gone })
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, as RFC 6238 counts; 0 before then.
    pub const fn unix_seconds(self) -> u64 {
        if self.0 < 0 { 0 } else { self.0.unsigned_abs() / 1_000 }
    }
}

impl Add<Span> for Timestamp {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Timestamp {
    type Output = Self;

    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}
