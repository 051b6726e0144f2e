//! A change that waits to be confirmed: it goes back by itself unless a request that came in under it lets it stay.
use crate::{Refusal, Timestamp};

/// Can a change that goes back at `deadline` still be confirmed?
pub fn in_time(deadline: Timestamp, now: Timestamp) -> bool {
    now < deadline
}

/// May settings be saved while a change waits until the deadline, if one does? Whatever was saved on top of it would
/// let it stay although nobody has confirmed it, or go back with it although it was saved for good.
///
/// # Errors
/// [`Refusal::ChangeWaiting`] until the change was confirmed or put back.
pub fn may_save(deadline: Option<Timestamp>) -> Result<(), Refusal> {
    deadline.map_or(Ok(()), |until| Err(Refusal::ChangeWaiting { until }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn a_change_can_be_confirmed_until_its_deadline_and_not_at_it() {
        assert!(in_time(NOON, NOON - Span::seconds(1)));
        assert!(!in_time(NOON, NOON) && !in_time(NOON, NOON + Span::seconds(1)));
    }

    #[test]
    fn nothing_is_saved_on_top_of_a_change_that_waits() {
        assert_eq!(may_save(None), Ok(()));
        assert_eq!(may_save(Some(NOON)), Err(Refusal::ChangeWaiting { until: NOON }));
    }
}
