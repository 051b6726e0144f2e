//! What the Security tab and the pages beside it show.
use crate::api::{ChangeView, first_steps::FirstStepView};
use policy::{MemberCounts, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The settings as they stand, and what the page says about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsView {
    /// The revision that a save is based on.
    pub revision: i64,
    /// The canonical text of each setting, by its key; of one that can't be read the text as it is stored.
    pub values: BTreeMap<String, String>,
    /// What stands beside each setting that can't be read, by its key: what holds instead.
    pub unreadable: BTreeMap<String, String>,
    /// Whether this person may change what only a super-admin may change.
    pub super_admin: bool,
    /// Whether this person has enrolled a second factor.
    pub you_enrolled: bool,
    /// The origin of every page.
    pub origin: String,
    /// Whom each setting concerns now, by its key.
    pub audience: BTreeMap<String, String>,
    /// How many members there are, by segment.
    pub counts: MemberCounts,
    /// Who holds the role super-admin through the list, by address.
    pub promoted: Vec<String>,
    /// How many visits the allowlist would have stopped in the last seven days, while it is only watched.
    pub would_have_blocked: Option<i64>,
    /// How many communities override a setting, by its key.
    pub overridden: BTreeMap<String, u32>,
    /// What became of the last save that asked for confirmation.
    pub confirmation: ConfirmationView,
}

/// What became of the last save that asked for confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ConfirmationView {
    /// The change that waits to be confirmed.
    pub pending: Option<PendingConfirmation>,
    /// When a change that nobody had confirmed was reverted; `None` once anything was saved since.
    pub auto_reverted_at: Option<Timestamp>,
}

impl ConfirmationView {
    /// Whether there is nothing to say about it.
    pub fn is_settled(&self) -> bool {
        self.pending.is_none() && self.auto_reverted_at.is_none()
    }
}

/// How well the workspace is protected, and what became of the last save.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostureView {
    /// The revision that holds.
    pub revision: i64,
    /// When it was saved, and by whom; `None` before the first save.
    pub saved: Option<(Timestamp, String)>,
    /// How many members there are, by segment.
    pub counts: MemberCounts,
    /// Whether admins need a second factor.
    pub admins_required: bool,
    /// Whether everybody needs one.
    pub everyone_required: bool,
    /// What became of the last save that asked for confirmation.
    pub confirmation: ConfirmationView,
    /// The settings whose stored values can't be read.
    pub unreadable: Vec<UnreadableView>,
    /// How often it was noted within the last day that the breach service did not answer.
    pub breach_outages: i64,
    /// Whether a proxy seems to stand before Bailey whose word about the client's address is not believed.
    pub forwarding_ignored: bool,
    /// How many mails can't be handed over, and what the mail server said of one; `None` where there is none.
    pub mail_failing: Option<(i64, String)>,
    /// The steps of the first run that are left undone; empty for whoever is not led through it.
    pub first_steps: Vec<FirstStepView>,
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

/// A change that is live and is reverted by itself unless it is confirmed in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingConfirmation {
    /// Its revision.
    pub revision: i64,
    /// When it is reverted.
    pub auto_revert_at: Timestamp,
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
    /// What tells it from the review of other changes.
    pub fingerprint: String,
    /// Why it is shown before it is saved, each a sentence; empty where it may be saved at once.
    pub reasons: Vec<String>,
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
    /// Why nobody may save it, so that no way of saving it is offered; `None` where it may be saved.
    pub blocked: Option<String>,
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

/// What became of a form that was sent to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Submitted {
    /// It was saved.
    Saved(Saved),
    /// Nothing was saved: its author sees first what it does.
    NeedsReview(Box<ReviewView>),
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
    pub audience: BTreeMap<String, String>,
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
