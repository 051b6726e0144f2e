//! The Security tab: load and save.
use crate::{error::ApiError, wire::JsonAnswer};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use policy::Area;
use std::collections::BTreeMap;

#[cfg(feature = "ssr")]
mod convert;
pub mod view;

pub use policy::decide::self_lockout::LOCK_ME_OUT;

pub use self::view::{
    ConfirmationView, Conflict, ConflictField, ConsequenceView, Coverage, PendingConfirmation, PostureView,
    RefusalPreview, ReviewView, Saved, SettingsView, UnreadableView,
};

/// Loads the Security tab.
#[server(endpoint = "settings/load", prefix = "/api/app", output = JsonAnswer)]
pub async fn load_settings() -> Result<SettingsView, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    convert::view(&context().bailey, &caller).await.map_err(fail)
}

/// Loads how well the workspace is protected.
#[server(endpoint = "settings/posture", prefix = "/api/app", output = JsonAnswer)]
pub async fn load_posture() -> Result<PostureView, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    convert::posture(&context().bailey, &caller).await.map_err(fail)
}

/// Loads what became of the last save that asked for confirmation.
#[server(endpoint = "settings/waiting", prefix = "/api/app", output = JsonAnswer)]
pub async fn load_confirmation() -> Result<ConfirmationView, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    convert::confirmation(&context().bailey, &caller).await.map_err(fail)
}

/// Says what saving the whole Security tab would do.
#[server(endpoint = "settings/review", prefix = "/api/app", output = JsonAnswer)]
pub async fn review_settings(
    /// The revision that the form was based on.
    revision: i64,
    /// What was typed, by key.
    #[server(default)]
    values: BTreeMap<String, String>,
) -> Result<ReviewView, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    context().bailey.review_policy(&caller, revision, &values).await.map(ReviewView::from).map_err(fail)
}

/// Renders a banner as the authentication pages show it.
#[server(endpoint = "settings/banner", prefix = "/api/app", output = JsonAnswer)]
pub async fn render_banner(
    /// The text as typed.
    text: String,
) -> Result<String, ApiError> {
    use super::serve::caller;
    caller(Area::Admin)?;
    // A server function answers later in any case.
    Ok(std::future::ready(domain::banner::banner_html(&text)).await)
}

/// Saves the whole Security tab, or nothing of it.
#[server(endpoint = "settings/save", prefix = "/api/app", output = JsonAnswer)]
pub async fn save_settings(
    /// The revision that the form was based on.
    revision: i64,
    /// What was typed, by key.
    #[server(default)]
    values: BTreeMap<String, String>,
    /// Whether the change goes back by itself unless it is confirmed.
    #[server(default)]
    wait: bool,
    /// What was typed to save although it locks this very person out.
    #[server(default)]
    lock_me_out: String,
) -> Result<Saved, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    let options = options(wait, &lock_me_out);
    let bailey = &context().bailey;
    let saved = bailey.save_policy(&caller, revision, &values, options).await.map_err(fail)?;
    Ok(convert::saved(bailey, &caller, saved).await)
}

/// What the name of the box beside a number ends with that stands for its named 0, such as no limit.
pub const NEVER: &str = ".never";

/// What the fields of a save agree to.
#[cfg(feature = "ssr")]
pub fn options(wait_for_confirmation: bool, lock_me_out: &str) -> domain::policies::SaveOptions {
    let lock_me_out = policy::decide::self_lockout::LockoutConsent::of(lock_me_out);
    domain::policies::SaveOptions { wait_for_confirmation, lock_me_out }
}
