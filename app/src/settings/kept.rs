//! What was typed and not saved, kept in this browser over a reload or while the person signs in again.
use super::{draft::Draft, save::Outcome};
use crate::{components::browser, embedded};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const KEPT_AS: &str = "bailey-settings-draft";

/// What was typed, on which revision, and by whom.
#[derive(Serialize, Deserialize)]
struct Kept {
    who: String,
    revision: i64,
    values: BTreeMap<String, String>,
}

/// Keeps what was typed.
pub fn keep(draft: Draft, who: &str) {
    let kept = Kept { who: who.to_owned(), revision: draft.revision.get_untracked(), values: draft.typed() };
    if let Ok(text) = serde_json::to_string(&kept) {
        browser::keep(KEPT_AS, &text);
    }
}

/// Forgets what is kept: it was saved or discarded.
pub fn forget() {
    browser::forget(KEPT_AS);
}

/// Puts back what the same person typed before; what somebody else typed is forgotten.
pub fn restore(draft: Draft, who: &str) {
    let Some(text) = browser::recall(KEPT_AS) else { return };
    forget();
    let Ok(kept) = embedded::read::<Kept>(&text) else { return };
    if kept.who == who {
        draft.restore(kept.revision, &kept.values);
        draft.outcome.set(Outcome::Restored);
    }
}
