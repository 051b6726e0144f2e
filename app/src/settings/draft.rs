//! What the form holds: the text of each field, as the browser does, and everything derived from it.
pub use super::field::Control;
use super::{
    field::Shared,
    judged::Ruled,
    kept,
    rejected::{Rejected, strays},
    save::Outcome,
    search::Search,
};
#[cfg(feature = "ssr")]
use crate::api::settings::Around;
use crate::api::settings::{Conflict, HeadersView, ReviewView, Saved, SettingsView};
use leptos::prelude::*;
use policy::{Settings, rules::Scheme};
use std::{collections::BTreeMap, time::Duration};

/// How long nobody types before the rules across settings are asked.
const QUIET: Duration = Duration::from_millis(150);

/// What the page was loaded with beside the values.
struct Loaded {
    headers: HeadersView,
    you_enrolled: bool,
    scheme: Scheme,
    #[cfg(feature = "ssr")]
    around: Around,
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
    /// What was refused and stands in no field: a key that no setting has, and the words about it.
    pub strays: RwSignal<Vec<(String, String)>>,
    /// Tells whether a save is under way.
    pub busy: RwSignal<bool>,
    /// How the last attempt to save ended.
    pub outcome: RwSignal<Outcome>,
    /// Somebody saved meanwhile.
    pub conflict: RwSignal<Option<Conflict>>,
    /// What is searched for.
    pub search: Search,
    /// What the save would do, once that was asked for.
    pub review: RwSignal<Option<ReviewView>>,
    /// What was typed to save although it locks this very person out.
    pub lock_me_out: RwSignal<String>,
    /// What else the page was loaded with.
    loaded: StoredValue<Loaded>,
    /// The settings as they would be, a moment after somebody typed; what is saved stands in for a text
    /// with a problem.
    pub settings: RwSignal<Settings>,
    /// What was saved and typed in each field when they were last read.
    read: StoredValue<Vec<Option<(String, String)>>>,
    ruled: RwSignal<Ruled>,
}

impl Draft {
    /// Makes the draft from what is saved and, where a form came back, from what was typed.
    pub fn new(view: &SettingsView, rejected: Option<&Rejected>, search: Search) -> Self {
        let revision = rejected.map_or(view.revision, |rejected| {
            rejected.conflict.as_ref().map_or(rejected.revision, |conflict| conflict.revision)
        });
        let attempted = rejected.is_some_and(|rejected| !rejected.errors.is_empty());
        let conflict = rejected.and_then(|rejected| rejected.conflict.clone());
        let (attempted, ruled) = (RwSignal::new(attempted), RwSignal::new(Ruled::default()));
        let shared = Shared { attempted, left_one: RwSignal::new(false), ruled };
        let controls: Vec<_> = Settings::all()
            .map(|setting| {
                let saved = view.values.get(setting.key).cloned().unwrap_or_else(|| setting.default());
                let typed = rejected.and_then(|rejected| rejected.values.get(setting.key).cloned());
                let untouched = conflict.as_ref().is_some_and(|conflict| only_theirs(conflict, setting.key));
                let raw = typed.filter(|_| !untouched).unwrap_or_else(|| saved.clone());
                let refused = rejected.and_then(|r| r.errors.get(setting.key).cloned());
                let locked = setting.super_admin_only && !view.super_admin;
                Control::new(setting, saved, raw, refused, locked, shared)
            })
            .collect();
        let draft = Self {
            read: StoredValue::new(vec![None; controls.len()]),
            controls: StoredValue::new(controls),
            revision: RwSignal::new(revision),
            focused: RwSignal::new(None),
            attempted,
            strays: RwSignal::new(rejected.map(|rejected| strays(&rejected.errors)).unwrap_or_default()),
            busy: RwSignal::new(false),
            outcome: RwSignal::new(Outcome::None),
            conflict: RwSignal::new(conflict),
            search,
            review: RwSignal::new(rejected.and_then(|rejected| rejected.review.clone())),
            lock_me_out: RwSignal::new(String::new()),
            loaded: StoredValue::new(Loaded {
                headers: view.headers.clone(),
                you_enrolled: view.you_enrolled,
                scheme: Scheme::of(&view.origin),
                #[cfg(feature = "ssr")]
                around: view.around.clone(),
            }),
            settings: RwSignal::new(Settings::default()),
            ruled,
        };
        draft.judge_together();
        draft.judge_when_quiet();
        draft
    }

