//! The policy as a document: tables of typed values, for TOML files and for the REST API.
use crate::{Error, Result};
use policy::{Setting, Settings, value::Kind};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Writes the settings as nested tables of typed values: `{"sessions": {"lifetime": 480}}`.
pub fn write(settings: &Settings) -> Value {
    let mut root = Map::new();
    for setting in Settings::all() {
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
pub fn read(document: &Value, current: &Settings) -> Result<Settings> {
    let mut found = BTreeMap::new();
    let mut flat = Vec::new();
    match document {
        Value::Object(table) => flatten("", table, &mut flat),
        _ => drop(found.insert("document".to_owned(), "Not a table of settings.".to_owned())),
    }
    let mut settings = current.clone();
    for (key, value) in flat {
        let Some(setting) = Settings::find(&key) else {
            found.insert(key.clone(), unknown(&key));
            continue;
        };
        let outcome = match text(setting, value) {
            Some(text) => settings.set(setting, &text).map_err(|problem| problem.to_string()),
            None => Err(format!("Takes a {}.", setting.kind.name())),
        };
        if let Err(words) = outcome {
            found.insert(key, words);
        }
    }
    if found.is_empty() { Ok(settings) } else { Err(Error::Invalid(found)) }
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

/// The text that a form field would hold; nothing when the value is of another type.
fn text(setting: &Setting, value: &Value) -> Option<String> {
    let separator = if setting.kind == Kind::Emails { ", " } else { "\n" };
    match (setting.kind, value) {
        (Kind::Switch, Value::Bool(on)) => Some(on.to_string()),
        (Kind::Number | Kind::Limit, Value::Number(number)) => Some(number.to_string()),
        (Kind::Switch | Kind::Number | Kind::Limit, _) => None,
        (_, Value::String(text)) => Some(text.clone()),
        (Kind::Emails | Kind::Lines, Value::Array(entries)) => {
            let entries: Option<Vec<_>> = entries.iter().map(Value::as_str).collect();
            Some(entries?.join(separator))
        }
        _ => None,
    }
}

pub(super) fn unknown(key: &str) -> String {
    let near = Settings::all()
        .map(|setting| (strsim::damerau_levenshtein(setting.key, key), setting.key))
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
        let document = write(&settings);
        assert_eq!(document["sessions"]["lifetime"], json!(480));
        assert_eq!(document["lockout"]["sign_in"]["max_attempts"], json!(5));
        assert_eq!(read(&document, &settings).expect("it is whole"), settings);
    }

    #[test]
    fn what_a_document_does_not_name_stays_as_it_is() {
        let mut current = Settings::default();
        current.two_factor.require_admins = true;
        let read = read(&json!({"sessions": {"lifetime": 60}}), &current).expect("a partial document");
        assert!(read.two_factor.require_admins);
        assert_eq!(read.sessions.lifetime.0, 60);
        assert_eq!(super::read(&json!({}), &current).expect("an empty document"), current);
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_one_that_was_meant() {
        let found = refused(&json!({"sessions": {"life_time": 60}, "nonsense": 1}));
        assert_eq!(found["sessions.life_time"], "No setting has this key. Did you mean sessions.lifetime?");
        assert!(found.contains_key("nonsense"));
    }

    #[test]
    fn a_value_of_another_type_or_out_of_range_is_refused() {
        let found = refused(&json!({
            "sessions": {"lifetime": "480", "idle_timeout": 4.5},
            "two_factor": {"require_admins": "yes", "email_code_lifetime": -1},
        }));
        assert_eq!(found["sessions.lifetime"], "Takes a whole number.");
        assert!(found["sessions.idle_timeout"].starts_with("Not a whole number."));
        assert_eq!(found["two_factor.require_admins"], "Takes a switch.");
        assert!(found["two_factor.email_code_lifetime"].starts_with("At least 60"));
    }
}
