//! Reads a form of settings, and judges it.
use super::{Wanted, document};
use crate::{Error, Result};
use policy::{Reading, Settings, Violation, rules};
use std::collections::BTreeMap;

/// Reads a form and judges it by every rule. What no setting is called is named too: somebody meant
/// something by it. Where the text that can't be read was left as it is, it says so.
pub(super) fn checked(form: &BTreeMap<String, String>, stored: &Reading) -> Result<Settings> {
    let strays = form.keys().filter(|key| Settings::find(key).is_none());
    let mut found: BTreeMap<_, _> = strays.map(|key| (document::shown(key), document::unknown(key))).collect();
    let read = Settings::from_form(form);
    if let Err(violations) = &read {
        found.extend(in_words(violations.clone()));
    }
    // What is missing has an empty text, which some settings take.
    let is_left = |key: &str| {
        let raw = Settings::find(key).and_then(|setting| stored.raw(setting));
        raw.is_some() && form.get(key).map(String::as_str) == raw
    };
    found.extend(in_words(stored.problems()).filter(|(key, _)| is_left(key)));
    match read {
        Ok(wanted) if found.is_empty() => judged(wanted),
        _ => Err(Error::Invalid(found)),
    }
}

/// Is everything given a value on purpose that can't be read in what is stored?
///
/// # Errors
/// [`Error::Invalid`] with the words beside each setting that was not.
pub(super) fn settled(wanted: &Wanted, stored: &Reading) -> Result<()> {
    let left = wanted.unsettled(stored);
    if left.is_empty() { Ok(()) } else { Err(invalid(left)) }
}

/// The settings of a document of which all can be read.
///
/// # Errors
/// [`Error::Invalid`] with what can't.
pub(super) fn whole(stored: Reading) -> Result<Settings> {
    let found = stored.problems();
    if found.is_empty() { Ok(stored.settings) } else { Err(invalid(found)) }
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
