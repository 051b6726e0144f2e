//! The Security tab: load and save.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail, policy_is_now};
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use domain::policies;
#[cfg(feature = "ssr")]
use policy::SettingKey;
use policy::markup::Markup;
use std::collections::BTreeMap;

#[cfg(feature = "ssr")]
mod convert;
pub mod view;

pub use policy::decide::self_lockout::LOCK_ME_OUT;

pub use self::view::{
    ConfirmationView, Conflict, ConflictField, ConsequenceView, PendingConfirmation, PostureView, RefusalPreview,
    ReviewView, Saved, SettingsView, Submitted, UnreadableView,
};

server_function! {
    /// Loads the Security tab.
    "settings/load" in Admin as caller;
    pub async fn load_settings() -> Result<SettingsView, ApiError> {
        convert::view(&context().bailey, &caller).await.map_err(fail)
    }
}

server_function! {
    /// Loads how well the workspace is protected.
    "settings/posture" in Admin as caller;
    pub async fn load_posture() -> Result<PostureView, ApiError> {
        let request = context();
        let posture = convert::posture(&request.bailey, &caller).await.map_err(fail)?;
        Ok(PostureView { forwarding_ignored: request.forwarding_ignored, ..posture })
    }
}

server_function! {
    /// Loads what became of the last save that asked for confirmation.
    "settings/waiting" in Admin as caller without activity;
    pub async fn load_confirmation() -> Result<ConfirmationView, ApiError> {
        convert::confirmation(&context().bailey, &caller).await.map_err(fail)
    }
}

server_function! {
    /// Says what saving the whole Security tab would do.
    "settings/review" in Admin as caller;
    pub async fn review_settings(
        /// The revision that the form was based on.
        revision: i64,
        /// What was typed, by key.
        #[server(default)]
        values: BTreeMap<String, String>,
    ) -> Result<ReviewView, ApiError> {
        context().bailey.policies().review(&caller, revision, &values).await.map(ReviewView::from).map_err(fail)
    }
}

server_function! {
    /// Reads a banner as the authentication pages show it.
    "settings/banner" in Admin;
    pub async fn load_banner(
        /// The text as typed.
        text: String,
    ) -> Result<Vec<Markup>, ApiError> {
        let key = SettingKey::SIGN_IN_BANNER;
        let checked = key.setting().map_or(Ok(text.clone()), |setting| setting.canonical(&text));
        // A server function answers later in any case.
        std::future::ready(match checked {
            Ok(text) => Ok(domain::banner::banner(&text)),
            Err(problem) => Err(ApiError::Invalid([(key.as_str().to_owned(), problem.to_string())].into())),
        })
        .await
    }
}

server_function! {
    /// Saves the whole Security tab, or nothing of it; answers the review where the save asks for one that was not seen.
    "settings/save" in Admin as caller;
    pub async fn save_settings(
        /// The revision that the form was based on.
        revision: i64,
        /// What was typed, by key.
        #[server(default)]
        values: BTreeMap<String, String>,
        /// Whether a button of the review was pressed.
        #[server(default)]
        reviewed: bool,
        /// The fingerprint of that review, without which nobody has seen it.
        #[server(default)]
        seen: String,
        /// Whether the change goes back by itself unless it is confirmed.
        #[server(default)]
        wait: bool,
        /// What was typed to save although it locks this very person out.
        #[server(default)]
        lock_me_out: String,
    ) -> Result<Submitted, ApiError> {
        let options = options(reviewed, &seen, wait, &lock_me_out);
        let bailey = &context().bailey;
        match bailey.policies().submit(&caller, revision, &values, options).await.map_err(fail)? {
            policies::Submitted::Saved(saved) => {
                policy_is_now(saved.policy.revision);
                Ok(Submitted::Saved(convert::saved(bailey, &caller, saved).await))
            }
            policies::Submitted::NeedsReview(review) => Ok(Submitted::NeedsReview(Box::new((*review).into()))),
        }
    }
}

/// What the name of the box beside a number ends with that stands for its named 0, such as no limit.
pub const NEVER: &str = ".never";

/// What the fields of a save agree to.
#[cfg(feature = "ssr")]
pub fn options(reviewed: bool, seen: &str, wait_for_confirmation: bool, lock_me_out: &str) -> policies::SaveOptions {
    let lock_me_out = policy::decide::self_lockout::LockoutConsent::of(lock_me_out);
    // Whoever goes on editing and presses the button of the form has another look, though the fingerprint is still there.
    let after_review = reviewed || wait_for_confirmation;
    let seen = after_review.then(|| seen.parse().ok()).flatten();
    policies::SaveOptions { seen, wait_for_confirmation, lock_me_out }
}
