//! How many there may be of what people make: a table that grows without an end is work for everybody.
use crate::{Refusal, time::Span};
use serde::{Deserialize, Serialize};

/// How many live sessions a member has at most; one more ends the one that was unused for the longest time, since
/// whoever signs in may have nothing else to end one by.
pub const SESSIONS: u32 = 100;
/// The time within which the ideas of a member are counted, the mails that share one, and what they do with ideas.
pub const IDEAS_WITHIN: Span = Span::days(1);
/// The time within which a member's requests for help with the second step are counted.
pub const HELP_WITHIN: Span = Span::days(1);
/// The time within which the downloads of what is held about members are counted.
pub const DATA_WITHIN: Span = Span::days(1);
/// The time within which the conversations that a member starts are counted, and their messages.
pub const MESSAGES_WITHIN: Span = Span::days(1);
/// The time within which the assessments that a member makes are counted.
pub const ASSESSMENTS_WITHIN: Span = Span::days(1);

/// What there may be only so many of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quota {
    /// The ideas that one member posts within [`IDEAS_WITHIN`].
    Ideas,
    /// The mails by which one member shares ideas within [`IDEAS_WITHIN`].
    IdeaMails,
    /// The ideas of one member that wait until a moderator has decided.
    PendingIdeas,
    /// The comments that one member writes within [`IDEAS_WITHIN`].
    IdeaComments,
    /// Whatever else one member does with ideas within [`IDEAS_WITHIN`].
    IdeaActs,
    /// The conversations that one member starts within [`MESSAGES_WITHIN`].
    Conversations,
    /// The messages that one member sends within [`MESSAGES_WITHIN`].
    Messages,
    /// The assessments that one member makes within [`ASSESSMENTS_WITHIN`].
    Assessments,
    /// The communities of a workspace.
    Communities,
    /// The times within [`HELP_WITHIN`] at which one member asks for help with the second step.
    HelpRequests,
    /// The times within [`DATA_WITHIN`] at which one member downloads what is held about somebody.
    DataDownloads,
    /// The attachments of one idea.
    Attachments,
    /// The uploads of one member that are under way at once.
    Uploads,
    /// What one member stores in files, in MiB.
    MemberStorage,
    /// What a workspace stores in files, in MiB.
    WorkspaceStorage,
    /// The reports that one admin asks for within [`super::report::COUNTED`].
    Reports,
}

impl Quota {
    /// How many there may be.
    #[expect(clippy::match_same_arms, reason = "each is a limit of its own")]
    pub const fn most(self) -> u32 {
        match self {
            Self::Ideas => 100,
            Self::IdeaMails => 50,
            Self::PendingIdeas => 20,
            Self::IdeaComments => 200,
            Self::IdeaActs => 1_000,
            Self::Conversations => 30,
            Self::Messages => 300,
            Self::Assessments => 20,
            Self::Communities => 500,
            Self::HelpRequests => 3,
            Self::DataDownloads => 20,
            Self::Attachments => 20,
            Self::Uploads => 3,
            Self::MemberStorage => 200,
            Self::WorkspaceStorage => 10_240,
            Self::Reports => 20,
        }
    }

    /// May there be one more?
    ///
    /// # Errors
    /// [`Refusal::QuotaReached`] where there are as many already.
    pub fn admits_another(self, there: i64) -> Result<(), Refusal> {
        if there < i64::from(self.most()) { Ok(()) } else { Err(Refusal::QuotaReached { of: self }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn the_last_one_is_taken_and_the_next_one_is_not() {
        for quota in [
            Quota::Ideas,
            Quota::IdeaMails,
            Quota::PendingIdeas,
            Quota::IdeaComments,
            Quota::IdeaActs,
            Quota::Communities,
            Quota::Conversations,
            Quota::Messages,
            Quota::Assessments,
            Quota::Attachments,
            Quota::Uploads,
            Quota::MemberStorage,
            Quota::WorkspaceStorage,
            Quota::Reports,
            Quota::HelpRequests,
            Quota::DataDownloads,
        ] {
            let most = i64::from(quota.most());
            assert_eq!(quota.admits_another(most - 1), Ok(()));
            assert_eq!(quota.admits_another(most), Err(Refusal::QuotaReached { of: quota }));
            assert!(quota.admits_another(i64::MAX).is_err());
            let said = Refusal::QuotaReached { of: quota }.detail();
            assert!(said.contains(&words::number(quota.most().into())), "{said}");
        }
    }
}
