//! Conversations between members: who hears of a message by mail, and when.
use crate::{AccountStatus, Timestamp, time::Span};

/// How many others whoever starts a conversation may name.
pub const MOST_OTHERS: usize = 20;
/// How long somebody is left in peace after a mail about a conversation. What comes meanwhile is in the next one.
pub const MAIL_PAUSE: Span = Span::minutes(5);

/// Somebody who takes part in a conversation, as far as mails about it go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient {
    /// Whether they take part in the workspace.
    pub status: AccountStatus,
    /// Whether they belong to its community still.
    pub in_community: bool,
    /// Whether they have muted it.
    pub muted: bool,
    /// When they were last mailed about it.
    pub mailed_at: Option<Timestamp>,
}

/// When somebody gets a mail about what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailDue {
    /// At once.
    Now,
    /// Once they were left in peace for a while, unless they read it before.
    Later,
    /// Not at all.
    Never,
}

/// Returns when somebody gets a mail about what was written in a conversation.
pub fn mail_due(recipient: &Recipient, now: Timestamp) -> MailDue {
    if recipient.muted || !recipient.in_community || recipient.status != AccountStatus::Active {
        return MailDue::Never;
    }
    match recipient.mailed_at {
        Some(at) if now < at + MAIL_PAUSE && !at.is_ahead_of(now) => MailDue::Later,
        Some(_) | None => MailDue::Now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);
    const ADA: Recipient =
        Recipient { status: AccountStatus::Active, in_community: true, muted: false, mailed_at: None };

    #[test]
    fn only_whoever_takes_part_and_has_not_muted_it_is_mailed() {
        assert_eq!(mail_due(&ADA, NOW), MailDue::Now);
        for nobody in [
            Recipient { muted: true, ..ADA },
            Recipient { in_community: false, ..ADA },
            Recipient { status: AccountStatus::Inactive, ..ADA },
            Recipient { status: AccountStatus::Banned, ..ADA },
            Recipient { status: AccountStatus::Pending, ..ADA },
        ] {
            assert_eq!(mail_due(&nobody, NOW), MailDue::Never, "{nobody:?}");
        }
    }

    #[test]
    fn many_messages_are_one_mail_in_a_while() {
        let due = |at| mail_due(&Recipient { mailed_at: Some(at), ..ADA }, NOW);
        assert_eq!(due(NOW), MailDue::Later);
        assert_eq!(due(NOW - MAIL_PAUSE + Span::seconds(1)), MailDue::Later);
        assert_eq!(due(NOW - MAIL_PAUSE), MailDue::Now);
        assert_eq!(due(NOW + Span::days(1)), MailDue::Now, "a clock was set back");
    }
}
