//! Who is locked out of something.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
use policy::Timestamp;
#[cfg(feature = "ssr")]
use policy::decide::{
    lockout::Guarded,
    rank::{self, Authority},
};
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
    /// What of theirs is locked: `sign-in`, `two-factor`, `two-factor-day` or `claim`.
    pub what: String,
    /// Until when; `None` for codes that no longer work at all.
    pub until: Option<Timestamp>,
    /// Whether the person who looks may lift it.
    pub may_unlock: bool,
}

server_function! {
    /// Loads the members who are locked out of something.
    "lockouts/load" in Admin as caller;
    pub async fn load_lockouts() -> Result<Vec<LockedView>, ApiError> {
        let locked = context().bailey.lockouts().list(&caller).await.map_err(fail)?;
        Ok(locked.into_iter().map(|locked| LockedView::of(&caller, locked)).collect())
    }
}

#[cfg(feature = "ssr")]
impl LockedView {
    fn of(caller: &domain::Caller, locked: domain::lockouts::LockedRow) -> Self {
        let domain::lockouts::LockedRow { member_id, email, name, role, guarded, until } = locked;
        let may_act = rank::may_act_on(Authority::Member(caller.role()), role, member_id == *caller.member()).is_ok();
        let may_unlock = may_act && guarded != Guarded::TwoFactorDay.name();
        Self { id: member_id.to_string(), email, name, what: guarded, until, may_unlock }
    }
}
