//! What the form holds: the text of each field, as the browser does, and everything derived from it.
mod draft_storage;
#[cfg(not(feature = "ssr"))]
mod early_input;
mod field_state;
pub mod filter;
mod outcome;
mod rejected;
mod validation;

pub use self::{field_state::FieldState, filter::Filter, outcome::Outcome, rejected::Rejected};

use self::{draft_storage::StoredDraft, field_state::Shared, rejected::strays, validation::CrossFieldChecks};
use crate::api::settings::{ConfirmationView, Conflict, ReviewView, Saved, SettingsView};
use leptos::prelude::*;
use policy::{Settings, catalogue::Section, rules::Scheme};
use std::{collections::BTreeMap, time::Duration};

/// How long nobody types before the rules across settings are asked.
const QUIET: Duration = Duration::from_millis(150);

/// What is to be said about the fields of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionCounts {
    /// How many have to be looked at again.
    pub to_fix: usize,
    /// How many hold something unsaved.
    pub changed: usize,
}

/// The draft of all settings.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The fields, in the order of the page.
    fields: StoredValue<Vec<FieldState>>,
    counts: StoredValue<Vec<Memo<SectionCounts>>>,
    /// What the page was loaded with.
    view: StoredValue<SettingsView>,
    /// The address of the person who looks, under which a draft is stored.
    email: StoredValue<String>,
    /// The revision that a save is based on.
    pub revision: RwSignal<i64>,
    /// The setting that has the focus.
    pub focused: RwSignal<Option<FieldState>>,
    /// Whether a save was refused for what the fields hold.
    pub attempted: RwSignal<bool>,
    /// What was refused and stands in no field: a key that no setting has, and the words about it.
    pub strays: RwSignal<Vec<(String, String)>>,
    /// Whether a save is under way.
    pub busy: RwSignal<bool>,
    /// How the last attempt to save ended.
    pub outcome: RwSignal<Outcome>,
    /// Somebody saved meanwhile.
    pub conflict: RwSignal<Option<Conflict>>,
    /// Which settings are shown.
    pub filter: Filter,
    /// What the save would do, once that was asked for.
    pub review: RwSignal<Option<ReviewView>>,
    /// What was typed to save although it locks this very person out.
    pub lock_me_out: RwSignal<String>,
    /// Whom each setting concerns now, by its key.
    pub audience: RwSignal<BTreeMap<String, String>>,
    /// What became of the last save that asked for confirmation.
    pub confirmation: RwSignal<ConfirmationView>,
    /// The settings as they would be, a moment after somebody typed; what is saved stands in for a text
    /// with a problem.
    pub settings: RwSignal<Settings>,
    checks: RwSignal<CrossFieldChecks>,
}

impl Draft {
    /// Makes the draft of a person from what is saved and, where a form came back, from what was typed.
    pub fn new(view: SettingsView, rejected: Option<Rejected>, filter: Filter, email: String) -> Self {
        let mut rejected = rejected.unwrap_or_else(|| Rejected::nothing(view.revision));
        let conflict = rejected.conflict.take();
        let attempted = RwSignal::new(!rejected.errors.is_empty());
        let checks = RwSignal::new(CrossFieldChecks::default());
        let shared = Shared { attempted, left_one: RwSignal::new(false), checks };
        let fields: Vec<_> = Settings::all()
            .map(|setting| {
                let key = setting.key;
                let saved = view.values.get(key).cloned().unwrap_or_else(|| setting.default());
                let untouched = conflict.as_ref().is_some_and(|conflict| only_theirs(conflict, key));
                let typed = rejected.values.get(key).filter(|_| !untouched);
                let raw = typed.cloned().unwrap_or_else(|| saved.clone());
                let locked = setting.super_admin_only && !view.super_admin;
                let refused = rejected.errors.get(key).or_else(|| view.unreadable.get(key).filter(|_| raw == saved));
                FieldState::new(setting, saved, raw, refused.cloned(), locked, shared)
            })
            .collect();
        let counts = Settings::sections().iter().map(|section| count(&fields, section)).collect();
        let draft = Self {
            fields: StoredValue::new(fields),
            counts: StoredValue::new(counts),
            email: StoredValue::new(email),
            revision: RwSignal::new(conflict.as_ref().map_or(rejected.revision, |conflict| conflict.revision)),
            focused: RwSignal::new(None),
            attempted,
            strays: RwSignal::new(strays(&rejected.errors)),
            busy: RwSignal::new(false),
            outcome: RwSignal::new(Outcome::None),
            conflict: RwSignal::new(conflict),
            filter,
            review: RwSignal::new(rejected.review),
            lock_me_out: RwSignal::new(String::new()),
            audience: RwSignal::new(view.audience.clone()),
            confirmation: RwSignal::new(view.confirmation.clone()),
            view: StoredValue::new(view),
            settings: RwSignal::new(Settings::default()),
            checks,
        };
        draft.check_together();
        draft.check_when_quiet();
        draft
    }

