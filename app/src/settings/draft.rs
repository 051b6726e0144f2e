//! What the form holds: the text of each field, as the browser does, and everything derived from it.
pub use super::field::Control;
use super::{
    field::Shared,
    judged::Ruled,
    kept,
    rail::belongs,
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
#[cfg(not(feature = "ssr"))]
use {
    crate::components::browser,
    policy::value::{Kind, Unit},
};

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

/// The fields of the page, in its order.
struct Fields {
    all: Vec<Control>,
    /// How many of each section are to fix and how many are changed: a key wakes those of its own section only.
    counts: Vec<Memo<(usize, usize)>>,
    /// What was saved and typed in each when they were last read.
    read: Vec<Option<(String, String)>>,
}

/// The draft of all settings.
#[derive(Clone, Copy)]
pub struct Draft {
    fields: StoredValue<Fields>,
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
    ruled: RwSignal<Ruled>,
    /// Wakes whoever waits for a text, whichever it is.
    pub any_text: Trigger,
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
        let any_text = Trigger::new();
        let shared = Shared { attempted, left_one: RwSignal::new(false), ruled, any_text };
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
        let counts = Settings::sections().iter().map(|section| {
            let mine: Vec<_> = controls.iter().copied().filter(|control| belongs(control, section)).collect();
            Memo::new(move |_| (to_fix_in(&mine), changed_in(&mine)))
        });
        let counts = counts.collect();
        let draft = Self {
            fields: StoredValue::new(Fields { counts, read: vec![None; controls.len()], all: controls }),
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
            any_text,
        };
        draft.judge_together();
        draft.judge_when_quiet();
        draft
    }

    /// Reads every text that has changed, and asks the rules across settings about all of them.
    pub fn judge_together(self) {
        let mut settings = self.settings.get_untracked();
        let mut changed = false;
        self.fields.update_value(|Fields { all, read, .. }| {
            for (control, read) in all.iter().zip(read) {
                control.saved.with_untracked(|saved| {
                    control.raw.with_untracked(|raw| {
                        if read.as_ref().is_some_and(|(before, typed)| before == saved && typed == raw) {
                            return;
                        }
                        // A text with a problem changes nothing, so what is saved stands in for it.
                        drop(settings.set(control.setting, saved));
                        drop(settings.set(control.setting, raw));
                        *read = Some((saved.clone(), raw.clone()));
                        changed = true;
                    });
                });
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
        let quiet = Quiet { waiting: StoredValue::new(None), typed_again: StoredValue::new(false) };
        Effect::new(move |before: Option<()>| {
            self.any_text.track();
            // A review tells of what stood in the fields when it was asked for.
            if before.is_some() && self.review.with_untracked(Option::is_some) {
                self.review.set(None);
            }
            quiet.wait(self);
        });
        on_cleanup(move || {
            if let Some(waiting) = quiet.waiting.try_update_value(Option::take).flatten() {
                waiting.clear();
            }
        });
    }

    /// Every field, in the order of the page.
    pub fn controls(self) -> Vec<Control> {
        self.fields.with_value(|fields| fields.all.clone())
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

    /// Does once what the first key will do, while nobody waits: a browser compiles a function when it is first
    /// called, and there are hundreds behind a key. It is over before anything is drawn or typed.
    #[cfg(not(feature = "ssr"))]
    pub async fn rehearse(self) {
        let focused = document().active_element().map(|element| element.id()).unwrap_or_default();
        let fits = |control: &Control| {
            let Control { setting, locked, .. } = *control;
            !locked && setting.kind == Kind::Number && setting.unit == Unit::Minutes && setting.key != focused
        };
        let Some(control) = self.controls().into_iter().find(fits) else { return };
        if untrack(|| self.changed()) > 0 {
            return;
        }
        let saved = control.saved.get_untracked();
        browser::type_into(control.setting.key, &format!("{saved}0"));
        leptos::task::tick().await;
        browser::lay_out();
        control.settle(&saved);
        leptos::task::tick().await;
    }

    /// The field of this key.
    pub fn control(self, key: &str) -> Option<Control> {
        self.fields.with_value(|fields| fields.all.iter().copied().find(|control| control.setting.key == key))
    }

    /// Looks at what stands around the settings.
    #[cfg(feature = "ssr")]
    pub fn around<T>(self, look: impl FnOnce(&Around) -> T) -> T {
        self.loaded.with_value(|loaded| look(&loaded.around))
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

    /// How many fields of each section are to fix, and how many are changed.
    pub fn counts(self) -> Vec<Memo<(usize, usize)>> {
        self.fields.with_value(|fields| fields.counts.clone())
    }

    /// How many fields hold something unsaved.
    pub fn changed(self) -> usize {
        self.fields.with_value(|fields| fields.counts.iter().map(|count| count.get().1).sum())
    }

    /// How many fields have to be looked at again.
    pub fn to_fix(self) -> usize {
        self.fields.with_value(|fields| fields.counts.iter().map(|count| count.get().0).sum())
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
                control.type_in(text.clone());
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
                control.rebase(theirs);
            } else {
                control.settle(theirs);
            }
        }
        self.revision.set(view.revision);
        self.conflict.set(Some(conflict));
    }
}

/// Waits until nobody types. One wait serves all keys that come within it: to begin anew at each costs time.
#[derive(Clone, Copy)]
struct Quiet {
    waiting: StoredValue<Option<TimeoutHandle>>,
    typed_again: StoredValue<bool>,
}

impl Quiet {
    fn wait(self, draft: Draft) {
        if self.waiting.with_value(Option::is_some) {
            self.typed_again.set_value(true);
            return;
        }
        let over = move || {
            self.waiting.set_value(None);
            if self.typed_again.try_update_value(std::mem::take).unwrap_or_default() {
                self.wait(draft);
            } else {
                draft.judge_together();
            }
        };
        self.waiting.set_value(set_timeout_with_handle(over, QUIET).ok());
    }
}

/// How many of these fields hold something unsaved.
fn changed_in(among: &[Control]) -> usize {
    among.iter().filter(|control| control.dirty()).count()
}

/// How many of these fields have to be looked at again.
fn to_fix_in(among: &[Control]) -> usize {
    among.iter().filter(|control| control.is_bad()).count()
}

/// Tells whether a setting was changed by the others and not by this person.
pub fn only_theirs(conflict: &Conflict, key: &str) -> bool {
    conflict.fields.iter().any(|field| field.key == key && field.yours == field.base)
}
