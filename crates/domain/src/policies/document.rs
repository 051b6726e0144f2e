//! The policy as a document: tables of typed values, for TOML files and for the REST API.
mod strict;

pub use strict::Document;

use super::Wanted;
use crate::{Error, Result};
use policy::{Reading, Setting, Settings, value::Kind};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The most of a key that is looked at and told of, in characters; no setting's is as long.
const KEY: usize = 100;

/// Writes the settings as nested tables of typed values: `{"sessions": {"lifetime": 480}}`. What can't be read is left
/// out, so that whoever sends the document back does not give it a value by the way.
pub fn write(stored: &Reading) -> Value {
    let Reading { settings, .. } = stored;
    let mut root = Map::new();
    for setting in Settings::all().filter(|setting| stored.raw(setting).is_none()) {
        insert(&mut root, setting.key, typed(setting, settings.print(setting)));
    }
    Value::Object(root)
}

fn insert(table: &mut Map<String, Value>, key: &str, value: Value) {
    match key.split_once('.') {
        None => drop(table.insert(key.to_owned(), value)),
        Some((first, rest)) => {
            let inner = table.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

fn typed(setting: &Setting, text: String) -> Value {
    let entries = |separator: char| {
        let entries = text.split(separator).map(str::trim).filter(|entry| !entry.is_empty());
        Value::Array(entries.map(Value::from).collect())
    };
    match setting.kind {
        Kind::Switch => Value::Bool(text == "true"),
        Kind::Number | Kind::Limit => text.parse::<u32>().map_or(Value::Null, Value::from),
        Kind::Emails => entries(','),
        Kind::Lines => entries('\n'),
        Kind::Choice | Kind::Line | Kind::Text => Value::String(text),
    }
}

/// Reads a document on top of settings: what it does not name stays as it is, so that half a file
/// turns nothing off.
///
/// # Errors
/// [`Error::Invalid`] with every key that no setting has (and the one that was probably meant), and
/// every value that its setting does not take.
pub fn read(document: &Value, current: &Settings) -> Result<Wanted> {
    let mut found = BTreeMap::new();
    let mut flat = Vec::new();
    match document {
        Value::Object(table) => flatten("", table, &mut flat),
        _ => drop(found.insert("document".to_owned(), "Not a table of settings.".to_owned())),
    }
    let (mut settings, mut named, mut keys) = (current.clone(), Vec::new(), BTreeSet::new());
    for (key, value) in flat {
        if !keys.insert(key.clone()) {
            found.insert(
                shown(&key),
                "Stands there twice, once with a dot and once in a table. Keep one of them.".to_owned(),
            );
            continue;
        }
        let Some(setting) = Settings::find(&key) else {
            found.insert(shown(&key), unknown(&key));
            continue;
        };
        named.push(setting);
        let read = text(setting, value);
        let outcome = read.and_then(|text| settings.set(setting, &text).map_err(|problem| problem.to_string()));
        if let Err(words) = outcome {
            found.insert(key, words);
        }
    }
    if found.is_empty() { Ok(Wanted::naming(settings, named)) } else { Err(Error::Invalid(found)) }
}

fn flatten<'a>(prefix: &str, table: &'a Map<String, Value>, out: &mut Vec<(String, &'a Value)>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Object(inner) if !inner.is_empty() => flatten(&key, inner, out),
            value => out.push((key, value)),
        }
    }
}

/// The text that a form field would hold. A value of another type is refused in the words in which the form
/// refuses a text that is none of its own.
fn text(setting: &Setting, value: &Value) -> std::result::Result<String, String> {
    let separator = if setting.kind == Kind::Emails { ", " } else { "\n" };
    let words = |text: &str| setting.canonical(text).err().map(|problem| problem.to_string());
    let quoted = || words(&value.to_string()).unwrap_or_else(|| "Takes a text in quotes.".to_owned());
    match (setting.kind, value) {
        (Kind::Switch, Value::Bool(on)) => Ok(on.to_string()),
        (Kind::Number | Kind::Limit, Value::Number(number)) => Ok(number.to_string()),
        (Kind::Switch | Kind::Number | Kind::Limit, Value::String(text)) => Err(words(text).unwrap_or_else(quoted)),
        (Kind::Switch | Kind::Number | Kind::Limit | Kind::Choice, value) if !value.is_string() => Err(quoted()),
        (_, Value::String(text)) => Ok(text.clone()),
        (Kind::Emails | Kind::Lines, Value::Array(entries)) => {
            let entries: Option<Vec<_>> = entries.iter().map(Value::as_str).collect();
            entries.map(|entries| entries.join(separator)).ok_or_else(|| "Takes a list of texts.".to_owned())
        }
        (Kind::Emails | Kind::Lines, _) => Err("Takes a list of texts.".to_owned()),
        _ => Err("Takes a text in quotes.".to_owned()),
    }
}

/// A key as it is told of: no more of it than `KEY`.
pub(super) fn shown(key: &str) -> String {
    key.chars().take(KEY).collect()
}

/// What is said about a key that no setting has.
pub(super) fn unknown(key: &str) -> String {
    // To compare the whole of a long one with every setting's would be work for nothing.
    let key = shown(key);
    let near = Settings::all()
        .map(|setting| (strsim::damerau_levenshtein(setting.key, &key), setting.key))
        .min()
        .filter(|(distance, known)| *distance <= known.len() / 3);
    match near {
        Some((_, known)) => format!("No setting has this key. Did you mean {known}?"),
        None => "No setting has this key. `bailey policy export` lists every key.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(document: &Value) -> BTreeMap<String, String> {
        match read(document, &Settings::default()) {
            Err(Error::Invalid(found)) => found,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let settings = Settings::default();
        let document = write(&settings.clone().into());
        assert_eq!(document["sessions"]["lifetime"], json!(480));
        assert_eq!(document["lockout"]["sign_in"]["max_attempts"], json!(5));
        assert_eq!(read(&document, &settings).expect("it is whole").settings, settings);
    }

    #[test]
    fn what_a_document_does_not_name_stays_as_it_is() {
        let mut current = Settings::default();
        current.two_factor.require_admins = true;
        let read = read(&json!({"sessions": {"lifetime": 60}}), &current).expect("a partial document").settings;
        assert!(read.two_factor.require_admins);
        assert_eq!(read.sessions.lifetime.0, 60);
        assert_eq!(super::read(&json!({}), &current).expect("an empty document").settings, current);
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_one_that_was_meant() {
        let found = refused(&json!({"sessions": {"life_time": 60}, "nonsense": 1}));
        assert_eq!(found["sessions.life_time"], "No setting has this key. Did you mean sessions.lifetime?");
        assert!(found.contains_key("nonsense"));
    }

    /// Fails when `read` tells the whole of a key. That `unknown` compares the beginning alone is seen in its time only.
    #[test]
    fn a_long_key_is_looked_at_and_told_of_by_its_beginning() {
        assert!(Settings::all().all(|setting| setting.key.len() < KEY / 2));
        let long = "k".repeat(60_000);
        for document in [
            json!({&long: 1}),
            json!({"sessions": {&long: 1}}),
            json!({&long: {"lifetime": 1}}),
            json!({format!("a.{long}"): 1, "a": {&long: 2}}),
        ] {
            let found = refused(&document);
            assert!(found.iter().all(|(key, words)| key.len() <= KEY && words.len() < 200), "{found:?}");
        }
        assert_eq!(unknown(&format!("sessions.lifetime{long}")), unknown(&long), "only what is near was meant");
    }

    #[test]
    fn a_value_of_another_type_or_out_of_range_is_refused() {
        let found = refused(&json!({
            "sessions": {"lifetime": "480", "idle_timeout": 4.5},
            "two_factor": {"require_admins": "yes", "email_code_lifetime": -1, "passkeys": "true"},
            "headers": {"xss_protection": 0, "csp": 1},
            "network": {"admin_allowlist": [1]},
        }));
        assert!(found["sessions.lifetime"].starts_with("Not a whole number."));
        assert!(found["sessions.idle_timeout"].starts_with("Not a whole number."));
        assert_eq!(found["two_factor.require_admins"], "Choose on or off.");
        assert_eq!(found["two_factor.passkeys"], "Choose on or off.", "a text in quotes is no switch");
        assert!(found["two_factor.email_code_lifetime"].starts_with("At least 60"));
        assert_eq!(found["headers.xss_protection"], "Takes a text in quotes.");
        assert_eq!(found["headers.csp"], "Takes a text in quotes.");
        assert_eq!(found["network.admin_allowlist"], "Takes a list of texts.");
    }

    /// What the form says about these texts, and a document about these values.
    #[test]
    fn a_document_is_refused_in_the_words_of_the_form() {
        let huge = "99999999999999999999";
        for (key, typed, value) in [
            ("sessions.lifetime", "", "\"\""),
            ("sessions.lifetime", "8h", "\"8h\""),
            ("sessions.lifetime", "Ⅷ", "\"Ⅷ\""),
            ("sessions.lifetime", "1.5", "1.5"),
            ("sessions.lifetime", huge, huge),
            ("sessions.idle_timeout", "true", "true"),
            ("sessions.idle_timeout", "-99999999999999999999", "-99999999999999999999"),
            ("two_factor.passkeys", "maybe", "\"maybe\""),
            ("passwords.policy", "best", "\"best\""),
            ("passwords.policy", "7", "7"),
        ] {
            let setting = Settings::find(key).expect("it is declared");
            let said = setting.canonical(typed).expect_err(typed).to_string();
            let json = serde_json::from_str::<Document>(&format!("{{\"{key}\": {value}}}")).expect("a document");
            assert_eq!(refused(&json.0)[key], said, "{key} {value}");
        }
        let choice = refused(&json!({"passwords.policy": "best"}));
        assert_eq!(choice["passwords.policy"], "Choose one of basic, standard, strong.");
    }

    #[test]
    fn what_stands_there_twice_is_refused() {
        for text in [
            r#"{"sessions": {"lifetime": 60, "lifetime": 70}}"#,
            r#"{"sessions": {"lifetime": 60}, "sessions": {"idle_timeout": 10}}"#,
        ] {
            let error = serde_json::from_str::<Document>(text).expect_err(text).to_string();
            assert!(error.contains("stands there twice"), "{error}");
        }
        let found = refused(&json!({"sessions.lifetime": 60, "sessions": {"lifetime": 90}}));
        assert!(found["sessions.lifetime"].starts_with("Stands there twice"), "{found:?}");
    }
}
