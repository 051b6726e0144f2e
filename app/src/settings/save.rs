//! Saving without leaving the page: the server's answer lands beside the fields.
use super::{
    draft::{Draft, strays},
    kept,
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
    /// The session is over: in words, and where signing in starts.
    SignIn(String, String),
    /// Something else went wrong: in words.
    Failed(String),
    /// What was typed before signing in is back.
    Restored,
}

/// Tells whether the draft can be sent; if not, says what to fix.
async fn ready(draft: Draft) -> bool {
    if draft.busy.get_untracked() {
        return false;
    }
    draft.outcome.set(Outcome::None);
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
            draft.review.set(Some(review));
            show("review").await;
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
        Ok(saved) => settle(draft, &saved),
        Err(error) => not_done(draft, error, &who).await,
    }
}

async fn not_done(draft: Draft, error: ApiError, who: &str) {
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

fn settle(draft: Draft, saved: &Saved) {
    draft.take(saved);
    draft.outcome.set(if saved.changes.is_empty() { Outcome::Nothing } else { Outcome::Saved });
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

async fn refuse(draft: Draft, errors: &BTreeMap<String, String>) {
    for control in draft.controls() {
        control.refused.set(errors.get(control.setting.key).cloned());
    }
    draft.strays.set(strays(errors));
    point_out(draft).await;
}

async fn refused(draft: Draft, said: Said, who: &str) {
    match (failure::leads_to(&said), said.setting) {
        (Some(path), _) => {
            kept::keep(draft, who);
            draft.outcome.set(Outcome::SignIn(said.detail, path.clone()));
            if said.code == "enrolment-required" {
                browser::load(&path);
            }
        }
        (None, Some((key, _))) => {
            let mut errors = BTreeMap::new();
            errors.insert(key, said.detail);
            refuse(draft, &errors).await;
        }
        (None, None) => draft.outcome.set(Outcome::Failed(said.detail)),
    }
}
