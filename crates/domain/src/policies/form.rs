//! Reads a form of settings, and judges it.
use super::document;
use crate::{Error, Result};
use policy::{Settings, Violation, rules};
use std::collections::BTreeMap;

/// Reads a form and judges it by every rule. What no setting is called is named too: somebody meant
/// something by it.
pub(super) fn checked(form: &BTreeMap<String, String>) -> Result<Settings> {
    let strays = form.keys().filter(|key| Settings::find(key).is_none());
    let mut found: BTreeMap<_, _> =
        strays.map(|key| (key.chars().take(100).collect(), document::unknown(key))).collect();
    match Settings::from_form(form) {
        Ok(wanted) if found.is_empty() => return judged(wanted),
        Ok(_) => {}
        Err(violations) => found.extend(in_words(violations)),
    }
    Err(Error::Invalid(found))
}

/// Judges settings by the rules across them.
pub(super) fn judged(wanted: Settings) -> Result<Settings> {
    let found = rules::violations(&wanted);
    if found.is_empty() { Ok(wanted) } else { Err(invalid(found)) }
}

pub(super) fn invalid(found: Vec<Violation>) -> Error {
    Error::Invalid(in_words(found).collect())
}

fn in_words(found: Vec<Violation>) -> impl Iterator<Item = (String, String)> {
    found.into_iter().map(|violation| (violation.key.to_owned(), violation.problem.to_string()))
}
