//! Communities, and the settings that they hold otherwise than their workspace.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use policy::Settings;
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

server_function! {
    /// Loads every community.
    "communities/load" in Admin as caller;
    pub async fn load_communities() -> Result<Vec<CommunityView>, ApiError> {
        let found = context().bailey.communities().list(&caller).await.map_err(fail)?;
        Ok(found.into_iter().map(|community| view(community, &caller.policy().settings)).collect())
    }
}

#[cfg(feature = "ssr")]
fn view(community: domain::members::communities::Community, workspace: &Settings) -> CommunityView {
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
