//! Gathers the configuration from its three sources and remembers where each value stands.
use super::{
    error::ConfigError,
    foreign::is_foreign,
    keys::{KEYS, Key, Overrides},
    secret_url::SecretUrl,
};
use policy::plain_text;
use std::{collections::BTreeMap, ffi::OsString, io, path::Path};

const PREFIX: &str = "BAILEY_";

#[derive(Debug, Clone)]
struct Given {
    value: String,
    source: String,
}

/// What was given, and where.
#[derive(Debug)]
pub(super) struct Sources(BTreeMap<&'static str, Given>);

impl Sources {
    pub(super) fn gather(
        flags: &Overrides,
        environment: impl Iterator<Item = (OsString, OsString)>,
        read_file: &impl Fn(&Path) -> io::Result<Vec<u8>>,
    ) -> Result<Self, ConfigError> {
        let mut on_top = BTreeMap::new();
        for (name, value) in environment {
            // A name that is no text is none of ours.
            let Some(name) = name.to_str() else { continue };
            let Some(rest) = name.strip_prefix(PREFIX) else { continue };
            let source = format!("the environment ({name})");
            let Some(key) = find(&rest.to_lowercase()) else {
                if is_foreign(rest, &value.to_string_lossy()) {
                    continue;
                }
                return Err(unknown(name, "the environment", PREFIX));
            };
            on_top.insert(key.name, Given { value: text_of(value.as_encoded_bytes(), &source)?, source });
        }
        for (name, value) in flags.given() {
            on_top.insert(name, Given { value, source: format!("the flag --{}", name.replace('_', "-")) });
        }
        let mut all = from_file(on_top.get("config").map(|given| given.value.as_str()), read_file)?;
        all.extend(on_top);
        Ok(Self(all))
    }

    /// Returns a value that was given.
    pub(super) fn given(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|given| given.value.trim()).filter(|value| !value.is_empty())
    }

    /// Returns a value, or its default.
    pub(super) fn text(&self, name: &str) -> &str {
        self.given(name).unwrap_or_else(|| find(name).map_or("", |key| key.default))
    }

    /// Returns a typed value, or its default.
    pub(super) fn parse<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, ConfigError> {
        self.check(name, parse(self.text(name)))
    }

    /// Returns a typed value, if it was given.
    pub(super) fn parse_given<T>(
        &self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        self.given(name).map(|text| self.check(name, parse(text))).transpose()
    }

    /// Returns a URL that may hold a secret, given itself or in a file, if it passes this check.
    pub(super) fn secret(
        &self,
        name: &'static str,
        read_file: &impl Fn(&Path) -> io::Result<Vec<u8>>,
        check: impl Fn(&str) -> Result<(), String>,
    ) -> Result<Option<SecretUrl>, ConfigError> {
        let file = format!("{name}_file");
        let (text, source) = if let Some(value) = self.given(name) {
            (value.to_owned(), self.source(name))
        } else if let Some(path) = self.given(&file) {
            let source = format!("the file {path}, named in {}", self.source(&file));
            let bytes = read_file(Path::new(path)).map_err(|cause| file_error(path, &cause))?;
            (text_of(&bytes, &source)?.trim().to_owned(), source)
        } else {
            return Ok(None);
        };
        match check(&text) {
            Ok(()) => Ok(Some(SecretUrl::new(text, source))),
            Err(expected) => Err(bad(name, source, "what it is".to_owned(), expected)),
        }
    }

    /// Returns what a file holds that was named, if one was.
    pub(super) fn file<T>(
        &self,
        name: &'static str,
        read_file: &impl Fn(&Path) -> io::Result<Vec<u8>>,
        parse: impl Fn(&[u8]) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(path) = self.given(name) else { return Ok(None) };
        let bytes = read_file(Path::new(path)).map_err(|cause| file_error(path, &cause))?;
        self.check(name, parse(&bytes)).map(Some)
    }

    /// Returns where a value stands.
    fn source(&self, name: &str) -> String {
        self.0.get(name).map_or_else(|| "its default".to_owned(), |given| given.source.clone())
    }

    /// Puts the place and the value to what is wrong.
    pub(super) fn check<T>(&self, name: &str, parsed: Result<T, String>) -> Result<T, ConfigError> {
        let value = || format!("`{}`", self.text(name).escape_debug());
        parsed.map_err(|expected| bad(name, self.source(name), value(), expected))
    }
}

fn bad(name: &str, source_name: String, value: String, expected: String) -> ConfigError {
    ConfigError::Bad { key: find(name).unwrap_or(&KEYS[0]).name, source_name, value, expected }
}

fn text_of(bytes: &[u8], source: &str) -> Result<String, ConfigError> {
    plain_text(bytes).map_err(|problem| ConfigError::NoText { source_name: source.to_owned(), problem })
}

fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

fn from_file(
    asked: Option<&str>,
    read_file: &impl Fn(&Path) -> io::Result<Vec<u8>>,
) -> Result<BTreeMap<&'static str, Given>, ConfigError> {
    let path = asked.unwrap_or(KEYS[0].default);
    let text = match read_file(Path::new(path)) {
        Ok(bytes) => text_of(&bytes, path)?,
        // Only the default file may be missing.
        Err(cause) if cause.kind() == io::ErrorKind::NotFound && asked.is_none() => return Ok(BTreeMap::new()),
        Err(cause) => return Err(file_error(path, &cause)),
    };
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| ConfigError::NotToml {
        path: path.to_owned(),
        cause: error.message().to_owned(),
    })?;
    let mut found = BTreeMap::new();
    for (name, value) in table {
        let key = find(&name).filter(|key| key.name != "config").ok_or_else(|| unknown(&name, path, ""))?;
        found.insert(key.name, Given { value: as_text(value), source: path.to_owned() });
    }
    Ok(found)
}

/// Returns the text of a value; a list becomes a text with commas, as it would be in the environment.
fn as_text(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text,
        toml::Value::Array(list) => list.into_iter().map(as_text).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn file_error(path: &str, cause: &io::Error) -> ConfigError {
    ConfigError::File { path: path.to_owned(), cause: cause.to_string() }
}

fn unknown(written: &str, source: &str, prefix: &str) -> ConfigError {
    let bare = written.strip_prefix(prefix).unwrap_or(written).to_lowercase();
    let nearest = KEYS.iter().map(|key| (strsim::damerau_levenshtein(&bare, key.name), key.name)).min();
    let hint = match nearest {
        Some((distance, name)) if distance <= 3 => {
            let name = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}{}", name.to_uppercase()) };
            format!(" Did you mean `{name}`?")
        }
        _ => String::new(),
    };
    ConfigError::Unknown { key: written.escape_debug().to_string(), source_name: source.to_owned(), hint }
}
