//! The policies that apply to whoever looks, in words.
use crate::error::ApiError;
use leptos::prelude::*;
use policy::Timestamp;
#[cfg(feature = "ssr")]
use policy::{Area, Settings};
use serde::{Deserialize, Serialize};

/// The policies that apply to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoliciesView {
    /// When they were last changed; nothing while the defaults hold.
    pub changed_at: Option<Timestamp>,
    /// The sections, in the order of the Security tab.
    pub sections: Vec<PolicySection>,
}

/// The policies of one section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicySection {
    /// Its heading.
    pub title: String,
    /// Its policies.
    pub policies: Vec<PolicyView>,
}

/// One policy, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyView {
    /// What it is called.
    pub label: String,
    /// What it does.
    pub help: String,
    /// What holds.
    pub value: String,
    /// Tells whether it is the default that Bailey comes with.
    pub default: bool,
}

/// Loads My profile, Policies that apply to me: only what is enforced by now.
#[server(endpoint = "profile/policies", prefix = "/api/app")]
pub async fn load_policies() -> Result<PoliciesView, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Member)?;
    let policy = caller.policy();
    let signature = context().bailey.signature(caller.workspace(), policy.revision).await.map_err(fail)?;
    Ok(PoliciesView {
        changed_at: signature.map(|signature| signature.at),
        sections: Settings::SECTIONS.iter().filter_map(|section| in_words(section, &policy.settings)).collect(),
    })
}

#[cfg(feature = "ssr")]
fn in_words(section: &policy::catalogue::Section, settings: &Settings) -> Option<PolicySection> {
    let told = section.settings.iter().filter(|setting| setting.for_members && setting.active);
    let policies: Vec<_> = told
        .map(|setting| PolicyView {
            label: setting.label.to_owned(),
            help: setting.help.trim().to_owned(),
            value: settings.in_words(setting),
            default: settings.print(setting) == (setting.default)(),
        })
        .collect();
    (!policies.is_empty()).then(|| PolicySection { title: section.title.to_owned(), policies })
}