    /// Reads every text, and asks the rules across settings about all of them.
    pub fn check_together(self) {
        let mut settings = Settings::default();
        for field in self.fields() {
            // A text with a problem changes nothing, so what is saved stands in for it.
            for text in [field.saved, field.raw] {
                drop(text.with_untracked(|text| settings.set(field.setting, text)));
            }
        }
        let checks = CrossFieldChecks::of(&settings, self.view(|view| Scheme::of(&view.origin)));
        if self.checks.with_untracked(|before| *before != checks) {
            self.checks.set(checks);
        }
        if self.settings.with_untracked(|before| *before != settings) {
            self.settings.set(settings);
        }
    }

    /// Does so whenever nobody has typed for a moment, so that a key is answered at once.
    fn check_when_quiet(self) {
        let mut check = debounce(QUIET, move |()| self.check_together());
        Effect::new(move |before: Option<()>| {
            for field in self.fields() {
                field.saved.track();
                field.raw.track();
            }
            if before.is_none() {
                return;
            }
            // A review tells of what stood in the fields when it was asked for.
            if self.review.with_untracked(Option::is_some) {
                self.review.set(None);
            }
            check(());
        });
    }

    /// Every field, in the order of the page.
    pub fn fields(self) -> Vec<FieldState> {
        self.fields.get_value()
    }

    /// The fields of a section.
    pub fn fields_of(self, section: &Section) -> Vec<FieldState> {
        self.fields.with_value(|fields| fields.iter().copied().filter(|field| belongs(field, section)).collect())
    }

    /// The field of this key.
    pub fn field(self, key: &str) -> Option<FieldState> {
        self.fields.with_value(|fields| fields.iter().copied().find(|field| field.setting.key == key))
    }

    /// The setting that has the focus, or else the first one.
    pub fn explained(self) -> Option<FieldState> {
        self.focused.get().or_else(|| self.fields.with_value(|fields| fields.first().copied()))
    }

    /// Looks at what the page was loaded with.
    pub fn view<T>(self, look: impl FnOnce(&SettingsView) -> T) -> T {
        self.view.with_value(look)
    }

    /// What was typed and chosen in the page that the server sent, before it was hydrated.
    #[cfg(not(feature = "ssr"))]
    pub fn early_input(self) -> Vec<(FieldState, String)> {
        let typed = |field: FieldState| Some((field, early_input::before_hydration(field.setting.key)?));
        self.fields().into_iter().filter_map(typed).collect()
    }

    /// What is wrong with a field, by itself or beside the others.
    pub fn problem(self, field: FieldState) -> Option<String> {
        field.own_problem().or_else(|| self.checks.with(|checks| checks.problem(field.setting)))
    }

