//! A member whose data an admin looks after, and whom ending everybody's sessions signs out.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::{error::ApiError, page::refusal_view::RefusalView};
use policy::Role;
use serde::{Deserialize, Serialize};

/// A member whose data is handed out or erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDataView {
    /// Their identifier in addresses of forms.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Why whoever looks may not erase them, if they may not.
    pub refusal: Option<RefusalView>,
}

/// Whom ending everybody's sessions signs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EverybodyView {
    /// How many members.
    pub members: i64,
    /// Of how many sessions.
    pub sessions: i64,
}

server_function! {
    /// Loads a member whose data is handed out or erased.
    "members/data" in Admin as caller;
    pub async fn load_member_data(
        /// Which.
        id: String,
    ) -> Result<MemberDataView, ApiError> {
        let id = domain::MemberId::parse(&id).ok_or_else(|| fail(domain::Error::NotFound))?;
        let found = context().bailey.members().erasable(&caller, &id).await.map_err(fail)?;
        Ok(MemberDataView {
            id: found.member.id.to_string(),
            name: found.member.name,
            email: found.member.email.to_string(),
            role: found.member.role,
            refusal: found.refusal.map(RefusalView::from),
        })
    }
}

server_function! {
    /// Counts whom ending everybody's sessions signs out.
    "sessions/everybody" in Admin as caller;
    pub async fn count_everybody() -> Result<EverybodyView, ApiError> {
        let found = context().bailey.sessions().count_everybody(&caller).await.map_err(fail)?;
        Ok(EverybodyView { members: found.members, sessions: found.sessions })
    }
}
