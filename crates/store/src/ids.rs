//! Identifiers, typed per entity: UUIDs of version 7 as text.
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Reads an identifier from outside; `None` when it is none.
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(Self::from)
            }

            /// The same identifier as a UUID.
            pub fn uuid(&self) -> Uuid {
                Uuid::try_parse(&self.0).unwrap_or_default()
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id.hyphenated().to_string())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// Names a workspace.
    WorkspaceId;
    /// Names a member.
    MemberId;
    /// Names a community.
    CommunityId;
    /// Names an assessment.
    AssessmentId;
    /// Names a conversation.
    ConversationId;
    /// Names an idea.
    IdeaId;
    /// Names a file that is kept; not its name on disk.
    FileId;
    /// Names a report.
    ReportId;
    /// Names a session; not its token.
    SessionId;
    /// Names a sign-in between its two steps; not its token.
    PendingId;
    /// Names a passkey.
    PasskeyId;
    /// Names a passkey challenge.
    ChallengeId;
}
