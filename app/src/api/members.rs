//! The list of the members.
#[cfg(feature = "ssr")]
mod list;
pub mod one;
#[cfg(feature = "ssr")]
mod query;
pub mod several;

use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use policy::decide::rank::{self, Authority};
use policy::{AccountStatus, MemberOrder, MemberSegment, Role, Timestamp, audience::Audience};
use serde::{Deserialize, Serialize};

/// A page of the list of members, and what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberListView {
    /// The members, in the order that was asked for.
    pub members: Vec<MemberView>,
    /// What was asked for, as far as it could be read.
    pub asked: AskedMembers,
    /// What could not be read, in words, each of which stands for everything.
    pub problems: Vec<String>,
    /// The communities there are: identifier and name.
    pub communities: Vec<(String, String)>,
    /// How many there are, in words; `None` where counting them would cost much.
    pub count: Option<String>,
    /// The address of the page before; `None` on the first one.
    pub before: Option<String>,
    /// The address of the next page; `None` on the last one.
    pub after: Option<String>,
}

/// What is asked of the list of members.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedMembers {
    /// What their name or address holds.
    pub holds: String,
    /// Who of them.
    pub who: MemberSegment,
    /// With which role.
    pub role: Option<Role>,
    /// Of which status.
    pub status: Option<AccountStatus>,
    /// Of which community, by its identifier; empty for whichever.
    pub community: String,
    /// In which order.
    pub order: MemberOrder,
    /// Where the page begins: the name and the value of a field.
    pub place: Option<(String, String)>,
}

impl AskedMembers {
    /// Everything that differs from what is shown where nothing is asked: names and values, as an address and a form have
    /// them.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let Self { holds, who, role, status, community, order, place } = self;
        let mut fields = Vec::new();
        let mut add = |name, value: &str| {
            if !value.is_empty() {
                fields.push((name, value.to_owned()));
            }
        };
        add("holds", holds);
        add("who", if *who == MemberSegment::Everyone { "" } else { who.name() });
        add("role", role.map_or("", Role::name));
        add("status", status.map_or("", AccountStatus::name));
        add("community", community);
        add("order", if *order == MemberOrder::default() { "" } else { order.name() });
        match place {
            Some((name, value)) if name == "before" => add("before", value),
            Some((_, value)) => add("after", value),
            None => {}
        }
        fields
    }
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
        let filter = domain::members::list::MemberFilter { holds, ..Default::default() };
        let page = context().bailey.members().list(&caller, &filter, MemberOrder::default(), None).await.map_err(fail)?;
        let found = page.members.into_iter().take(MOST).map(|member| FoundMember { name: member.name, email: member.email });
        Ok(found.collect())
    }
}

server_function! {
    /// Loads the page of the list of members that a query asks for, as the address of the page has it.
    "members/load" in Admin as caller;
    pub async fn load_members(
        /// The query, perhaps with its question mark.
        #[server(default)]
        query: String,
    ) -> Result<MemberListView, ApiError> {
        list::load(&caller, &query).await
    }
}

#[cfg(feature = "ssr")]
impl MemberView {
    /// What the person who looks sees of a member.
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
