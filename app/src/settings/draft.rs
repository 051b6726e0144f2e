//! What the form holds: the text of each field, as the browser does, and everything derived from it.
use super::search::Search;
use crate::api::settings::{Conflict, Coverage, ReviewView, Saved, SettingsView, Waiting};
use leptos::prelude::*;
use policy::{
    Setting, Settings, Violation,
    rules::{self, Warning},
    value::Kind,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The form as it came back from the server without being saved.
#[derive(Debug, Clone, Deserialize)]
pub struct Rejected {
    revision: i64,
    values: BTreeMap<String, String>,
    errors: BTreeMap<String, String>,
    conflict: Option<Conflict>,
    review: Option<ReviewView>,
}

/// What a text in a field amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Judged {
    /// Its canonical form; the text itself where it has a problem.
    canonical: String,
    /// What is wrong with it.
    problem: Option<String>,
}

impl Judged {
    fn of(setting: &Setting, text: &str) -> Self {
        match setting.canonical(text) {
            Ok(canonical) => Self { canonical, problem: None },
            Err(problem) => Self { canonical: text.to_owned(), problem: Some(problem.to_string()) },
        }
    }
}

/// What one field on the page holds.
#[derive(Debug, Clone, Copy)]
pub struct Control {
    /// The setting.
    pub setting: &'static Setting,
    /// The canonical text that is saved.
    pub saved: RwSignal<String>,
    /// The text that stands in the field.
    pub raw: RwSignal<String>,
    judged: Memo<Judged>,
    /// What the server said against this text.
    pub refused: RwSignal<Option<String>>,
    /// Tells whether the person has left the field, so that problems may be shown.
    pub left: RwSignal<bool>,
    /// Tells whether this person may only read it.
    pub locked: bool,
}

impl Control {
    /// Tells whether the field holds something else than what is saved.
    pub fn dirty(self) -> bool {
        self.judged.with(|judged| self.saved.with(|saved| judged.canonical != *saved))
    }

    /// Tells whether the field holds the default.
    pub fn is_default(self) -> bool {
        self.judged.with(|judged| judged.canonical == self.setting.default())
    }

    /// What is wrong with the text by itself.
    pub fn own_problem(self) -> Option<String> {
        self.refused.get().or_else(|| self.judged.with(|judged| judged.problem.clone()))
    }

    /// Takes what somebody types.
    pub fn type_in(self, text: String) {
        self.refused.set(None);
        self.raw.set(text);
    }

    /// Puts the default into the field.
    pub fn reset(self) {
        self.type_in(self.setting.default());
        self.left.set(true);
    }

    fn settle(self, saved: &str) {
        self.saved.set(saved.to_owned());
        self.raw.set(saved.to_owned());
        self.refused.set(None);
        self.left.set(false);
    }
}

/// How the last attempt to save ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Outcome {
    /// There was none.
    #[default]
    None,
    /// The settings were saved.
    Saved,
    /// Nothing differed.
    Nothing,
    /// The session is over: in words, and where signing in starts.
    SignIn(String, String),
    /// Something else went wrong: in words.
    Failed(String),
    /// What was typed before signing in is back.
    Restored,
}

/// The draft of all settings.
#[derive(Clone, Copy)]
pub struct Draft {
    controls: StoredValue<Vec<Control>>,
    /// The revision that a save is based on.
    pub revision: RwSignal<i64>,
    /// The setting that has the focus.
    pub focused: RwSignal<Option<Control>>,
    /// Tells whether a save was refused for what the fields hold.
    pub attempted: RwSignal<bool>,
    /// Tells whether a save is under way.
    pub busy: RwSignal<bool>,
    /// How the last attempt to save ended.
    pub outcome: RwSignal<Outcome>,
    /// Somebody saved meanwhile.
    pub conflict: RwSignal<Option<Conflict>>,
    /// Second-factor coverage of the workspace.
    pub coverage: Coverage,
    /// What is searched for.
    pub search: Search,
    /// What the save would do, once that was asked for.
    pub review: RwSignal<Option<ReviewView>>,
    /// What was typed to save although it locks this very person out.
    pub lock_me_out: RwSignal<String>,
    /// What else the page was loaded with: the change that waits, and how many communities override what.
    view: StoredValue<(Option<Waiting>, BTreeMap<String, u32>)>,
    /// The settings as they would be; what is saved stands in for a text with a problem.
    pub settings: Memo<Settings>,
    ruled: Memo<(Vec<Violation>, Vec<Warning>)>,
}

