//! What waits for somebody: what is asked of them and until when, and what an admin has to look at.
use super::password::{self, Due};
use crate::{Role, SettingKey, Timestamp, words};

/// What has to be known to tell what waits for a member.
#[derive(Debug, Clone, Copy)]
pub struct WaitingFacts {
    /// Their role.
    pub role: Role,
    /// Until when they may postpone enrolling, where they have to, and the switch that asks for it.
    pub enrols_until: Option<(Timestamp, SettingKey)>,
    /// When their password has to be replaced, however far away that is; `None` when it never has to be.
    pub password_expires: Option<Timestamp>,
    /// When a saved change of settings goes back by itself, where one waits to be confirmed.
    pub reverts_at: Option<Timestamp>,
    /// How many messages they have not read, in conversations that they have not muted.
    pub unread_messages: i64,
    /// How many assessments they have not finished.
    pub assessments: i64,
    /// How many members are locked out of something.
    pub locked_members: i64,
    /// How many members who can't use their second step wait for them to decide.
    pub help_requests: i64,
    /// How many mails can't be handed over.
    pub failing_mails: i64,
    /// How many ideas wait that they may decide about.
    pub pending_ideas: i64,
    /// The instant.
    pub now: Timestamp,
}

/// Something that waits for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// A second factor has to be set up.
    Enrol {
        /// Until when.
        until: Timestamp,
        /// The switch that asks for it.
        by: SettingKey,
    },
    /// The password has to be replaced.
    ReplacePassword {
        /// Until when.
        until: Timestamp,
    },
    /// A saved change of settings goes back by itself unless it is confirmed.
    Confirm {
        /// When it goes back.
        until: Timestamp,
    },
    /// Messages that they have not read.
    UnreadMessages(i64),
    /// Assessments that they have not finished.
    Assessments(i64),
    /// Members are locked out of something.
    LockedMembers(i64),
    /// Members who can't use their second step have asked to have it removed.
    HelpRequests(i64),
    /// Mails can't be handed over.
    FailingMails(i64),
    /// Ideas wait until a moderator has decided.
    PendingIdeas(i64),
}

impl Waiting {
    /// What it is, in a few words.
    pub fn in_words(self) -> String {
        let of = |count, singular: &str, plural: &str| {
            format!("{} {}", words::number(count), if count == 1 { singular } else { plural })
        };
        match self {
            Self::Enrol { .. } => "Set up two-factor authentication".to_owned(),
            Self::ReplacePassword { .. } => "Choose a new password".to_owned(),
            Self::Confirm { .. } => "Confirm the last change of settings".to_owned(),
            Self::UnreadMessages(count) => of(count, "message is new", "messages are new"),
            Self::Assessments(count) => of(count, "assessment waits for you", "assessments wait for you"),
            Self::LockedMembers(count) => of(count, "member is locked out", "members are locked out"),
            Self::HelpRequests(count) => {
                of(count, "member can't use their second step", "members can't use their second step")
            }
            Self::FailingMails(count) => of(count, "mail can't be handed over", "mails can't be handed over"),
            Self::PendingIdeas(count) => of(count, "idea waits for a decision", "ideas wait for a decision"),
        }
    }

    /// Until when it has to be done, after the words that say so; `None` where nothing happens by itself.
    pub const fn until(self) -> Option<(&'static str, Timestamp)> {
        match self {
            Self::Enrol { until, .. } => {
                Some(("Your organisation asks you to set up two-factor authentication by", until))
            }
            Self::ReplacePassword { until } => Some(("Your password has to be replaced by", until)),
            Self::Confirm { until } => Some(("It goes back by itself unless it is confirmed by", until)),
            Self::UnreadMessages(_)
            | Self::Assessments(_)
            | Self::LockedMembers(_)
            | Self::HelpRequests(_)
            | Self::FailingMails(_)
            | Self::PendingIdeas(_) => None,
        }
    }

    /// The setting that asks for it; `None` where none does.
    pub const fn setting(self) -> Option<SettingKey> {
        match self {
            Self::Enrol { by, .. } => Some(by),
            Self::ReplacePassword { .. } => Some(SettingKey::PASSWORDS_MAX_AGE),
            Self::Confirm { .. }
            | Self::UnreadMessages(_)
            | Self::Assessments(_)
            | Self::LockedMembers(_)
            | Self::HelpRequests(_)
            | Self::FailingMails(_)
            | Self::PendingIdeas(_) => None,
        }
    }

    /// Whether it is for themselves, and not as an admin.
    pub const fn is_personal(self) -> bool {
        match self {
            Self::Enrol { .. } | Self::ReplacePassword { .. } | Self::UnreadMessages(_) | Self::Assessments(_) => true,
            Self::Confirm { .. }
            | Self::LockedMembers(_)
            | Self::HelpRequests(_)
            | Self::FailingMails(_)
            | Self::PendingIdeas(_) => false,
        }
    }
}

