//! How the workspace presents itself.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
use serde::{Deserialize, Serialize};

/// How a workspace presents itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProfileView {
    /// Its name.
    pub name: String,
    /// The name that its mails are sent under; empty for the operator's.
    pub from_name: String,
    /// The IANA name of its time zone.
    pub time_zone: String,
}

server_function! {
    /// Loads how the workspace presents itself.
    "workspace/load" in Admin as caller;
    pub async fn load_workspace() -> Result<ProfileView, ApiError> {
        let found = context().bailey.workspaces().profile(caller.workspace()).await.map_err(fail)?;
        Ok(ProfileView { name: found.name, from_name: found.from_name, time_zone: found.time_zone })
    }
}
