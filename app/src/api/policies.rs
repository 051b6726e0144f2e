//! The policies that apply to whoever looks, in words.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
use policy::Timestamp;
#[cfg(feature = "ssr")]
use policy::{Role, Settings, community::effective, value::Unit};
use serde::{Deserialize, Serialize};

/// The policies that apply to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoliciesView {
    /// When they were last changed; `None` while the defaults hold.
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
    /// Where it comes from: the default of Bailey, the workspace, or a community.
    pub source: String,
}

server_function! {
    /// Loads My profile, Policies that apply to me: only what is enforced by now.
    "profile/policies" in Member as caller;
    pub async fn load_policies() -> Result<PoliciesView, ApiError> {
        let policy = caller.policy();
        let signature = context().bailey.policies().signature(caller.workspace(), policy.revision).await.map_err(fail)?;
        let communities = context().bailey.communities().mine(&caller).await.map_err(fail)?;
        let sections = Settings::sections().iter();
        Ok(PoliciesView {
            changed_at: signature.map(|signature| signature.at),
            sections: sections
                .filter_map(|section| in_words(section, caller.role(), &policy.settings, &communities))
                .collect(),
        })
    }
}

#[cfg(feature = "ssr")]
fn in_words(
    section: &policy::catalogue::Section,
    role: Role,
    settings: &Settings,
    communities: &[domain::members::communities::Community],
) -> Option<PolicySection> {
    let overrides: Vec<_> = communities.iter().map(|community| community.overrides.clone()).collect();
    let told = section.settings.iter().filter(|setting| setting.applies_to(role) && setting.active);
    let policies: Vec<_> = told
        .map(|setting| {
            let holds = effective(settings, &overrides, setting);
            let community = holds.by.and_then(|place| communities.get(place));
            let source = match community {
                Some(community) => format!("Set by the community {}", community.name),
                None if holds.value == setting.default() => "Default of Bailey".to_owned(),
                None => "Set by this workspace".to_owned(),
            };
            PolicyView {
                label: setting.label.to_owned(),
                help: setting.about().help.trim().to_owned(),
                value: as_told(setting, &holds.value),
                source,
            }
        })
        .collect();
    (!policies.is_empty()).then(|| PolicySection { title: section.title.to_owned(), policies })
}

/// A value as a member reads it: a length of time in the largest units.
#[cfg(feature = "ssr")]
fn as_told(setting: &policy::Setting, value: &str) -> String {
    let larger = match setting.unit {
        // Days are what people count in already.
        Unit::Days => None,
        unit => value.parse().ok().and_then(|number| unit.in_larger(number)),
    };
    larger.unwrap_or_else(|| setting.words_of(value))
}