    /// What is allowed in a field but probably not meant.
    pub fn warning(self, field: FieldState) -> Option<&'static str> {
        self.checks
            .with(|checks| checks.warnings.iter().find(|found| found.key == field.setting.key).map(|found| found.words))
    }

    /// What is to be said about each section.
    pub fn counts(self) -> Vec<Memo<SectionCounts>> {
        self.counts.get_value()
    }

    /// How many fields hold something unsaved.
    pub fn changed(self) -> usize {
        self.counts().into_iter().map(|counts| counts.get().changed).sum()
    }

    /// How many fields have to be looked at again.
    pub fn to_fix(self) -> usize {
        self.counts().into_iter().map(|counts| counts.get().to_fix).sum()
    }

    /// Whether any field holds something unsaved at this moment.
    pub fn holds_unsaved(self) -> bool {
        untrack(|| self.changed() > 0)
    }

    /// Everything that stands in the fields, by key.
    pub fn values(self) -> BTreeMap<String, String> {
        let text = |field: FieldState| (field.setting.key.to_owned(), field.raw.get_untracked());
        self.fields().into_iter().map(text).collect()
    }

    /// Stores what was typed and not saved in this browser.
    pub fn store(self) {
        let dirty = self.fields().into_iter().filter(|field| untrack(|| field.dirty()));
        let values = dirty.map(|field| (field.setting.key.to_owned(), field.raw.get_untracked())).collect();
        let (email, revision) = (self.email.get_value(), self.revision.get_untracked());
        draft_storage::store(&StoredDraft { email, revision, values });
    }

    /// Puts back what the same person typed before.
    pub fn restore(self) {
        let Some(stored) = self.email.with_value(|email| draft_storage::take(email)) else { return };
        self.revision.set(stored.revision);
        for field in self.fields() {
            if let Some(text) = stored.values.get(field.setting.key).filter(|_| !field.locked) {
                field.type_in(text.clone());
            }
        }
        self.outcome.set(Outcome::Restored);
    }

    /// Puts the server's words beside the fields.
    pub fn refuse(self, errors: &BTreeMap<String, String>) {
        for field in self.fields() {
            field.refused.set(errors.get(field.setting.key).cloned());
        }
        self.strays.set(strays(errors));
    }

    /// Takes over what was saved.
    pub fn take(self, saved: &Saved) {
        draft_storage::clear();
        self.revision.set(saved.revision);
        self.attempted.set(false);
        self.strays.set(Vec::new());
        self.conflict.set(None);
        self.review.set(None);
        if !saved.audience.is_empty() {
            self.audience.set(saved.audience.clone());
        }
        for field in self.fields() {
            if let Some(text) = saved.values.get(field.setting.key) {
                field.settle(text);
            }
        }
    }

    /// Goes back to what is saved.
    pub fn discard(self) {
        draft_storage::clear();
        self.attempted.set(false);
        self.conflict.set(None);
        self.review.set(None);
        self.outcome.set(Outcome::None);
        for field in self.fields() {
            field.settle(&field.saved.get_untracked());
        }
    }

    /// Puts what somebody else has saved meanwhile below what was typed: a field that only they
    /// have changed takes their value, and a field that both have changed keeps what was typed.
    pub fn rebase(self, view: &SettingsView, conflict: Conflict) {
        for field in self.fields() {
            let Some(theirs) = view.values.get(field.setting.key) else { continue };
            if untrack(|| field.dirty()) {
                field.saved.set(theirs.clone());
            } else {
                field.settle(theirs);
            }
        }
        self.revision.set(view.revision);
        self.conflict.set(Some(conflict));
    }
}

/// Whether a field belongs to a section.
pub fn belongs(field: &FieldState, section: &Section) -> bool {
    section.settings.iter().any(|setting| setting.key == field.setting.key)
}

fn count(fields: &[FieldState], section: &'static Section) -> Memo<SectionCounts> {
    let fields: Vec<_> = fields.iter().copied().filter(|field| belongs(field, section)).collect();
    Memo::new(move |_| SectionCounts {
        to_fix: fields.iter().filter(|field| field.is_bad()).count(),
        changed: fields.iter().filter(|field| field.dirty()).count(),
    })
}

/// Whether a setting was changed by the others and not by this person.
pub fn only_theirs(conflict: &Conflict, key: &str) -> bool {
    conflict.fields.iter().any(|field| field.key == key && field.yours == field.base)
}
