//! How long may a sign-in stand between its two steps?
use crate::{Timestamp, time::Span};

/// How long the second step may take.
pub const LASTS: Span = Span::minutes(10);

/// When a sign-in lapses that stands between its steps now, and of whose member codes are locked until then: whoever
/// waits for the end of a lock goes on from there, and need not begin anew. It opens nothing meanwhile.
pub fn lapses_at(now: Timestamp, codes_locked_until: Option<Timestamp>) -> Timestamp {
    codes_locked_until.map_or(now, |until| until.max(now)) + LASTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ten_minutes_begin_when_codes_are_taken() {
        let now = Timestamp(1_800_000_000_000);
        assert_eq!(lapses_at(now, None), now + Span::minutes(10));
        assert_eq!(lapses_at(now, Some(now - Span::minutes(1))), now + Span::minutes(10), "that lock is over");
        assert_eq!(lapses_at(now, Some(now + Span::minutes(15))), now + Span::minutes(25));
    }
}
