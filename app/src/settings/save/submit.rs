//! Saving without leaving the page: the server's answer lands beside the fields.
use super::{
    ids::{BAR_END, CONFLICT, LOCK_ME_OUT, REVIEW, REVIEW_TITLE, SUMMARY},
    pending_confirmation::refresh,
};
use crate::{
    api::settings::{ReviewView, Saved, Submitted, load_settings, review_settings, save_settings},
    components::{browser, failure},
    error::ApiError,
    page::refusal_view::{self, RefusalView},
    settings::draft::{Draft, Outcome},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// How a draft is sent to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// At once, unless the save asks for a review first.
    Save,
    /// After its review.
    Reviewed,
    /// After its review, to be confirmed.
    Wait,
}

/// Whether the draft can be sent; if not, says what to fix.
async fn ready(draft: Draft) -> bool {
    if draft.busy.get_untracked() {
        return false;
    }
    draft.outcome.set(Outcome::None);
    // The server is asked again, so what it said before does not stand in the way.
    for field in draft.fields() {
        field.refused.set(None);
    }
    draft.check_together();
    let wrong = untrack(|| draft.fields().into_iter().any(|field| draft.problem(field).is_some()));
    if wrong {
        point_out(draft).await;
    }
    !wrong
}

/// Shows what saving the draft would do.
pub async fn review(draft: Draft) {
    if !ready(draft).await {
        return;
    }
    draft.busy.set(true);
    let answer = review_settings(draft.revision.get_untracked(), draft.values()).await;
    draft.busy.set(false);
    match answer {
        Ok(review) => open(draft, review).await,
        Err(error) => not_done(draft, error).await,
    }
}

async fn open(draft: Draft, review: ReviewView) {
    draft.lock_me_out.set(String::new());
    draft.review.set(Some(review));
    leptos::task::tick().await;
    browser::open_dialog(REVIEW);
    browser::focus(REVIEW_TITLE);
}

/// Saves the draft, or shows what stands in the way, or its review where that was asked for by the save.
pub async fn save(draft: Draft, press: Press) {
    if !ready(draft).await {
        return;
    }
    draft.busy.set(true);
    let words = draft.lock_me_out.get_untracked();
    let (reviewed, wait) = (press != Press::Save, press == Press::Wait);
    let seen = draft.review.with_untracked(|review| review.as_ref().map(|review| review.fingerprint.clone()));
    let seen = seen.unwrap_or_default();
    let answer = save_settings(draft.revision.get_untracked(), draft.values(), reviewed, seen, wait, words).await;
    draft.busy.set(false);
    match answer {
        Ok(Submitted::NeedsReview(review)) => open(draft, *review).await,
        Ok(Submitted::Saved(saved)) if wait && !saved.changes.is_empty() => {
            draft.take(&saved);
            browser::load("/admin/settings/confirm?notice=settings-waiting");
        }
        Ok(Submitted::Saved(saved)) => settle(draft, &saved).await,
        Err(error) => not_done(draft, error).await,
    }
}

async fn not_done(draft: Draft, error: ApiError) {
    let error = match error {
        ApiError::Refused(refusal) => {
            let view = refusal_view::view_of(&refusal);
            if view.code == "locks-you-out" && draft.review.with_untracked(Option::is_some) {
                // The review has the ways out.
                draft.refuse(&of_setting(view));
                browser::focus(LOCK_ME_OUT);
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
        ApiError::Refused(refusal) => refused(draft, refusal_view::view_of(&refusal)).await,
        ApiError::Conflict(conflict) => match load_settings().await {
            Ok(view) => {
                draft.rebase(&view, *conflict);
                show(CONFLICT).await;
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
    leptos::task::tick().await;
    browser::focus_in_place(BAR_END);
    refresh(draft).await;
}

/// Moves the focus to what has just appeared.
async fn show(id: &str) {
    leptos::task::tick().await;
    browser::focus(id);
}

async fn point_out(draft: Draft) {
    draft.attempted.set(true);
    show(SUMMARY).await;
}

async fn refuse(draft: Draft, errors: &BTreeMap<String, String>) {
    draft.refuse(errors);
    point_out(draft).await;
}

/// What was refused, by the key of the setting that decided.
fn of_setting(refusal: RefusalView) -> BTreeMap<String, String> {
    refusal.setting.map(|(key, _)| (key, refusal.detail)).into_iter().collect()
}

async fn refused(draft: Draft, refusal: RefusalView) {
    match (failure::leads_to(&refusal), refusal.setting.is_some()) {
        (Some(path), _) => {
            draft.store();
            if refusal.code == "enrolment-required" {
                browser::load(&path);
            }
            draft.outcome.set(Outcome::SignIn(Box::new(refusal), path));
        }
        (None, true) => refuse(draft, &of_setting(refusal)).await,
        (None, false) => draft.outcome.set(Outcome::Failed(refusal.detail)),
    }
}
