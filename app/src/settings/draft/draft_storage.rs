//! What was typed and not saved, kept in this browser over a reload or while the person signs in again.
use crate::{components::browser, wire};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const STORAGE_KEY: &str = "bailey-settings-draft";

/// What was typed, on which revision, and by whom.
#[derive(Serialize, Deserialize)]
pub struct StoredDraft {
    /// The address of the author.
    pub email: String,
    /// The revision on which it is based.
    pub revision: i64,
    /// What was typed, by key.
    pub values: BTreeMap<String, String>,
}

/// Stores a draft in place of any other.
pub fn store(draft: &StoredDraft) {
    if let Ok(text) = serde_json::to_string(draft) {
        browser::write_local(STORAGE_KEY, &text);
    }
}

/// Removes the draft: it was saved or discarded.
pub fn clear() {
    browser::remove_local(STORAGE_KEY);
}

/// Removes the draft and returns it if it is of this author; `None` where somebody else typed it.
pub fn take(email: &str) -> Option<StoredDraft> {
    let text = browser::read_local(STORAGE_KEY)?;
    clear();
    wire::read::<StoredDraft>(&text).ok().filter(|draft| draft.email == email)
}
