//! How often may a mailbox get a mail that anybody can ask for?
use crate::{Timestamp, time::Span};

/// How many such mails there are within an hour.
const MOST_IN_AN_HOUR: usize = 5;
/// The pause after the first mail; it doubles with each further one.
const FIRST_PAUSE_SECONDS: u32 = 30;

/// The span in which sent mails count.
pub const COUNTED: Span = Span::minutes(60);

/// From when another mail may be sent, given when mails were sent within the last hour, the latest first;
/// nothing when it may be now.
pub fn free_from(sent: &[Timestamp], now: Timestamp) -> Option<Timestamp> {
    let recent: Vec<_> = sent.iter().copied().filter(|at| now < *at + COUNTED).collect();
    let latest = recent.first()?;
    let from = if recent.len() >= MOST_IN_AN_HOUR {
        recent[MOST_IN_AN_HOUR - 1] + COUNTED
    } else {
        let doublings = u32::try_from(recent.len() - 1).unwrap_or(0);
        *latest + Span::seconds(FIRST_PAUSE_SECONDS << doublings)
    };
    (now < from).then_some(from)
}
