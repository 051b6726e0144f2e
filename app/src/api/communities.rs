//! Communities, and the settings that they hold otherwise than their workspace.
use crate::{error::ApiError, wire::JsonAnswer};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use policy::{Area, Settings};
use serde::{Deserialize, Serialize};

/// A community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityView {
    /// Its identifier in addresses of forms.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many members belong to it.
    pub members: i64,
    /// Every setting that a community may override.
    pub settings: Vec<OverrideView>,
}

/// One setting in a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverrideView {
    /// The setting's key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// What the workspace holds, in words.
    pub inherited: String,
    /// The canonical text that the community holds; `None` where it inherits.
    pub value: Option<String>,
    /// What the community holds, in words.
    pub words: String,
    /// The word behind its number.
    pub unit: String,
}

/// Loads every community.
#[server(endpoint = "communities/load", prefix = "/api/app", output = JsonAnswer)]
pub async fn load_communities() -> Result<Vec<CommunityView>, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    let found = context().bailey.communities(&caller).await.map_err(fail)?;
    Ok(found.into_iter().map(|community| view(community, &caller.policy().settings)).collect())
}

#[cfg(feature = "ssr")]
fn view(community: domain::communities::Community, workspace: &Settings) -> CommunityView {
    let settings = Settings::all().filter(|setting| setting.per_community.is_some()).map(|setting| {
        let value = community.overrides.get(setting.key).cloned();
        let inherited = workspace.in_words(setting);
        OverrideView {
            key: setting.key.to_owned(),
            label: setting.label.to_owned(),
            words: value.as_deref().map_or_else(|| inherited.clone(), |value| setting.words_of(value)),
            inherited,
            value,
            unit: setting.unit.suffix().to_owned(),
        }
    });
    CommunityView {
        id: community.id.to_string(),
        settings: settings.collect(),
        name: community.name,
        members: community.members,
    }
}
