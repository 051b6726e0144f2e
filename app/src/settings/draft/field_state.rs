//! What one field of the form holds, and what is to be said about it.
use super::validation::{CrossFieldChecks, FieldCheck};
use leptos::prelude::*;
use policy::{Setting, value::Kind};

/// What all fields share.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    /// Whether a save was refused for what the fields hold.
    pub(super) attempted: RwSignal<bool>,
    /// Whether the person has left any field.
    pub(super) left_one: RwSignal<bool>,
    pub(super) checks: RwSignal<CrossFieldChecks>,
}

/// What one field on the page holds.
#[derive(Debug, Clone, Copy)]
pub struct FieldState {
    /// The setting.
    pub setting: &'static Setting,
    /// The canonical text that is saved.
    pub saved: RwSignal<String>,
    /// The text that stands in the field.
    pub raw: RwSignal<String>,
    /// What the server said against this text.
    pub refused: RwSignal<Option<String>>,
    /// Whether this person may only read it.
    pub locked: bool,
    check: Memo<FieldCheck>,
    dirty: Memo<bool>,
    shown_problem: Memo<Option<String>>,
    left: RwSignal<bool>,
    left_one: RwSignal<bool>,
}

impl FieldState {
    pub(super) fn new(
        setting: &'static Setting,
        saved: String,
        raw: String,
        refused: Option<String>,
        locked: bool,
        shared: Shared,
    ) -> Self {
        let Shared { attempted, left_one, checks } = shared;
        let (saved, raw, refused) = (RwSignal::new(saved), RwSignal::new(raw), RwSignal::new(refused));
        let left = RwSignal::new(attempted.get_untracked());
        let check = Memo::new(move |_| raw.with(|raw| FieldCheck::of(setting, raw)));
        let dirty = Memo::new(move |_| saved.with(|saved| check.with(|check| check.canonical != *saved)));
        let shown_problem = Memo::new(move |_| {
            let done = setting.kind == Kind::Switch || left.get() || attempted.get();
            let own = || check.with(|check| check.problem.clone()).filter(|_| done);
            // Whatever was changed, it may be another field that has to follow.
            let beside = || checks.with(|checks| checks.problem(setting)).filter(|_| done || left_one.get());
            refused.get().or_else(own).or_else(beside)
        });
        Self { setting, saved, raw, refused, locked, check, dirty, shown_problem, left, left_one }
    }

    /// Whether what is saved can't be read, so that the field holds the text as it is stored.
    pub fn is_unreadable(self) -> bool {
        self.saved.with(|saved| self.setting.canonical(saved).is_err())
    }

    /// Whether the field holds something else than what is saved.
    pub fn dirty(self) -> bool {
        self.dirty.get()
    }

    /// What is wrong with the field; `None` until it is time to say so.
    pub fn shown_problem(self) -> Option<String> {
        self.shown_problem.get()
    }

    /// Whether it is time to say that something is wrong with the field.
    pub fn is_bad(self) -> bool {
        self.shown_problem.with(Option::is_some)
    }

    /// Whether the field holds the default.
    pub fn is_default(self) -> bool {
        self.check.with(|check| check.canonical == self.setting.default())
    }

    /// Whether the field is one of a number whose 0 has a name, and holds it.
    pub fn is_zero(self) -> bool {
        self.setting.zero.is_some() && self.raw.with(|raw| raw.trim() == "0")
    }

    /// What the field shows; empty where the box beside it says that there is no limit.
    pub fn shown(self) -> String {
        if self.is_zero() { String::new() } else { self.raw.get() }
    }

    /// What is wrong with the text by itself.
    pub fn own_problem(self) -> Option<String> {
        self.refused.get().or_else(|| self.check.with(|check| check.problem.clone()))
    }

    /// Takes what somebody types.
    pub fn type_in(self, text: String) {
        if self.refused.with_untracked(Option::is_some) {
            self.refused.set(None);
        }
        self.raw.set(text);
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

    /// Takes over what is saved, as if nobody had typed.
    pub(super) fn settle(self, saved: &str) {
        self.saved.set(saved.to_owned());
        self.type_in(saved.to_owned());
        self.left.set(false);
    }
}
