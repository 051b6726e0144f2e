//! From the domain's words to the page's.
use super::{
    ConfirmationView, Conflict, ConflictField, ConsequenceView, PendingConfirmation, PostureView, RefusalPreview,
    ReviewView, Saved, SettingsView, UnreadableView,
};
use crate::api::{
    ChangeView,
    first_steps::{FirstStepView, steps},
};
use domain::{Bailey, Caller, audit::Difference, policies};
use policy::{
    Change, MemberSegment, Refusal, Role, Setting, Settings, Timestamp, Violation,
    audience::{self, AudienceCounts},
    decide::enrolment::required_by,
    reason::Remedy,
    review::ReviewReason,
};
use std::collections::BTreeMap;

pub(super) async fn view(bailey: &Bailey, caller: &Caller) -> domain::Result<SettingsView> {
    let policy = caller.policy();
    let counts = bailey.members().audience_counts(caller.workspace(), &policy.settings).await?;
    let stored = bailey.policies().reading(caller.workspace(), policy.revision).await?;
    let beside = |found: Violation| (found.key.to_owned(), found.problem.to_string());
    Ok(SettingsView {
        revision: policy.revision,
        values: stored.texts(),
        unreadable: stored.problems().into_iter().map(beside).collect(),
        super_admin: caller.role() == Role::SuperAdmin,
        you_enrolled: caller.factors().enrolled(),
        origin: bailey.origin().to_owned(),
        audience: audiences(&policy.settings, &counts),
        counts: counts.members,
        promoted: bailey.members().members_in(caller, MemberSegment::Promoted, i64::MAX).await?,
        would_have_blocked: bailey.access().would_have_stopped(caller).await?,
        overridden: overridden(bailey, caller).await?,
        confirmation: confirmation(bailey, caller).await?,
    })
}

/// What became of the last save that asked for confirmation.
pub(super) async fn confirmation(bailey: &Bailey, caller: &Caller) -> domain::Result<ConfirmationView> {
    let saved = signature(bailey, caller).await?;
    Ok(ConfirmationView {
        pending: pending(bailey, caller).await?,
        // Bailey itself saves nothing else.
        auto_reverted_at: saved.filter(|(_, by)| by == "bailey").map(|(at, _)| at),
    })
}

/// Whom the overview counts.
const COUNTED: [MemberSegment; 4] =
    [MemberSegment::Active, MemberSegment::NotEnrolled, MemberSegment::Admins, MemberSegment::AdminsNotEnrolled];

pub(super) async fn posture(bailey: &Bailey, caller: &Caller) -> domain::Result<PostureView> {
    let policy = caller.policy();
    let stored = bailey.policies().reading(caller.workspace(), policy.revision).await?;
    let unreadable = |setting: &Setting| UnreadableView {
        key: setting.key.to_owned(),
        label: setting.label.to_owned(),
        holds: stored.settings.in_words(setting),
    };
    let cannot_be_read = Settings::all().filter(|setting| stored.raw(setting).is_some());
    Ok(PostureView {
        revision: policy.revision,
        counts: bailey.members().counts(caller, &COUNTED).await?,
        admins_required: required_by(&policy.settings, Role::Admin).is_some(),
        everyone_required: required_by(&policy.settings, Role::Member).is_some(),
        confirmation: confirmation(bailey, caller).await?,
        saved: signature(bailey, caller).await?,
        unreadable: cannot_be_read.map(unreadable).collect(),
        breach_outages: bailey.passwords().breach_outages(caller).await?,
        forwarding_ignored: false,
        mail_failing: bailey.mail().failing(caller).await?,
        first_steps: undone(bailey, caller).await?,
    })
}

/// The steps of the first run that are left undone.
async fn undone(bailey: &Bailey, caller: &Caller) -> domain::Result<Vec<FirstStepView>> {
    let steps = bailey.workspaces().first_run(caller).await?.map(steps).unwrap_or_default();
    Ok(steps.into_iter().filter(|step| !step.done).collect())
}

async fn signature(bailey: &Bailey, caller: &Caller) -> domain::Result<Option<(Timestamp, String)>> {
    let signature = bailey.policies().signature(caller.workspace(), caller.policy().revision).await?;
    Ok(signature.map(|signature| (signature.at, signature.by)))
}

async fn overridden(bailey: &Bailey, caller: &Caller) -> domain::Result<BTreeMap<String, u32>> {
    let mut counts = BTreeMap::new();
    for community in bailey.communities().list(caller).await? {
        for key in community.overrides.into_keys() {
            *counts.entry(key).or_default() += 1;
        }
    }
    Ok(counts)
}

