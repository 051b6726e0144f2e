//! How often may a mailbox get a mail that anybody can ask for?
use crate::{Timestamp, time::Span};

/// How many such mails there are within an hour.
const MOST_IN_AN_HOUR: usize = 5;
/// The pause after the first mail; it doubles with each further one.
const FIRST_PAUSE_SECONDS: u32 = 30;

/// The span in which sent mails count.
pub const COUNTED: Span = Span::minutes(60);

/// A link that was sent to a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentLink {
    /// When it was sent.
    pub at: Timestamp,
    /// When it was used up, by pressing its button or by sending the next one.
    pub used_at: Option<Timestamp>,
}

/// When those links were sent that count, given all of the last hour, the latest first: whoever has pressed the button
/// of one begins anew, since they read their mail and would otherwise be left without a link that works.
pub fn since_the_last_pressed(sent: &[SentLink]) -> Vec<Timestamp> {
    let next = sent.iter().skip(1).zip(sent).map(|(_, next)| next.at);
    let next = std::iter::once(None).chain(next.map(Some));
    let pressed = |link: &SentLink, next: Option<Timestamp>| {
        // Sending the next one used it up in that very moment.
        link.used_at.is_some_and(|used| next.is_none_or(|next| used < next))
    };
    sent.iter().zip(next).take_while(|(link, next)| !pressed(link, *next)).map(|(link, _)| link.at).collect()
}

/// From when another mail may be sent, given when mails were sent within the last hour, the latest first;
/// `None` when it may be now.
pub fn free_from(sent: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    // What was sent in the future, as before a clock was set back, would hold mail up until then.
    let counts = |at: &Timestamp| now < *at + COUNTED && !at.is_ahead_of(now);
    let recent: Vec<_> = sent.iter().copied().filter(counts).collect();
    let latest = recent.first()?;
    let from = if recent.len() >= MOST_IN_AN_HOUR {
        recent[MOST_IN_AN_HOUR - 1] + COUNTED
    } else {
        let doublings = u32::try_from(recent.len() - 1).unwrap_or(0);
        *latest + Span::seconds(FIRST_PAUSE_SECONDS << doublings)
    };
    (now < from).then_some(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    fn sent(minutes: u32, used: Option<u32>) -> SentLink {
        let at = |minutes| NOON + Span::minutes(minutes);
        SentLink { at: at(minutes), used_at: used.map(at) }
    }

    #[test]
    fn a_clock_that_was_set_back_holds_no_mail_up() {
        assert_eq!(free_from(&[NOON + Span::days(700)], NOON), None);
        assert_eq!(free_from(&[NOON + Span::days(700), NOON], NOON), Some(NOON + Span::seconds(30)));
    }

    #[test]
    fn a_link_whose_button_was_pressed_starts_the_pace_anew_and_one_that_was_replaced_does_not() {
        assert_eq!(since_the_last_pressed(&[sent(0, None)]), [NOON]);
        assert_eq!(since_the_last_pressed(&[sent(0, Some(1))]), []);
        let replaced = [sent(2, None), sent(0, Some(2))];
        assert_eq!(since_the_last_pressed(&replaced), [NOON + Span::minutes(2), NOON]);
        let pressed_before = [sent(4, None), sent(3, Some(4)), sent(0, Some(1))];
        assert_eq!(since_the_last_pressed(&pressed_before), [NOON + Span::minutes(4), NOON + Span::minutes(3)]);
    }
}
