//! Communities as such: what they are called and are for, who belongs to them, and who moderates them.
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use super::{declare::server_function, invitations::WaitingView};
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use policy::decide::rank::{self, Authority};
use policy::{AccountStatus, Role};
use serde::{Deserialize, Serialize};

/// A community in the list of the admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityLine {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How many members belong to it.
    pub members: i64,
}

/// A community, for the admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityPageView {
    /// The community.
    pub community: CommunityLine,
    /// The names of its moderators.
    pub moderators: Vec<String>,
    /// A page of its members, by address.
    pub members: Vec<CommunityMemberView>,
    /// After which address the next page begins; `None` on the last one.
    pub after: Option<String>,
}

/// A member of a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityMemberView {
    /// Their identifier.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Whether they take part.
    pub status: AccountStatus,
    /// Whether they were made its moderator.
    pub moderator: bool,
    /// Whether the person who looks may change it.
    pub may_change: bool,
}

/// A community, for those who belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityHomeView {
    /// The community.
    pub community: CommunityLine,
    /// The names of its moderators.
    pub moderators: Vec<String>,
    /// Whether the person who looks belongs to it.
    pub belongs: bool,
    /// Whether they may moderate it.
    pub moderates: bool,
    /// Whoever waits to be let in and was put into it.
    pub waiting: Vec<WaitingView>,
}

server_function! {
    /// Loads every community, by name.
    "community/list" in Admin as caller;
    pub async fn load_community_list() -> Result<Vec<CommunityLine>, ApiError> {
        let found = context().bailey.communities().all(&caller).await.map_err(fail)?;
        Ok(found.into_iter().map(CommunityLine::from).collect())
    }
}

server_function! {
    /// Loads a community with a page of its members.
    "community/admin" in Admin as caller;
    pub async fn load_community_page(
        /// Which.
        id: String,
        /// After which address the page begins; empty for the first one.
        #[server(default)]
        after: String,
    ) -> Result<CommunityPageView, ApiError> {
        let id = domain::CommunityId::parse(&id).ok_or_else(|| fail(domain::Error::NotFound))?;
        let found = context().bailey.communities().page(&caller, &id, &after).await.map_err(fail)?;
        Ok(CommunityPageView {
            community: found.community.into(),
            moderators: found.moderators.into_iter().map(|one| one.name).collect(),
            members: found.members.into_iter().map(|one| CommunityMemberView::of(&caller, one)).collect(),
            after: found.after,
        })
    }
}

server_function! {
    /// Loads a community that the person who looks belongs to, or may moderate.
    "community/load" in Member as caller;
    pub async fn load_community(
        /// Which.
        id: String,
    ) -> Result<CommunityHomeView, ApiError> {
        let id = domain::CommunityId::parse(&id).ok_or_else(|| fail(domain::Error::NotFound))?;
        let found = context().bailey.communities().look_at(&caller, &id).await.map_err(fail)?;
        let waiting = found.waiting.into_iter().map(|asked| WaitingView {
            id: asked.member_id.to_string(),
            name: asked.name,
            email: asked.email,
            asked_at: asked.asked_at,
        });
        Ok(CommunityHomeView {
            community: found.community.into(),
            moderators: found.moderators.into_iter().map(|one| one.name).collect(),
            belongs: found.belongs,
            moderates: found.moderates,
            waiting: waiting.collect(),
        })
    }
}

#[cfg(feature = "ssr")]
impl From<domain::members::communities::CommunityRow> for CommunityLine {
    fn from(row: domain::members::communities::CommunityRow) -> Self {
        let domain::members::communities::CommunityRow { id, name, description, members } = row;
        Self { id: id.to_string(), name, description, members }
    }
}

#[cfg(feature = "ssr")]
impl CommunityMemberView {
    fn of(caller: &domain::Caller, row: domain::members::communities::CommunityMemberRow) -> Self {
        let is_self = row.id == *caller.member();
        Self {
            may_change: rank::may_act_on(Authority::Member(caller.role()), row.role, is_self).is_ok(),
            id: row.id.to_string(),
            name: row.name,
            email: row.email,
            role: row.role,
            status: row.status,
            moderator: row.moderator,
        }
    }
}