async fn pending(bailey: &Bailey, caller: &Caller) -> domain::Result<Option<PendingConfirmation>> {
    let Some(waiting) = bailey.policies().pending(caller.workspace()).await? else { return Ok(None) };
    let changes = bailey.policies().compare(caller.workspace(), waiting.revision - 1, waiting.revision).await?;
    let changes = changes.iter().map(ChangeView::from).collect();
    let (revision, auto_revert_at, by) = (waiting.revision, waiting.deadline, waiting.saved_by);
    Ok(Some(PendingConfirmation { revision, auto_revert_at, by, changes }))
}

impl From<&Change> for ChangeView {
    fn from(change: &Change) -> Self {
        Difference::from(change).into()
    }
}

impl From<policies::Review> for ReviewView {
    fn from(review: policies::Review) -> Self {
        Self {
            revision: review.revision,
            fingerprint: review.fingerprint().to_string(),
            reasons: review.reasons().into_iter().map(ReviewReason::in_words).collect(),
            risky: review.is_risky() && review.blocked.is_none(),
            locks_you_out: review.locks_you_out() && review.blocked.is_none(),
            blocked: review.blocked.clone(),
            changes: review.changes.iter().map(ChangeView::from).collect(),
            consequences: review
                .consequences
                .into_iter()
                .map(|(effect, people)| ConsequenceView {
                    words: effect.words,
                    people: people.named,
                    more: people.more,
                })
                .collect(),
            warnings: review
                .warnings
                .into_iter()
                .map(|warning| {
                    let label = Settings::find(warning.key).map_or(warning.key, |setting| setting.label);
                    (label.to_owned(), warning.words.to_owned())
                })
                .collect(),
            yourself: review.yourself.iter().map(RefusalPreview::from).collect(),
            list_with_you: review.list_with_you,
        }
    }
}

impl From<&Refusal> for RefusalPreview {
    fn from(refusal: &Refusal) -> Self {
        let fix = match refusal.remedy() {
            Remedy::Enrol => Some(("/profile/two-factor?next=/admin/settings", "Enrol now")),
            Remedy::NewPassword => Some(("/profile/password?next=/admin/settings", "Choose one now")),
            Remedy::SignIn
            | Remedy::SecondStep
            | Remedy::StepUp
            | Remedy::Confirm
            | Remedy::None
            | Remedy::Wait
            | Remedy::TryAgain => None,
        };
        Self { words: refusal.preview(), fix: fix.map(|(page, words)| (page.to_owned(), words.to_owned())) }
    }
}

fn audiences(settings: &Settings, counts: &AudienceCounts) -> BTreeMap<String, String> {
    Settings::all().map(|setting| (setting.key.to_owned(), audience::now(settings, setting, counts))).collect()
}

/// What a save did. It is done by now, whatever can be counted.
pub(super) async fn saved(bailey: &Bailey, caller: &Caller, saved: policies::Saved) -> Saved {
    let settings = &saved.policy.settings;
    let counts = bailey.members().audience_counts(caller.workspace(), settings).await;
    Saved {
        revision: saved.policy.revision,
        values: settings.to_document(),
        changes: saved.changes.iter().map(ChangeView::from).collect(),
        audience: counts.map(|counts| audiences(settings, &counts)).unwrap_or_default(),
    }
}

impl From<Difference> for ChangeView {
    fn from(change: Difference) -> Self {
        Self { key: change.key, label: change.label, from: change.from, to: change.to, weakens: change.weakens }
    }
}

impl From<policies::Conflict> for Conflict {
    fn from(conflict: policies::Conflict) -> Self {
        let (theirs, yours) = (&conflict.theirs, &conflict.yours);
        let base = conflict.base.as_ref();
        let fields = Settings::all().filter(|setting| theirs.print(setting) != yours.print(setting)).map(|setting| {
            ConflictField {
                key: setting.key.to_owned(),
                label: setting.label.to_owned(),
                base: base.map_or_else(|| "not known".to_owned(), |base| base.in_words(setting)),
                theirs: theirs.in_words(setting),
                yours: yours.in_words(setting),
            }
        });
        // Who saved last came in between only where it is known what they came after.
        let signature = conflict.signature.filter(|_| base.is_some());
        let (by, at) = signature.map_or_else(|| (String::new(), Timestamp(0)), |s| (s.by, s.at));
        Self { revision: conflict.revision, by, at, fields: fields.collect() }
    }
}
