//! The form as it came back from the server without being saved.
use crate::api::settings::{Conflict, ReviewView};
use policy::Settings;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What was posted, and what the server says about it.
#[derive(Debug, Clone, Deserialize)]
pub struct Rejected {
    /// The revision that the form was based on.
    pub revision: i64,
    /// What was typed, by key.
    pub values: BTreeMap<String, String>,
    /// The words beside each field, by key.
    pub errors: BTreeMap<String, String>,
    /// Somebody saved meanwhile.
    pub conflict: Option<Conflict>,
    /// What the save would do, where that was asked for.
    pub review: Option<ReviewView>,
}

impl Rejected {
    /// Stands for a page whose form did not come back.
    pub fn nothing(revision: i64) -> Self {
        Self { revision, values: BTreeMap::new(), errors: BTreeMap::new(), conflict: None, review: None }
    }
}

/// What was refused and stands in no field.
pub fn strays(errors: &BTreeMap<String, String>) -> Vec<(String, String)> {
    errors
        .iter()
        .filter(|(key, _)| Settings::find(key).is_none())
        .map(|(key, words)| (key.clone(), words.clone()))
        .collect()
}
