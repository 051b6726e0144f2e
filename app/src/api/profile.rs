//! My profile: two-factor authentication and sessions.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::{
    error::ApiError,
    page::{
        page_state::{Deadline, Judge},
        refusal_view::RefusalView,
    },
};
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// The second factors of the person who looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoFactorView {
    /// The key and the label of the switch that requires a second factor of this person, if one does.
    pub required_by: Option<(String, String)>,
    /// The refusal that holds while a required factor is missing.
    pub missing: Option<RefusalView>,
    /// The confirmed authenticator app.
    pub authenticator: Option<AuthenticatorView>,
    /// An authenticator app that waits for its first code.
    pub pending: Option<PendingAuthenticator>,
    /// Whether one waits whose secret is shown again after a fresh proof of who its owner is.
    pub pending_hidden: bool,
    /// Why the authenticator app can't be removed, if it can't.
    pub authenticator_stays: Option<RefusalView>,
    /// Why no authenticator app can be set up, if it can't.
    pub authenticator_off: Option<RefusalView>,
    /// The passkeys, oldest first.
    pub passkeys: Vec<PasskeyView>,
    /// Why no passkey can be removed, if none can.
    pub passkeys_stay: Option<RefusalView>,
    /// Why no passkey can be added, if it can't.
    pub passkeys_off: Option<RefusalView>,
    /// Recovery codes that were not used yet.
    pub recovery_codes_left: u32,
    /// Whether the person has chosen to get codes by e-mail.
    pub email_codes: bool,
    /// Why codes by e-mail can't be chosen, if they can't.
    pub email_codes_off: Option<RefusalView>,
    /// Whether a code by e-mail passes the second step of this person as things are.
    pub email_codes_serve: bool,
}

/// A confirmed authenticator app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticatorView {
    /// When it was confirmed.
    pub added_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// An authenticator app that waits for its first code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingAuthenticator {
    /// The secret in base32, as typed into an app by hand.
    pub secret: String,
    /// The `otpauth://` address that the QR code holds.
    pub uri: String,
    /// The side of the QR code in modules, quiet zone included.
    pub qr_side: u32,
    /// The dark modules as the `d` of an SVG path.
    pub qr_path: String,
}

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyView {
    /// Its identifier in addresses of forms.
    pub id: String,
    /// The name that the member gave it.
    pub name: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

/// A session of the person who looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Its identifier in addresses of forms.
    pub id: String,
    /// The browser and the system, as far as they can be told: `Firefox on Linux`.
    pub browser: String,
    /// The address it was started from.
    pub address: Option<String>,
    /// When the member signed in.
    pub started_at: Timestamp,
    /// When the last activity was recorded.
    pub last_seen_at: Timestamp,
    /// When it ends if nothing more happens.
    pub ends_at: Timestamp,
    /// Whether it is the session of this very request.
    pub current: bool,
}

/// The password of the person who looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordView {
    /// When it was chosen; `None` for a member without one.
    pub set_at: Option<Timestamp>,
    /// From when it may be changed again, and the setting that says so; `None` when it may be now.
    pub may_change_from: Option<Deadline>,
    /// When it is to be replaced, and the setting that says so; `None` when it never is.
    pub expires: Option<Deadline>,
    /// Whether that is so near that the person is told of it.
    pub expires_soon: bool,
    /// Whether that has come.
    pub expired: bool,
    /// How many of the latest passwords can't be chosen.
    pub reuse_limit: u32,
    /// The setting that says how many.
    pub reuse_setting: Option<(String, String)>,
    /// What a new one is judged by.
    pub judge: Judge,
    /// Why a new one has to be chosen, if it has to be.
    pub required: Option<RefusalView>,
}

server_function! {
    /// Loads My profile, Password.
    "profile/password" in Password as caller;
    pub async fn load_password() -> Result<PasswordView, ApiError> {
        let bailey = context().bailey;
        let state = bailey.passwords().state(&caller).await.map_err(fail)?;
        Ok(convert::password(&caller, state, bailey.now()))
    }
}

server_function! {
    /// Loads My profile, Two-factor.
    "profile/two-factor" in Enrolment as caller;
    pub async fn load_two_factor() -> Result<TwoFactorView, ApiError> {
        let overview = context().bailey.two_factor().overview(&caller).await.map_err(fail)?;
        convert::two_factor(&caller, overview).map_err(fail)
    }
}

server_function! {
    /// Loads My profile, Sessions.
    "profile/sessions" in Member as caller;
    pub async fn load_sessions() -> Result<Vec<SessionView>, ApiError> {
        let sessions = context().bailey.sessions().list(&caller).await.map_err(fail)?;
        Ok(sessions.into_iter().map(SessionView::from).collect())
    }
}

/// A browser in which the person who looks skips the second step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedView {
    /// Its identifier in addresses of forms.
    pub id: String,
    /// The browser and the system, as far as they can be told.
    pub browser: String,
    /// Until when it is trusted.
    pub until: Timestamp,
    /// When it was last signed in from.
    pub last_seen_at: Timestamp,
}

server_function! {
    /// Loads the browsers that the person who looks trusts.
    "profile/trusted" in Member as caller;
    pub async fn load_trusted() -> Result<Vec<TrustedView>, ApiError> {
        let trusted = context().bailey.known_browsers().trusted(&caller).await.map_err(fail)?;
        Ok(trusted.into_iter().map(TrustedView::from).collect())
    }
}

#[cfg(feature = "ssr")]
mod convert;
