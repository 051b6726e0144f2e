//! From the domain's words to the page's.
use super::{
    Around, Conflict, ConflictField, ConsequenceView, Coverage, PostureView, RefusalPreview, ReviewView, Saved,
    SettingsView, UnreadableView, Waiting,
};
use crate::{
    api::ChangeView,
    settings::{headers::preview, waiting::waiting_note},
};
use domain::{Bailey, Caller, audit::Difference, policies};
use leptos::prelude::{Owner, RenderHtml};
use policy::{
    Change, Refusal, Role, Setting, Settings, Timestamp, audience, audience::MemberCounts,
    decide::enrolment::required_by, reason::Remedy,
};
use std::collections::BTreeMap;

pub(super) async fn view(bailey: &Bailey, caller: &Caller) -> domain::Result<SettingsView> {
    let policy = caller.policy();
    let counts = bailey.member_counts(caller.workspace(), &policy.settings).await?;
    Ok(SettingsView {
        revision: policy.revision,
        values: policy.settings.to_document(),
        super_admin: caller.role() == Role::SuperAdmin,
        you_enrolled: caller.factors().enrolled(),
        origin: bailey.origin().to_owned(),
        headers: preview(&policy.settings.headers),
        around: Around {
            concerns: concerns(&policy.settings, &counts),
            counts,
            would_have_stopped: bailey.would_have_stopped(caller).await?,
            waiting: waiting(bailey, caller).await?,
            put_back: put_back(signature(bailey, caller).await?.as_ref()),
            overridden: overridden(bailey, caller).await?,
        },
    })
}

pub(super) async fn waiting_words(bailey: &Bailey, caller: &Caller) -> domain::Result<String> {
    let around = Around {
        waiting: waiting(bailey, caller).await?,
        put_back: put_back(signature(bailey, caller).await?.as_ref()),
        ..Around::default()
    };
    Ok(Owner::new().with(|| waiting_note(&around).to_html()))
}

pub(super) async fn posture(bailey: &Bailey, caller: &Caller) -> domain::Result<PostureView> {
    let policy = caller.policy();
    let saved = signature(bailey, caller).await?;
    let unreadable = |setting: &Setting| UnreadableView {
        key: setting.key.to_owned(),
        label: setting.label.to_owned(),
        holds: policy.settings.in_words(setting),
    };
    Ok(PostureView {
        revision: policy.revision,
        coverage: coverage(bailey, caller).await?,
        admins_required: required_by(&policy.settings, Role::Admin).is_some(),
        everyone_required: required_by(&policy.settings, Role::Member).is_some(),
        waiting: waiting(bailey, caller).await?,
        put_back: put_back(saved.as_ref()),
        saved,
        unreadable: bailey.unreadable_settings(caller).await?.into_iter().map(unreadable).collect(),
    })
}

async fn signature(bailey: &Bailey, caller: &Caller) -> domain::Result<Option<(Timestamp, String)>> {
    let signature = bailey.signature(caller.workspace(), caller.policy().revision).await?;
    Ok(signature.map(|signature| (signature.at, signature.by)))
}

/// When Bailey itself saved last.
fn put_back(saved: Option<&(Timestamp, String)>) -> Option<Timestamp> {
    saved.filter(|(_, by)| by == "bailey").map(|(at, _)| *at)
}

async fn coverage(bailey: &Bailey, caller: &Caller) -> domain::Result<Coverage> {
    let counted = bailey.coverage(caller).await?;
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Coverage {
        admins: count(counted.admins),
        admins_enrolled: count(counted.admins_enrolled),
        members: count(counted.members),
        members_enrolled: count(counted.members_enrolled),
    })
}

async fn overridden(bailey: &Bailey, caller: &Caller) -> domain::Result<BTreeMap<String, u32>> {
    let mut counts = BTreeMap::new();
    for community in bailey.communities(caller).await? {
        for key in community.overrides.into_keys() {
            *counts.entry(key).or_default() += 1;
        }
    }
    Ok(counts)
}

async fn waiting(bailey: &Bailey, caller: &Caller) -> domain::Result<Option<Waiting>> {
    let Some(waiting) = bailey.pending_confirmation(caller.workspace()).await? else { return Ok(None) };
    let changes = bailey.compare_revisions(caller.workspace(), waiting.revision - 1, waiting.revision).await?;
    let changes = changes.iter().map(ChangeView::from).collect();
    Ok(Some(Waiting { revision: waiting.revision, deadline: waiting.deadline, by: waiting.by, changes }))
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
            risky: review.is_risky(),
            locks_you_out: review.locks_you_out(),
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

fn concerns(settings: &Settings, counts: &MemberCounts) -> BTreeMap<String, String> {
    Settings::all().map(|setting| (setting.key.to_owned(), audience::now(settings, setting, counts))).collect()
}

/// What a save did. It is done by now, whatever can be counted.
pub(super) async fn saved(bailey: &Bailey, caller: &Caller, saved: policies::Saved) -> Saved {
    let settings = &saved.policy.settings;
    let counts = bailey.member_counts(caller.workspace(), settings).await;
    Saved {
        revision: saved.policy.revision,
        values: settings.to_document(),
        changes: saved.changes.iter().map(ChangeView::from).collect(),
        concerns: counts.map(|counts| concerns(settings, &counts)).unwrap_or_default(),
    }
}

impl From<Difference> for ChangeView {
    fn from(change: Difference) -> Self {
        Self { key: change.key, label: change.label, from: change.from, to: change.to }
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
