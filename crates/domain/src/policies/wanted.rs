//! What somebody wants to save, and what of it they have named.
use crate::Result;
use policy::{Reading, Setting, Settings, Unreadable, Violation};
use std::collections::BTreeSet;

/// Settings that somebody wants to save.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The settings.
    pub settings: Settings,
    named: Named,
    kept: Vec<Unreadable>,
}

/// Which settings were given their value on purpose.
#[derive(Debug, Clone)]
enum Named {
    All,
    Only(BTreeSet<&'static str>),
}

impl From<Settings> for Wanted {
    /// Settings of which each was given its value on purpose, as a form holds them.
    fn from(settings: Settings) -> Self {
        Self { settings, named: Named::All, kept: Vec::new() }
    }
}

impl Wanted {
    /// Settings of which these were given their value on purpose; the others only stand there as they were.
    pub fn naming(settings: Settings, named: impl IntoIterator<Item = &'static Setting>) -> Self {
        let named = Named::Only(named.into_iter().map(|setting| setting.key).collect());
        Self { settings, named, kept: Vec::new() }
    }

    /// What a document holds, of which what can't be read stays as it is stored, for the console and what goes back by
    /// itself: neither waits until somebody has mended it.
    pub(crate) fn keeping(Reading { settings, unreadable }: Reading) -> Self {
        Self { settings, named: Named::All, kept: unreadable }
    }

    /// What is to be stored.
    pub(super) fn into_reading(self) -> Reading {
        Reading { settings: self.settings, unreadable: self.kept }
    }

    /// The same settings, judged otherwise or changed.
    pub(super) fn map(self, change: impl FnOnce(Settings) -> Result<Settings>) -> Result<Self> {
        Ok(Self { settings: change(self.settings)?, ..self })
    }

    /// What can't be read in what is stored and was not named: it must not become another value because somebody saved
    /// something else.
    pub(super) fn unsettled(&self, stored: &Reading) -> Vec<Violation> {
        let left = stored.problems().into_iter();
        match &self.named {
            Named::All => Vec::new(),
            Named::Only(named) => left.filter(|found| !named.contains(found.key)).collect(),
        }
    }
}
