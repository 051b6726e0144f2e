//! The mails that no link brings, a file each. Those with a one-time link stand with its purpose.
pub(crate) mod deactivation_ahead;
pub(crate) mod factor_news;
pub(crate) mod help_refused;
pub(crate) mod known_already;
pub(crate) mod new_browser;
pub(crate) mod password_changed;
pub(crate) mod promoted;
pub(crate) mod registration_rejected;
pub(crate) mod session_replayed;
pub(crate) mod test_mail;

use super::letter::Mail;
use policy::Timestamp;

/// Each of them with made-up facts, so that an admin can see what people get.
pub(crate) fn samples(now: Timestamp) -> Vec<Mail> {
    let mut samples = vec![
        new_browser::sample(now),
        session_replayed::sample(now),
        password_changed::sample(now),
        promoted::sample(now),
        deactivation_ahead::sample(now),
        help_refused::sample(),
        known_already::sample(),
        registration_rejected::sample(),
    ];
    samples.extend(factor_news::samples(now));
    samples.push(test_mail::sample(now));
    samples
}
