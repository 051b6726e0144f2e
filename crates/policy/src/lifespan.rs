//! How long something lives that ends by itself: a link, a code, a trusted browser, a grant, a lock.
use crate::{Timestamp, time::Span};

/// When something began that ends by itself, and until when it was said then that it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifespan {
    /// When it began.
    pub since: Timestamp,
    /// Until when it was to live; `None` where nothing was said, or for ever.
    pub said_until: Option<Timestamp>,
}

impl Lifespan {
    /// Until when it lives where so long is allowed today: the earlier of what was said when it began and of what holds
    /// now, so that tightening acts at once and loosening revives nothing. `None` when it never ends.
    pub fn until(self, today: Option<Span>) -> Option<Timestamp> {
        let today = today.map(|lasts| self.since + lasts);
        [today, self.said_until].into_iter().flatten().min()
    }

    /// Whether it lives at `now` where so long is allowed today. What began in the future, as before a clock was set back,
    /// does not: nobody knows how old it is.
    pub fn is_live(self, today: Option<Span>, now: Timestamp) -> bool {
        !self.since.is_ahead_of(now) && self.until(today).is_none_or(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn it_ends_by_the_earlier_of_what_was_said_and_of_what_holds() {
        let said = Lifespan { since: NOON, said_until: Some(NOON + Span::minutes(60)) };
        let lives = |today, after| said.is_live(today, NOON + after);
        assert!(
            lives(Some(Span::minutes(60)), Span::seconds(3_599)) && !lives(Some(Span::minutes(60)), Span::minutes(60))
        );
        assert!(!lives(Some(Span::minutes(5)), Span::minutes(5)), "tightening acts at once");
        assert!(!lives(None, Span::minutes(60)), "loosening revives nothing");
        let for_ever = Lifespan { since: NOON, said_until: None };
        assert!(for_ever.is_live(None, NOON + Span::days(3_650)) && for_ever.until(None).is_none());
    }

    #[test]
    fn what_began_in_the_future_does_not_live() {
        let ahead = |by| Lifespan { since: NOON + by, said_until: None }.is_live(None, NOON);
        assert!(ahead(Span::seconds(5)), "clocks may differ so much");
        assert!(!ahead(Span::seconds(6)));
    }
}
