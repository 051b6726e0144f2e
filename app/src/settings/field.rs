//! What one field of the form holds, and what is to be said about it.
use super::judged::{Judged, Ruled};
use leptos::prelude::*;
use policy::{Setting, value::Kind};

/// What all fields share.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) attempted: RwSignal<bool>,
    /// Whether the person has left any field.
    pub(super) left_one: RwSignal<bool>,
    pub(super) ruled: RwSignal<Ruled>,
    /// Wakes whoever waits for any text at all: to wait for each by itself would cost time at each key.
    pub(super) any_text: Trigger,
}

/// Sets what is not so already.
fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|now| *now != value) {
        signal.set(value);
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
    // Worked out by `judge`, not as memos: a key seldom changes any of it, and then wakes nobody.
    problem: RwSignal<Option<String>>,
    dirty: RwSignal<bool>,
    default: RwSignal<bool>,
    zero: RwSignal<bool>,
    shown_problem: Memo<Option<String>>,
    /// What the server said against this text.
    pub refused: RwSignal<Option<String>>,
    left: RwSignal<bool>,
    left_one: RwSignal<bool>,
    any_text: Trigger,
    /// Whether this person may only read it.
    pub locked: bool,
    /// Under what people find it, once somebody has searched.
    pub text: StoredValue<Option<String>>,
}

impl Control {
    pub(super) fn new(
        setting: &'static Setting,
        saved: String,
        raw: String,
        refused: Option<String>,
        locked: bool,
        shared: Shared,
    ) -> Self {
        let Shared { attempted, left_one, ruled, any_text } = shared;
        let (saved, raw, refused) = (RwSignal::new(saved), RwSignal::new(raw), RwSignal::new(refused));
        let left = RwSignal::new(attempted.get_untracked());
        let problem = RwSignal::new(None);
        let shown_problem = Memo::new(move |_| {
            let done = setting.kind == Kind::Switch || left.get() || attempted.get();
            let own = || problem.get().filter(|_| done);
            // Whatever was changed, it may be another field that has to follow.
            let beside = || ruled.with(|ruled| ruled.problem(setting)).filter(|_| done || left_one.get());
            refused.get().or_else(own).or_else(beside)
        });
        let text = StoredValue::new(None);
        let control = Self {
            setting,
            saved,
            raw,
            problem,
            dirty: RwSignal::new(false),
            default: RwSignal::new(false),
            zero: RwSignal::new(false),
            shown_problem,
            refused,
            left,
            left_one,
            any_text,
            locked,
            text,
        };
        control.judge();
        control
    }

    /// Whether the field holds something else than what is saved.
    pub fn dirty(self) -> bool {
        self.dirty.get()
    }

    /// What is wrong with the field, once it is time to say so.
    pub fn shown_problem(self) -> Option<String> {
        self.shown_problem.get()
    }

    /// Whether it is time to say that something is wrong with the field.
    pub fn is_bad(self) -> bool {
        self.shown_problem.with(Option::is_some)
    }

    /// Whether the field holds the default.
    pub fn is_default(self) -> bool {
        self.default.get()
    }

    /// Whether the field is one of a number whose 0 has a name, and holds it.
    pub fn is_zero(self) -> bool {
        self.zero.get()
    }

    /// What the field shows: nothing where the box beside it says that there is no limit.
    pub fn shown(self) -> String {
        if self.zero.get_untracked() { String::new() } else { self.raw.get_untracked() }
    }

    /// What is wrong with the text by itself.
    pub fn own_problem(self) -> Option<String> {
        self.refused.get().or_else(|| self.problem.get())
    }

    /// Judges what stands in the field and what is saved; only what becomes otherwise wakes anybody.
    fn judge(self) {
        let Judged { canonical, problem } = self.raw.with_untracked(|raw| Judged::of(self.setting, raw));
        put(self.dirty, self.saved.with_untracked(|saved| canonical != *saved));
        put(self.default, canonical == self.setting.default());
        put(self.zero, self.setting.zero.is_some() && self.raw.with_untracked(|raw| raw.trim() == "0"));
        put(self.problem, problem);
    }

    /// Takes what somebody types into the field, which holds it already: to write it there anew at each key costs
    /// time.
    pub fn typed(self, text: String) {
        self.take(text);
        if self.zero.get_untracked() {
            self.write();
        }
    }

    /// Types a text into the field for somebody.
    pub fn type_in(self, text: String) {
        self.take(text);
        self.write();
    }

    fn take(self, text: String) {
        put(self.refused, None);
        self.raw.set(text);
        self.judge();
        self.any_text.notify();
    }

    /// Has the field on the page show what it holds. What is chosen or switched follows by itself.
    #[cfg_attr(feature = "ssr", expect(clippy::unused_self, reason = "only a browser has the page"))]
    fn write(self) {
        #[cfg(not(feature = "ssr"))]
        if !matches!(self.setting.kind, Kind::Switch | Kind::Choice) {
            crate::components::browser::write_into(self.setting.key, &self.shown());
        }
    }

    /// Puts what others have saved below what somebody has typed.
    pub(super) fn rebase(self, theirs: &str) {
        self.saved.set(theirs.to_owned());
        self.judge();
        self.any_text.notify();
    }

    /// Puts the default into the field.
    pub fn reset(self) {
        self.type_in(self.setting.default());
        self.leave();
    }

    /// Takes note that the person has left the field, so that problems may be shown.
    pub fn leave(self) {
        self.left.set(true);
        self.left_one.set(true);
    }

    pub(super) fn settle(self, saved: &str) {
        self.saved.set(saved.to_owned());
        self.type_in(saved.to_owned());
        self.left.set(false);
    }
}