impl Draft {
    /// Makes the draft from what is saved and, where a form came back, from what was typed.
    pub fn new(view: &SettingsView, rejected: Option<&Rejected>, search: Search) -> Self {
        let revision = rejected.map_or(view.revision, |rejected| {
            rejected.conflict.as_ref().map_or(rejected.revision, |conflict| conflict.revision)
        });
        let attempted = rejected.is_some_and(|rejected| !rejected.errors.is_empty());
        let conflict = rejected.and_then(|rejected| rejected.conflict.clone());
        let controls: Vec<_> = Settings::all()
            .map(|setting| {
                let saved = view.values.get(setting.key).cloned().unwrap_or_else(|| setting.default());
                let typed = rejected.and_then(|rejected| rejected.values.get(setting.key).cloned());
                let untouched = conflict.as_ref().is_some_and(|conflict| only_theirs(conflict, setting.key));
                let raw = typed.filter(|_| !untouched).unwrap_or_else(|| saved.clone());
                let raw = RwSignal::new(raw);
                Control {
                    setting,
                    saved: RwSignal::new(saved),
                    raw,
                    judged: Memo::new(move |_| raw.with(|raw| Judged::of(setting, raw))),
                    refused: RwSignal::new(rejected.and_then(|r| r.errors.get(setting.key).cloned())),
                    left: RwSignal::new(attempted),
                    locked: setting.super_admin_only && !view.super_admin,
                }
            })
            .collect();
        let for_memo = controls.clone();
        let settings = Memo::new(move |_| {
            let mut settings = Settings::default();
            for control in &for_memo {
                // A text with a problem changes nothing, so what is saved stands in for it.
                for text in [control.saved, control.raw] {
                    text.with(|text| drop(settings.set(control.setting, text)));
                }
            }
            settings
        });
        Self {
            controls: StoredValue::new(controls),
            revision: RwSignal::new(revision),
            focused: RwSignal::new(None),
            attempted: RwSignal::new(attempted),
            busy: RwSignal::new(false),
            outcome: RwSignal::new(Outcome::None),
            conflict: RwSignal::new(conflict),
            coverage: view.coverage,
            search,
            review: RwSignal::new(rejected.and_then(|rejected| rejected.review.clone())),
            lock_me_out: RwSignal::new(String::new()),
            view: StoredValue::new((view.waiting.clone(), view.overridden.clone())),
            settings,
            ruled: Memo::new(move |_| {
                settings.with(|settings| (rules::violations(settings), rules::warnings(settings)))
            }),
        }
    }

    /// Every field, in the order of the page.
    pub fn controls(self) -> Vec<Control> {
        self.controls.get_value()
    }

    /// The field of this key.
    pub fn control(self, key: &str) -> Option<Control> {
        self.controls.with_value(|all| all.iter().copied().find(|control| control.setting.key == key))
    }

    /// How many communities override a setting.
    pub fn overridden(self, key: &str) -> u32 {
        self.view.with_value(|(_, overridden)| overridden.get(key).copied().unwrap_or_default())
    }

    /// The change that waits to be confirmed.
    pub fn waiting(self) -> Option<Waiting> {
        self.view.with_value(|(waiting, _)| waiting.clone())
    }

    /// What is wrong with a field, by itself or beside the others.
    pub fn problem(self, control: Control) -> Option<String> {
        control.own_problem().or_else(|| self.contradiction(control))
    }

    fn contradiction(self, control: Control) -> Option<String> {
        self.ruled.with(|(violations, _)| {
            let found = violations.iter().find(|found| found.key == control.setting.key);
            found.map(|found| found.problem.to_string())
        })
    }

    /// What is wrong with a field, once it is time to say so.
    pub fn shown_problem(self, control: Control) -> Option<String> {
        let typing = control.setting.kind != Kind::Switch && !control.left.get() && !self.attempted.get();
        if typing { control.refused.get() } else { self.problem(control) }
    }

    /// What is allowed in a field but probably not meant.
    pub fn warning(self, control: Control) -> Option<&'static str> {
        self.ruled.with(|(_, warnings)| {
            warnings.iter().find(|found| found.key == control.setting.key).map(|found| found.words)
        })
    }

    /// How many fields hold something unsaved.
    pub fn changed(self) -> usize {
        self.controls.with_value(|all| changed_in(all))
    }

    /// How many fields have to be looked at again.
    pub fn to_fix(self) -> usize {
        self.controls.with_value(|all| self.to_fix_in(all))
    }

    /// How many of these fields have to be looked at again.
    pub fn to_fix_in(self, among: &[Control]) -> usize {
        among.iter().filter(|control| self.shown_problem(**control).is_some()).count()
    }

    /// Everything that stands in the fields, by key.
    pub fn values(self) -> BTreeMap<String, String> {
        self.controls()
            .into_iter()
            .map(|control| (control.setting.key.to_owned(), control.raw.get_untracked()))
            .collect()
    }

    /// Puts back what was typed before.
    pub fn restore(self, revision: i64, values: &BTreeMap<String, String>) {
        self.revision.set(revision);
        for control in self.controls() {
            if let Some(text) = values.get(control.setting.key).filter(|_| !control.locked) {
                control.raw.set(text.clone());
            }
        }
    }

    /// Takes over what was saved.
    pub fn take(self, saved: &Saved) {
        self.revision.set(saved.revision);
        self.attempted.set(false);
        self.conflict.set(None);
        self.review.set(None);
        for control in self.controls() {
            if let Some(text) = saved.values.get(control.setting.key) {
                control.settle(text);
            }
        }
    }

    /// Goes back to what is saved.
    pub fn discard(self) {
        self.attempted.set(false);
        self.conflict.set(None);
        self.review.set(None);
        self.outcome.set(Outcome::None);
        for control in self.controls() {
            control.settle(&control.saved.get_untracked());
        }
    }

    /// Puts what somebody else has saved meanwhile below what was typed: a field that only they
    /// have changed takes their value, and a field that both have changed keeps what was typed.
    pub fn rebase(self, view: &SettingsView, conflict: Conflict) {
        for control in self.controls() {
            let Some(theirs) = view.values.get(control.setting.key) else { continue };
            if control.dirty() {
                control.saved.set(theirs.clone());
            } else {
                control.settle(theirs);
            }
        }
        self.revision.set(view.revision);
        self.conflict.set(Some(conflict));
    }
}

/// How many of these fields hold something unsaved.
pub fn changed_in(among: &[Control]) -> usize {
    among.iter().filter(|control| control.dirty()).count()
}

/// Tells whether a setting was changed by the others and not by this person.
pub fn only_theirs(conflict: &Conflict, key: &str) -> bool {
    conflict.fields.iter().any(|field| field.key == key && field.yours == field.base)
}
