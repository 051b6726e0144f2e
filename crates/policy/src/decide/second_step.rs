//! How long may a sign-in stand between its two steps?
use crate::{Timestamp, time::Span};

/// How long the second step may take.
pub const LASTS: Span = Span::minutes(10);

/// When a sign-in lapses that stands between its steps now, of whose member codes are locked until one instant, and
/// for which the newest code was sent that works until the other. Whoever waits for the end of a lock goes on from
/// there, and whoever got a code can use it for as long as its mail says; neither has to begin anew. It opens nothing
/// meanwhile.
pub fn lapses_at(
    now: Timestamp,
    codes_locked_until: Option<Timestamp>,
    code_works_until: Option<Timestamp>,
) -> Timestamp {
    let lasts = codes_locked_until.map_or(now, |until| until.max(now)) + LASTS;
    code_works_until.map_or(lasts, |until| until.max(lasts))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn the_ten_minutes_begin_when_codes_are_taken() {
        assert_eq!(lapses_at(NOW, None, None), NOW + Span::minutes(10));
        assert_eq!(lapses_at(NOW, Some(NOW - Span::minutes(1)), None), NOW + Span::minutes(10), "that lock is over");
        assert_eq!(lapses_at(NOW, Some(NOW + Span::minutes(15)), None), NOW + Span::minutes(25));
    }

    #[test]
    fn a_code_that_was_sent_works_until_it_lapses_itself() {
        let in_an_hour = Some(NOW + Span::minutes(60));
        assert_eq!(lapses_at(NOW, None, in_an_hour), NOW + Span::minutes(60));
        assert_eq!(lapses_at(NOW, None, Some(NOW + Span::minutes(1))), NOW + Span::minutes(10));
        assert_eq!(lapses_at(NOW, Some(NOW + Span::minutes(15)), in_an_hour), NOW + Span::minutes(60));
    }
}
