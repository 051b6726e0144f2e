//! Saving without leaving the page: the server's answer lands beside the fields.
use super::{
    bar::END,
    draft::Draft,
    kept,
    rejected::strays,
    review::{REVIEW, TITLE},
};
use crate::{
    api::settings::{Saved, load_settings, review_settings, save_settings},
    components::{browser, failure},
    error::ApiError,
    said::{self, Said},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// How the last attempt to save ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Outcome {
    /// There was none.
    #[default]
    None,
    /// The settings were saved.
    Saved,
    /// Nothing differed.
    Nothing,
    /// Something has to be done first, such as signing in again: in words, and where that starts.
    SignIn(Box<Said>, String),
    /// Something else went wrong: in words.
    Failed(String),
    /// What was typed before signing in is back.
    Restored,
}

/// Whether the draft can be sent; if not, says what to fix.
async fn ready(draft: Draft) -> bool {
    if draft.busy.get_untracked() {
        return false;
    }
    draft.outcome.set(Outcome::None);
    // The server is asked again, so what it said before does not stand in the way.
    for control in draft.controls() {
        control.refused.set(None);
    }
    draft.judge_together();
    let wrong = untrack(|| draft.controls().into_iter().any(|control| draft.problem(control).is_some()));
    if wrong {
        point_out(draft).await;
    }
    !wrong
}

/// Shows what saving the draft would do.
pub async fn review(draft: Draft, who: String) {
    if !ready(draft).await {
        return;
    }
    draft.busy.set(true);
    let answer = review_settings(draft.revision.get_untracked(), draft.values()).await;
    draft.busy.set(false);
    match answer {
        Ok(review) => {
            draft.lock_me_out.set(String::new());
            draft.review.set(Some(review));
            leptos::task::tick().await;
            browser::open_dialog(REVIEW);
            browser::focus(TITLE);
        }
        Err(error) => not_done(draft, error, &who).await,
    }
}

/// Saves the draft, to be confirmed or for good, or shows what stands in the way.
pub async fn save(draft: Draft, who: String, wait: bool) {
    if !ready(draft).await {
        return;
    }
    draft.busy.set(true);
    let words = draft.lock_me_out.get_untracked();
    let answer = save_settings(draft.revision.get_untracked(), draft.values(), wait, words).await;
    draft.busy.set(false);
    match answer {
        Ok(saved) if wait && !saved.changes.is_empty() => {
            draft.take(&saved);
            browser::load("/admin/settings/confirm?notice=settings-waiting");
        }
        Ok(saved) => settle(draft, &saved).await,
        Err(error) => not_done(draft, error, &who).await,
    }
}

async fn not_done(draft: Draft, error: ApiError, who: &str) {
    let error = match error {
        ApiError::Refused(refusal) => {
            let said = said::in_words(&refusal);
            if said.code == "locks-you-out" && draft.review.with_untracked(Option::is_some) {
                // The review has the ways out.
                mark(draft, &of_setting(said));
                browser::focus("lock_me_out");
                return;
            }
            ApiError::Refused(refusal)
        }
        error => error,
    };
    // Whatever is to be read now stands behind the dialog.
    browser::close_dialog(REVIEW);
    match error {
        ApiError::Invalid(errors) => refuse(draft, &errors).await,
        ApiError::Refused(refusal) => refused(draft, said::in_words(&refusal), who).await,
        ApiError::Conflict(conflict) => match load_settings().await {
            Ok(view) => {
                draft.rebase(&view, *conflict);
                show("conflict").await;
            }
            Err(error) => draft.outcome.set(Outcome::Failed(failure::in_words(&error))),
        },
        error => draft.outcome.set(Outcome::Failed(failure::in_words(&error))),
    }
}

/// Takes over what was saved; the page stays where it is, and the bar in view says so.
async fn settle(draft: Draft, saved: &Saved) {
    browser::close_dialog(REVIEW);
    draft.take(saved);
    draft.outcome.set(if saved.changes.is_empty() { Outcome::Nothing } else { Outcome::Saved });
    #[cfg(not(feature = "ssr"))]
    super::facts::renew(draft, &saved.concerns);
    leptos::task::tick().await;
    browser::focus_in_place(END);
    #[cfg(feature = "hydrate")]
    super::waiting::ask_again().await;
}

/// Moves the focus to what has just appeared.
async fn show(id: &str) {
    leptos::task::tick().await;
    browser::focus(id);
}

async fn point_out(draft: Draft) {
    draft.attempted.set(true);
    show("summary").await;
}

/// Puts the server's words beside the fields.
fn mark(draft: Draft, errors: &BTreeMap<String, String>) {
    for control in draft.controls() {
        control.refused.set(errors.get(control.setting.key).cloned());
    }
    draft.strays.set(strays(errors));
}

async fn refuse(draft: Draft, errors: &BTreeMap<String, String>) {
    mark(draft, errors);
    point_out(draft).await;
}

/// What was refused, by the key of the setting that decided.
fn of_setting(said: Said) -> BTreeMap<String, String> {
    let mut errors = BTreeMap::new();
    if let Some((key, _)) = said.setting {
        errors.insert(key, said.detail);
    }
    errors
}

async fn refused(draft: Draft, said: Said, who: &str) {
    match (failure::leads_to(&said), said.setting.is_some()) {
        (Some(path), _) => {
            kept::keep(draft, who);
            if said.code == "enrolment-required" {
                browser::load(&path);
            }
            draft.outcome.set(Outcome::SignIn(Box::new(said), path));
        }
        (None, true) => refuse(draft, &of_setting(said)).await,
        (None, false) => draft.outcome.set(Outcome::Failed(said.detail)),
    }
}
