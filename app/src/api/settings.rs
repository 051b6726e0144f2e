//! The Security tab: load and save.
use super::ChangeView;
use crate::error::ApiError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use policy::Area;
use policy::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The settings as they stand, and what the page says about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// The revision that a save is based on.
    pub revision: i64,
    /// The canonical text of each setting, by its key.
    pub values: BTreeMap<String, String>,
    /// When this revision was saved; nothing before the first save.
    pub saved_at: Option<Timestamp>,
    /// Who saved it.
    pub saved_by: Option<String>,
    /// Tells whether this person may change what only a super-admin may change.
    pub super_admin: bool,
    /// Who holds the role through the list of super-admin addresses.
    pub promoted: Vec<String>,
    /// How many members there are, and how many have enrolled.
    pub coverage: Coverage,
}

/// Second-factor coverage of the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// Members with an admin role.
    pub admins: u32,
    /// Those of them who have enrolled.
    pub admins_enrolled: u32,
    /// All members.
    pub members: u32,
    /// Those of them who have enrolled.
    pub members_enrolled: u32,
    /// Tells whether the person who looks has enrolled.
    pub you_enrolled: bool,
}

/// What a save did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The new revision; the old one when nothing differed.
    pub revision: i64,
    /// The canonical text of each setting, as stored.
    pub values: BTreeMap<String, String>,
    /// What changed.
    pub changes: Vec<ChangeView>,
}

/// Somebody saved meanwhile: the three versions of each setting that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The revision that stands now.
    pub revision: i64,
    /// Who saved it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The settings that differ.
    pub fields: Vec<ConflictField>,
}

/// One setting in three versions, in words (as typed where it can't be read).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictField {
    /// The key.
    pub key: String,
    /// The label.
    pub label: String,
    /// What it was when the person opened the page.
    pub base: String,
    /// What it is now.
    pub theirs: String,
    /// What the person wants.
    pub yours: String,
}

/// Loads the Security tab.
#[server(endpoint = "settings/load", prefix = "/api/app")]
pub async fn load_settings() -> Result<SettingsView, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    convert::view(&context().bailey, &caller).await.map_err(fail)
}

/// Saves the whole Security tab, or nothing of it.
#[server(endpoint = "settings/save", prefix = "/api/app")]
pub async fn save_settings(
    /// The revision that the form was based on.
    revision: i64,
    /// What was typed, by key.
    #[server(default)]
    values: BTreeMap<String, String>,
) -> Result<Saved, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    context().bailey.save_policy(&caller, revision, &values).await.map(Saved::from).map_err(fail)
}

#[cfg(feature = "ssr")]
mod convert;
