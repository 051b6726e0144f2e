//! What just happened, as an address tells it.
use serde::{Deserialize, Serialize};

/// What just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// The first super-admin was created.
    SetUpDone,
    /// The person signed out.
    SignedOut,
    /// The second step was not passed in time.
    SecondStepLapsed,
    /// The settings were saved.
    SettingsSaved,
    /// The settings were saved and wait to be confirmed.
    SettingsWaiting,
    /// The account has another address.
    EmailChanged,
    /// It is remembered whether somebody may be measured.
    ConsentKept,
    /// A link was sent to another address.
    EmailChangeAsked,
    /// The first run was left.
    FirstRunLeft,
    /// An admin was asked to remove the second step.
    HelpAsked,
    /// The link in a mail cancelled that.
    HelpCancelled,
    /// A request for help was granted.
    HelpGranted,
    /// A request for help was refused.
    HelpRefused,
    /// A member was erased.
    MemberErased,
    /// Everybody else was signed out.
    EverybodySignedOut,
    /// The account was activated again by mail.
    Reactivated,
    /// The workspace presents itself otherwise.
    WorkspaceSaved,
    /// A file was attached to an idea.
    FileAttached,
    /// A file was taken off its idea.
    AttachmentRemoved,
    /// A report was asked for.
    ReportAsked,
    /// A report was cancelled.
    ReportCancelled,
    /// The change was confirmed.
    ChangeConfirmed,
    /// The change was put back.
    ChangeReverted,
    /// The change no longer waited.
    ChangeSettled,
    /// A community was added.
    CommunityCreated,
    /// A member was added to a community.
    AddedToCommunity,
    /// A member was taken out of a community.
    RemovedFromCommunity,
    /// A member was made a moderator of a community, or is none any more.
    ModeratorsChanged,
    /// A community has another name or description.
    CommunityDescribed,
    /// A member has another role.
    RoleChanged,
    /// Links that were sent to a member were made void.
    LinksVoided,
    /// A community holds a setting otherwise from now on.
    SettingOverridden,
    /// A community inherits a setting again.
    OverrideReset,
    /// The session had ended before a form was posted; what was typed was kept.
    FormRestored,
    /// Every second factor of a member was removed.
    TwoFactorReset,
    /// A revision was restored.
    RevisionRestored,
    /// Somebody saved meanwhile, so nothing was restored.
    Overtaken,
    /// The page was based on a revision that there never was, so nothing was restored.
    NeverWas,
    /// Nothing differed, so nothing was saved.
    NothingChanged,
    /// The authenticator app was removed.
    AuthenticatorRemoved,
    /// The password was changed.
    PasswordChanged,
    /// A member was unlocked.
    Unlocked,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was renamed.
    PasskeyRenamed,
    /// A passkey was removed.
    PasskeyRemoved,
    /// A session was ended.
    SessionEnded,
    /// All other sessions were ended.
    OtherSessionsEnded,
    /// A browser is no longer trusted.
    TrustEnded,
    /// A code was sent by mail.
    CodeSent,
    /// A lock was lifted by the link in a mail.
    UnlockedByMail,
    /// An address was confirmed by the link in a mail.
    AddressConfirmed,
    /// Every session of a member was ended.
    MemberSignedOut,
    /// An invitation is on its way.
    InvitationSent,
    /// A member was added, and is asked to confirm their address.
    MemberAdded,
    /// Everybody on a list was invited, or whoever could be.
    InvitationsSent,
    /// The mail to somebody who has not joined yet is on its way again.
    InvitationSentAgain,
    /// An invitation was withdrawn.
    InvitationWithdrawn,
    /// Whoever has asked to join has confirmed their address.
    RegistrationConfirmed,
    /// Somebody who has asked to join was let in.
    MemberApproved,
    /// Somebody who has asked to join was not let in.
    MemberRejected,
    /// Somebody has joined by an invitation.
    Joined,
    /// A member was activated, deactivated or banned.
    AccountStatusChanged,
    /// Codes by e-mail were turned on.
    EmailCodesOn,
    /// Codes by e-mail were turned off.
    EmailCodesOff,
    /// A new password was chosen by mail.
    PasswordChosen,
    /// A mail with a link to choose a new password was queued.
    ResetSent,
    /// A test mail was queued.
    TestMailQueued,
    /// Somebody is told of an idea by mail.
    IdeaShared,
    /// An idea was kept as a draft.
    DraftSaved,
    /// An idea waits for a moderator.
    IdeaSubmitted,
    /// An idea was approved.
    IdeaApproved,
    /// An idea was rejected.
    IdeaRejected,
    /// A comment was posted.
    CommentPosted,
    /// How a member is told of ideas was changed.
    IdeaMailsChosen,
    /// The webhook of a chat was set.
    ChatHookSet,
    /// The webhook of a chat was taken away.
    ChatHookRemoved,
    /// A message was sent.
    MessageSent,
    /// Messages are read.
    MessagesRead,
    /// A conversation was muted.
    ConversationMuted,
    /// A conversation is no longer muted.
    ConversationUnmuted,
    /// A conversation was left.
    ConversationLeft,
    /// An assessment was made.
    AssessmentMade,
    /// What was answered was saved.
    AssessmentSaved,
    /// What was answered was submitted.
    AssessmentSubmitted,
    /// An assessment was closed.
    AssessmentClosed,
    /// Whoever has not finished an assessment was reminded.
    AssessorsReminded,
    /// A mail is tried again.
    MailTriedAgain,
}

#[cfg(feature = "ssr")]
impl Notice {
    /// Returns what an address tells of by this name; `None` for a name that is not known.
    pub fn from_name(name: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
    }

    /// Returns the name by which an address tells of it.
    pub fn name(self) -> String {
        let name = serde_json::to_value(self).ok();
        name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }
}
