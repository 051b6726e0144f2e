//! Members who can't use their second step and have asked to have it removed.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::{error::ApiError, page::refusal_view::RefusalView};
use policy::{Role, Timestamp};
use serde::{Deserialize, Serialize};

/// A request that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpRequestView {
    /// Its identifier in addresses of forms.
    pub id: String,
    /// The name of the member.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// When they asked.
    pub asked_at: Timestamp,
    /// The network address it came from.
    pub address: Option<String>,
    /// From when it may be granted; `None` once that has come.
    pub granted_from: Option<Timestamp>,
    /// Why whoever looks may not decide, if they may not.
    pub refusal: Option<RefusalView>,
}

server_function! {
    /// Loads the requests that wait, the first one first.
    "help-requests/load" in Admin as caller;
    pub async fn load_help_requests() -> Result<Vec<HelpRequestView>, ApiError> {
        let found = context().bailey.two_factor().help_requests(&caller).await.map_err(fail)?;
        Ok(found.into_iter().map(HelpRequestView::from).collect())
    }
}

#[cfg(feature = "ssr")]
impl From<domain::credentials::two_factor::help::HelpRequest> for HelpRequestView {
    fn from(found: domain::credentials::two_factor::help::HelpRequest) -> Self {
        Self {
            id: found.row.id,
            name: found.row.name,
            email: found.row.email,
            role: found.row.role,
            asked_at: found.row.asked_at,
            address: found.row.address,
            granted_from: (!found.ripe).then_some(found.granted_from),
            refusal: found.refusal.map(RefusalView::from),
        }
    }
}