    /// Reads every text that has changed, and asks the rules across settings about all of them.
    pub fn judge_together(self) {
        let mut settings = self.settings.get_untracked();
        let mut changed = false;
        self.read.update_value(|read| {
            for (control, read) in self.controls().into_iter().zip(read) {
                let texts = (control.saved.get_untracked(), control.raw.get_untracked());
                if read.as_ref() != Some(&texts) {
                    // A text with a problem changes nothing, so what is saved stands in for it.
                    drop(settings.set(control.setting, &texts.0));
                    drop(settings.set(control.setting, &texts.1));
                    *read = Some(texts);
                    changed = true;
                }
            }
        });
        if changed {
            let ruled = Ruled::of(&settings, self.loaded.with_value(|loaded| loaded.scheme));
            if self.ruled.with_untracked(|before| *before != ruled) {
                self.ruled.set(ruled);
            }
            self.settings.set(settings);
        }
    }

    /// Does so whenever nobody has typed for a moment, so that a key is answered at once.
    fn judge_when_quiet(self) {
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        let wait_again = move |next: Option<TimeoutHandle>| {
            if let Some(before) = waiting.try_update_value(|waiting| std::mem::replace(waiting, next)).flatten() {
                before.clear();
            }
        };
        Effect::new(move |_| {
            for control in self.controls() {
                control.saved.track();
                control.raw.track();
            }
            wait_again(set_timeout_with_handle(move || self.judge_together(), QUIET).ok());
        });
        on_cleanup(move || wait_again(None));
    }

    /// Every field, in the order of the page.
    pub fn controls(self) -> Vec<Control> {
        self.controls.get_value()
    }

    /// What stands in the fields of the page that the server sent, where somebody has typed already.
    #[cfg(not(feature = "ssr"))]
    pub fn typed_before_waking(self) -> Vec<(Control, String)> {
        let typed = |control: Control| Some((control, super::typed::before_waking(control.setting.key)?));
        self.controls().into_iter().filter_map(typed).collect()
    }

    /// Takes note of the field that had the focus before the page was awake.
    #[cfg(not(feature = "ssr"))]
    pub fn focus_what_has_it(self) {
        if let Some(control) = document().active_element().and_then(|element| self.control(&element.id())) {
            self.focused.set(Some(control));
        }
    }

    /// The field of this key.
    pub fn control(self, key: &str) -> Option<Control> {
        self.controls.with_value(|all| all.iter().copied().find(|control| control.setting.key == key))
    }

    /// What stands around the settings.
    #[cfg(feature = "ssr")]
    pub fn around(self) -> Around {
        self.loaded.with_value(|loaded| loaded.around.clone())
    }

    /// What a visitor gets under what is saved.
    pub fn headers(self) -> HeadersView {
        self.loaded.with_value(|loaded| loaded.headers.clone())
    }

    /// Tells whether the person who looks has enrolled a second factor.
    pub fn you_enrolled(self) -> bool {
        self.loaded.with_value(|loaded| loaded.you_enrolled)
    }

    /// What is wrong with a field, by itself or beside the others.
    pub fn problem(self, control: Control) -> Option<String> {
        control.own_problem().or_else(|| self.ruled.with(|ruled| ruled.problem(control.setting)))
    }

    /// What is allowed in a field but probably not meant.
    pub fn warning(self, control: Control) -> Option<&'static str> {
        self.ruled
            .with(|ruled| ruled.warnings.iter().find(|found| found.key == control.setting.key).map(|found| found.words))
    }

    /// How many fields hold something unsaved.
    pub fn changed(self) -> usize {
        self.controls.with_value(|all| changed_in(all))
    }

    /// How many fields have to be looked at again.
    pub fn to_fix(self) -> usize {
        self.controls.with_value(|all| to_fix_in(all))
    }

    /// What was typed and not saved, by key.
    pub fn typed(self) -> BTreeMap<String, String> {
        let mut typed = BTreeMap::new();
        for control in self.controls().into_iter().filter(|control| untrack(|| control.dirty())) {
            typed.insert(control.setting.key.to_owned(), control.raw.get_untracked());
        }
        typed
    }

    /// Everything that stands in the fields, by key.
    pub fn values(self) -> BTreeMap<String, String> {
        // One by one: a map that is collected brings a whole sort along.
        let mut values = BTreeMap::new();
        for control in self.controls() {
            values.insert(control.setting.key.to_owned(), control.raw.get_untracked());
        }
        values
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
        kept::forget();
        self.revision.set(saved.revision);
        self.attempted.set(false);
        self.strays.set(Vec::new());
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
        kept::forget();
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

/// How many of these fields have to be looked at again.
pub fn to_fix_in(among: &[Control]) -> usize {
    among.iter().filter(|control| control.is_bad()).count()
}

/// Tells whether a setting was changed by the others and not by this person.
pub fn only_theirs(conflict: &Conflict, key: &str) -> bool {
    conflict.fields.iter().any(|field| field.key == key && field.yours == field.base)
}
