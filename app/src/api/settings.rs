//! The Security tab: load and save.
use super::ChangeView;
use crate::{embedded::Answered, error::ApiError};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use policy::Area;
use policy::{MemberCounts, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The settings as they stand, and what the page says about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// The revision that a save is based on.
    pub revision: i64,
    /// The canonical text of each setting, by its key.
    pub values: BTreeMap<String, String>,
    /// Whether this person may change what only a super-admin may change.
    pub super_admin: bool,
    /// Whether this person has enrolled a second factor.
    pub you_enrolled: bool,
    /// The origin of every page.
    pub origin: String,
    /// What a visitor gets.
    pub headers: HeadersView,
    /// What the server alone writes into the page.
    #[serde(skip)]
    pub around: Around,
}

/// What stands around the settings, and stays as it was when the page was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Around {
    /// How many members there are.
    pub counts: MemberCounts,
    /// Who holds the role super-admin through the list, by address.
    pub promoted: Vec<String>,
    /// Whom each setting concerns now, by its key.
    pub concerns: BTreeMap<String, String>,
    /// How many requests the allowlist would have stopped in the last seven days, while it is only watched.
    pub would_have_stopped: Option<i64>,
    /// The change that waits to be confirmed.
    pub waiting: Option<Waiting>,
    /// When a change that nobody had confirmed went back, where nothing was saved since.
    pub put_back: Option<Timestamp>,
    /// How many communities override a setting, by its key.
    pub overridden: BTreeMap<String, u32>,
}

/// How well the workspace is protected, and what became of the last save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostureView {
    /// The revision that holds.
    pub revision: i64,
    /// When it was saved, and by whom; `None` before the first save.
    pub saved: Option<(Timestamp, String)>,
    /// How many members there are.
    pub counts: MemberCounts,
    /// Whether admins need a second factor.
    pub admins_required: bool,
    /// Whether everybody needs one.
    pub everyone_required: bool,
    /// The change that waits to be confirmed.
    pub waiting: Option<Waiting>,
    /// When a change that nobody had confirmed went back, where nothing was saved since.
    pub put_back: Option<Timestamp>,
    /// The settings whose stored values can't be read.
    pub unreadable: Vec<UnreadableView>,
}

/// A setting whose stored value can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreadableView {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// What holds instead, in words.
    pub holds: String,
}

/// The headers that a visitor gets over HTTPS, and how good they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadersView {
    /// The grade, from A to F.
    pub letter: String,
    /// What would be better, the weightiest first.
    pub reasons: Vec<String>,
    /// Each header: its name and its value.
    pub lines: Vec<(String, String)>,
}

/// A change that is live and goes back by itself unless it is confirmed in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its revision.
    pub revision: i64,
    /// When it goes back.
    pub deadline: Timestamp,
    /// Who saved it.
    pub by: String,
    /// What it changed.
    pub changes: Vec<ChangeView>,
}

/// What a save would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewView {
    /// The revision on which it is based.
    pub revision: i64,
    /// What changes.
    pub changes: Vec<ChangeView>,
    /// What that does to people.
    pub consequences: Vec<ConsequenceView>,
    /// What is allowed and probably not meant: of which setting, and what.
    pub warnings: Vec<(String, String)>,
    /// Everything in which this person's own next request would end.
    pub yourself: Vec<RefusalPreview>,
    /// Whether it locks this person out, so that saving it for good asks for their word.
    pub locks_you_out: bool,
    /// The allowlist with this person's own address on it, where that is what is missing.
    pub list_with_you: Option<String>,
    /// Whether it can lock people out, so that saving with confirmation is offered.
    pub risky: bool,
}

/// One thing in which somebody's next request would end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalPreview {
    /// What would happen.
    pub words: String,
    /// What they can do about it beforehand: the page, and the words of the link.
    pub fix: Option<(String, String)>,
}

/// One thing that a save does to people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsequenceView {
    /// What happens, to how many.
    pub words: String,
    /// Their addresses; the first hundred.
    pub people: Vec<String>,
    /// Whether there are more.
    pub more: bool,
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
    /// Whom each setting concerns now, by its key; empty where that could not be counted.
    pub concerns: BTreeMap<String, String>,
}

/// Somebody saved meanwhile: the three versions of each setting that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The revision that stands now.
    pub revision: i64,
    /// Who saved it; empty where the form was based on a revision that there never was.
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
#[server(endpoint = "settings/load", prefix = "/api/app", output = Answered)]
pub async fn load_settings() -> Result<SettingsView, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    convert::view(&context().bailey, &caller).await.map_err(fail)
}

/// Loads how well the workspace is protected.
#[server(endpoint = "settings/posture", prefix = "/api/app", output = Answered)]
pub async fn load_posture() -> Result<PostureView, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    convert::posture(&context().bailey, &caller).await.map_err(fail)
}

/// Says what the Security tab says now about a change that waits, or that nobody confirmed: as HTML.
#[server(endpoint = "settings/waiting", prefix = "/api/app", output = Answered)]
pub async fn load_waiting() -> Result<String, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    convert::waiting_words(&context().bailey, &caller).await.map_err(fail)
}

/// Says what saving the whole Security tab would do.
#[server(endpoint = "settings/review", prefix = "/api/app", output = Answered)]
pub async fn review_settings(
    /// The revision that the form was based on.
    revision: i64,
    /// What was typed, by key.
    #[server(default)]
    values: BTreeMap<String, String>,
) -> Result<ReviewView, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    context().bailey.review_policy(&caller, revision, &values).await.map(ReviewView::from).map_err(fail)
}

/// Renders a banner as the authentication pages show it.
#[server(endpoint = "settings/banner", prefix = "/api/app", output = Answered)]
pub async fn render_banner(
    /// The text as typed.
    text: String,
) -> Result<String, ApiError> {
    use super::serve::caller;
    caller(Area::Admin)?;
    // A server function answers later in any case.
    Ok(std::future::ready(domain::banner::banner_html(&text)).await)
}

/// Saves the whole Security tab, or nothing of it.
#[server(endpoint = "settings/save", prefix = "/api/app", output = Answered)]
pub async fn save_settings(
    /// The revision that the form was based on.
    revision: i64,
    /// What was typed, by key.
    #[server(default)]
    values: BTreeMap<String, String>,
    /// Whether the change goes back by itself unless it is confirmed.
    #[server(default)]
    wait: bool,
    /// What was typed to save although it locks this very person out.
    #[server(default)]
    lock_me_out: String,
) -> Result<Saved, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Admin)?;
    let options = options(wait, &lock_me_out);
    let bailey = &context().bailey;
    let saved = bailey.save_policy(&caller, revision, &values, options).await.map_err(fail)?;
    Ok(convert::saved(bailey, &caller, saved).await)
}

pub use policy::decide::self_lockout::LOCK_ME_OUT;

/// What the name of the box beside a number ends with that stands for its named 0, such as no limit.
pub const NEVER: &str = ".never";

/// What the fields of a save agree to.
#[cfg(feature = "ssr")]
pub fn options(wait_for_confirmation: bool, lock_me_out: &str) -> domain::policies::SaveOptions {
    let lock_me_out = policy::decide::self_lockout::LockoutConsent::of(lock_me_out);
    domain::policies::SaveOptions { wait_for_confirmation, lock_me_out }
}

#[cfg(feature = "ssr")]
mod convert;
