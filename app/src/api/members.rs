//! The roll of the members.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use policy::decide::rank::{self, Authority};
use policy::{AccountStatus, MemberSegment, Role, Timestamp, audience::Audience};
use serde::{Deserialize, Serialize};

/// The roll, or the part of it that was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberListView {
    /// The members, by address.
    pub members: Vec<MemberView>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// Their identifier in addresses of forms.
    pub id: String,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Whether they take part.
    pub status: AccountStatus,
    /// Whether their address was proved to be theirs.
    pub verified: bool,
    /// When they last signed in.
    pub last_sign_in_at: Option<Timestamp>,
    /// What protects their account beside the password.
    pub second_factor: SecondFactor,
    /// Until when signing in is locked.
    pub locked_until: Option<Timestamp>,
    /// Whether the person who looks may do anything to them.
    pub may_change: bool,
}

/// What protects an account beside the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecondFactor {
    /// An authenticator app or a passkey.
    On,
    /// Codes by e-mail only.
    ByMail,
    /// Nothing.
    Off,
}

/// The page that lists a segment; `None` where no page does.
pub fn page_of(segment: MemberSegment) -> Option<String> {
    match segment {
        MemberSegment::Everyone
        | MemberSegment::Active
        | MemberSegment::Pending
        | MemberSegment::Inactive
        | MemberSegment::Banned
        | MemberSegment::NotEnrolled
        | MemberSegment::Admins
        | MemberSegment::AdminsNotEnrolled
        | MemberSegment::WithAuthenticator
        | MemberSegment::WithPasskey
        | MemberSegment::OnlyEmailCodes => Some(format!("/admin/members?who={}", segment.name())),
        MemberSegment::LockedOutOfSignIn | MemberSegment::LockedOutOfCodes | MemberSegment::LockedOutOfClaims => {
            Some("/admin/lockouts".to_owned())
        }
        MemberSegment::Promoted => page_of(MemberSegment::Admins),
        MemberSegment::PasswordFallsShort | MemberSegment::SignedIn | MemberSegment::SessionEnding => None,
    }
}

/// The page that lists whom a setting has to do with; `None` where no page does.
pub fn page_of_audience(audience: Audience) -> Option<String> {
    match audience {
        Audience::Members(segment) | Audience::LockedOut(segment) | Audience::Enrolment { of: segment, .. } => {
            page_of(segment)
        }
        Audience::Sessions
        | Audience::PersistentSessions
        | Audience::TrustedBrowsers
        | Audience::Links
        | Audience::Guests
        | Audience::Visitors => None,
    }
}

/// A member who was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundMember {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// How many characters have to be typed before members are looked for.
pub const MIN_LENGTH: usize = 2;
/// How many members are found at most.
#[cfg(feature = "ssr")]
const MOST: usize = 8;

server_function! {
    /// Finds members whose name or address holds a text; none while that is shorter than [`MIN_LENGTH`].
    "members/find" in Admin as caller;
    pub async fn find_members(
        /// What they hold.
        holds: String,
    ) -> Result<Vec<FoundMember>, ApiError> {
        if holds.trim().chars().count() < MIN_LENGTH {
            return Ok(Vec::new());
        }
        let (members, _) = context().bailey.members().list(&caller, MemberSegment::Everyone, &holds).await.map_err(fail)?;
        let found = members.into_iter().take(MOST).map(|member| FoundMember { name: member.name, email: member.email });
        Ok(found.collect())
    }
}

server_function! {
    /// Loads the members in a segment whose name or address holds a text.
    "members/load" in Admin as caller;
    pub async fn load_members(
        /// What they hold; empty for all.
        #[server(default)]
        holds: String,
        /// Who of them.
        #[server(default)]
        who: MemberSegment,
    ) -> Result<MemberListView, ApiError> {
        let (members, more) = context().bailey.members().list(&caller, who, &holds).await.map_err(fail)?;
        Ok(MemberListView { members: members.into_iter().map(|member| MemberView::of(&caller, member)).collect(), more })
    }
}

#[cfg(feature = "ssr")]
impl MemberView {
    fn of(caller: &domain::Caller, member: domain::members::list::MemberSummaryRow) -> Self {
        let is_self = member.id == *caller.member();
        Self {
            may_change: rank::may_act_on(Authority::Member(caller.role()), member.role, is_self).is_ok(),
            id: member.id.to_string(),
            email: member.email,
            name: member.name,
            role: member.role,
            status: member.status,
            verified: member.email_verified_at.is_some(),
            last_sign_in_at: member.last_sign_in_at,
            second_factor: match (member.factors > 0, member.email_codes) {
                (true, _) => SecondFactor::On,
                (false, true) => SecondFactor::ByMail,
                (false, false) => SecondFactor::Off,
            },
            locked_until: member.locked_until,
        }
    }
}