/// What waits for a member: first what has a deadline, the nearest before the others; what concerns the workspace only
/// for whoever reaches the admin panel, but for the ideas that somebody may decide about.
pub fn waiting_for(facts: &WaitingFacts) -> Vec<Waiting> {
    let expires_soon = facts.password_expires.filter(|at| password::due(*at, facts.now) == Due::Soon);
    let own = [
        facts.enrols_until.map(|(until, by)| Waiting::Enrol { until, by }),
        expires_soon.map(|until| Waiting::ReplacePassword { until }),
        Some(facts.assessments).filter(|count| *count > 0).map(Waiting::Assessments),
        Some(facts.unread_messages).filter(|count| *count > 0).map(Waiting::UnreadMessages),
    ];
    let of_admins = [
        facts.reverts_at.map(|until| Waiting::Confirm { until }),
        Some(facts.help_requests).filter(|count| *count > 0).map(Waiting::HelpRequests),
        Some(facts.locked_members).filter(|count| *count > 0).map(Waiting::LockedMembers),
        Some(facts.failing_mails).filter(|count| *count > 0).map(Waiting::FailingMails),
    ];
    let of_admins = of_admins.into_iter().filter(|_| facts.role.reaches_admin());
    let ideas = Some(facts.pending_ideas).filter(|count| *count > 0).map(Waiting::PendingIdeas);
    let mut waiting: Vec<_> = own.into_iter().chain(of_admins).chain([ideas]).flatten().collect();
    waiting.sort_by_key(|one| one.until().map_or(i64::MAX, |(_, until)| until.0));
    waiting
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn nothing(role: Role) -> WaitingFacts {
        WaitingFacts {
            role,
            enrols_until: None,
            password_expires: None,
            reverts_at: None,
            unread_messages: 0,
            assessments: 0,
            locked_members: 0,
            help_requests: 0,
            failing_mails: 0,
            pending_ideas: 0,
            now: NOW,
        }
    }

    #[test]
    fn nothing_waits_where_nothing_is_asked() {
        assert_eq!(waiting_for(&nothing(Role::SuperAdmin)), []);
        let far = WaitingFacts { password_expires: Some(NOW + Span::days(8)), ..nothing(Role::Member) };
        assert_eq!(waiting_for(&far), [], "a password that expires in a week is soon enough");
    }

    #[test]
    fn what_has_a_deadline_comes_first_and_the_nearest_before_the_others() {
        let by = SettingKey::TWO_FACTOR_REQUIRE_EVERYONE;
        let (enrol, password, confirm) = (NOW + Span::days(3), NOW + Span::days(2), NOW + Span::minutes(5));
        let facts = WaitingFacts {
            enrols_until: Some((enrol, by)),
            password_expires: Some(password),
            reverts_at: Some(confirm),
            unread_messages: 3,
            assessments: 1,
            locked_members: 2,
            help_requests: 3,
            failing_mails: 1,
            pending_ideas: 3,
            ..nothing(Role::Admin)
        };
        let expected = [
            Waiting::Confirm { until: confirm },
            Waiting::ReplacePassword { until: password },
            Waiting::Enrol { until: enrol, by },
            Waiting::Assessments(1),
            Waiting::UnreadMessages(3),
            Waiting::HelpRequests(3),
            Waiting::LockedMembers(2),
            Waiting::FailingMails(1),
            Waiting::PendingIdeas(3),
        ];
        assert_eq!(waiting_for(&facts), expected);
    }

    #[test]
    fn only_whoever_reaches_the_admin_panel_is_told_of_the_workspace() {
        for role in [Role::Member, Role::Moderator] {
            let facts = WaitingFacts {
                reverts_at: Some(NOW),
                locked_members: 1,
                help_requests: 1,
                failing_mails: 1,
                ..nothing(role)
            };
            assert_eq!(waiting_for(&facts), [], "{role}");
            assert_eq!(waiting_for(&WaitingFacts { role: Role::ItAdmin, ..facts }).len(), 4);
        }
    }

    #[test]
    fn whoever_may_decide_about_ideas_is_told_of_them_whatever_their_role_is() {
        for role in Role::ALL {
            let facts = WaitingFacts { pending_ideas: 2, ..nothing(*role) };
            assert_eq!(waiting_for(&facts), [Waiting::PendingIdeas(2)], "{role}");
        }
    }

    #[test]
    fn one_is_told_as_one() {
        let words = |waiting: Waiting| waiting.in_words();
        assert_eq!(words(Waiting::LockedMembers(1)), "1 member is locked out");
        assert_eq!(words(Waiting::FailingMails(2)), "2 mails can't be handed over");
        assert_eq!(words(Waiting::PendingIdeas(1)), "1 idea waits for a decision");
    }
}
