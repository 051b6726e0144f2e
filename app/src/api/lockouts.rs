//! Who is locked out of something.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// A member who is locked out of something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedView {
    /// Their identifier in addresses of forms.
    pub id: String,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What of theirs is locked: `sign-in`, `two-factor` or `claim`.
    pub what: String,
    /// Until when; `None` for codes that no longer work at all.
    pub until: Option<Timestamp>,
}

server_function! {
    /// Loads the members who are locked out of something.
    "lockouts/load" in Admin as caller;
    pub async fn load_lockouts() -> Result<Vec<LockedView>, ApiError> {
        let locked = context().bailey.lockouts().list(&caller).await.map_err(fail)?;
        Ok(locked.into_iter().map(LockedView::from).collect())
    }
}

#[cfg(feature = "ssr")]
impl From<domain::lockouts::LockedRow> for LockedView {
    fn from(locked: domain::lockouts::LockedRow) -> Self {
        let domain::lockouts::LockedRow { member_id, email, name, guarded, until } = locked;
        Self { id: member_id.to_string(), email, name, what: guarded, until }
    }
}
