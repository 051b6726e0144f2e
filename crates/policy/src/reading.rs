//! What a stored document holds: the settings, and what of it can't be read.
use crate::{Change, Setting, Settings, Violation, change, value::Problem};
use std::collections::BTreeMap;

/// A stored text that is no value of its setting, or one that is missing, as after damage; or where a version stored what a
/// later one refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The key of its setting.
    pub key: &'static str,
    /// The text; empty where it is missing.
    pub raw: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What a stored document holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The settings. For what can't be read another value stands here: the safe one, until an earlier one is found.
    pub settings: Settings,
    /// What can't be read, in the order of the page.
    pub unreadable: Vec<Unreadable>,
}

impl From<Settings> for Reading {
    /// Settings of which every one can be read.
    fn from(settings: Settings) -> Self {
        Self { settings, unreadable: Vec::new() }
    }
}

impl Reading {
    /// Reads a stored document. What is newer than the document takes its default; what can't be read, or is missing
    /// though the version that stored it knew it, takes its safe value and is reported, so that damage neither takes a
    /// workspace down nor opens it.
    pub fn of(document: &BTreeMap<String, String>) -> Self {
        let mut settings = Settings::default();
        let mut unreadable = Vec::new();
        // Each version stores whatever it knows, so the newest setting says how old a document is at most.
        let known = Settings::all().filter(|setting| document.contains_key(setting.key));
        let generation = known.map(|setting| setting.since).max();
        for setting in Settings::all() {
            let read = match document.get(setting.key) {
                Some(raw) => settings.set(setting, raw),
                None if generation.is_some_and(|generation| setting.since <= generation) => Err(Problem::Missing),
                None => continue,
            };
            if let Err(problem) = read {
                let raw = document.get(setting.key).cloned().unwrap_or_default();
                unreadable.push(Unreadable { key: setting.key, raw, problem });
                // A test reads every safe value.
                drop(settings.set(setting, &setting.safe()));
            }
        }
        Self { settings, unreadable }
    }

    /// The document as it is stored; what can't be read stays as it was.
    pub fn to_document(&self) -> BTreeMap<String, String> {
        let mut document = self.settings.to_document();
        for Unreadable { key, raw, problem } in &self.unreadable {
            if *problem == Problem::Missing {
                document.remove(*key);
            } else {
                document.insert((*key).to_owned(), raw.clone());
            }
        }
        document
    }

    /// The text of each setting as a page shows it: as it is stored, and empty where it is missing.
    pub fn texts(&self) -> BTreeMap<String, String> {
        let mut texts = self.settings.to_document();
        texts.extend(self.unreadable.iter().map(|found| (found.key.to_owned(), found.raw.clone())));
        texts
    }

    /// The stored text of a setting that can't be read; `None` where it can.
    pub fn raw(&self, setting: &Setting) -> Option<&str> {
        self.unreadable.iter().find(|found| found.key == setting.key).map(|found| found.raw.as_str())
    }

    /// Lists what differs in what is stored, in the order of the page: what can't be read counts by its text, and is
    /// weakened where what held in its place is.
    pub fn changes_to(&self, after: &Self) -> Vec<Change> {
        let side = |reading: &Self, setting: &Setting| match reading.raw(setting) {
            Some(raw) => (raw.to_owned(), words_of(raw)),
            None => (reading.settings.print(setting), reading.settings.in_words(setting)),
        };
        let differs = |setting| {
            let weakens = change::weakens(setting, &self.settings, &after.settings);
            // What a text was meant to be that can't be read is not known.
            let unknown = self.raw(setting).or(after.raw(setting)).is_some();
            let tightens = unknown || change::weakens(setting, &after.settings, &self.settings);
            change::difference(setting, side(self, setting), side(after, setting), (weakens, tightens))
        };
        Settings::all().filter_map(differs).collect()
    }

    /// What can't be read, said beside each setting with what holds instead; empty where all of it can.
    pub fn problems(&self) -> Vec<Violation> {
        let words = |found: &Unreadable| {
            let holds = Settings::find(found.key).map(|setting| self.settings.in_words(setting)).unwrap_or_default();
            Problem::Grammar(format!(
                "What is stored here can't be read; instead of it, this holds: {holds}. Give it a value: nothing is saved before."
            ))
        };
        self.unreadable.iter().map(|found| Violation { key: found.key, problem: words(found) }).collect()
    }
}

/// A text that can't be read, in words, shortened.
fn words_of(raw: &str) -> String {
    if raw.is_empty() {
        return "nothing, which can't be read".to_owned();
    }
    let shown: String = raw.chars().map(|c| if c.is_control() { ' ' } else { c }).take(100).collect();
    format!("“{shown}”, which can't be read")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{decide::network, value::Minutes};

    fn document(changes: &[(&str, &str)]) -> BTreeMap<String, String> {
        let mut document = Settings::default().to_document();
        document.extend(changes.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())));
        document
    }

    #[test]
    fn what_cannot_be_read_takes_its_safe_value_and_is_reported() {
        let read = Reading::of(&document(&[
            ("sessions.lifetime", "a\r\nb"),
            ("two_factor.require_admins", "yes"),
            ("network.admin_allowlist", "203.0.113.0/24\n0.0.0.0/1\n128.0.0.0/1"),
            ("sessions.idle_timeout", "10"),
        ]));
        assert_eq!(read.settings.sessions.lifetime, Minutes(480));
        assert!(read.settings.two_factor.require_admins);
        assert!(network::admits(&read.settings, "203.0.113.7".parse().ok()).is_err(), "nobody is let in");
        let keys: Vec<_> = read.unreadable.iter().map(|found| found.key).collect();
        assert_eq!(keys, ["sessions.lifetime", "two_factor.require_admins", "network.admin_allowlist"]);
        assert_eq!(read.settings.print(Settings::find("sessions.idle_timeout").expect("it is declared")), "10");
        assert_eq!(read.to_document()["two_factor.require_admins"], "yes", "it stays as it was stored");
        assert_eq!(read.problems().len(), 3);
    }

    #[test]
    fn a_document_of_an_earlier_version_takes_the_defaults_it_lacks() {
        assert_eq!(Reading::of(&BTreeMap::new()), Reading::from(Settings::default()));
        let mut earlier = Settings::default().to_document();
        for setting in Settings::all().filter(|setting| setting.since > 0) {
            earlier.remove(setting.key);
        }
        assert_eq!(Reading::of(&earlier), Reading::from(Settings::default()));
    }

    /// Fails when what was taken out of a document loosens anything, or is put back by the way.
    #[test]
    fn what_was_taken_out_of_a_document_takes_its_safe_value_and_is_reported() {
        for setting in Settings::all() {
            let mut document = document(&[]);
            document.remove(setting.key);
            let newest = Settings::all().any(|other| other.key != setting.key && other.since >= setting.since);
            if !newest {
                continue;
            }
            let read = Reading::of(&document);
            assert_eq!(read.unreadable.iter().map(|found| found.key).collect::<Vec<_>>(), [setting.key]);
            assert_eq!(read.settings.print(setting), setting.safe(), "{}", setting.key);
            assert_eq!(read.to_document(), document, "{}", setting.key);
        }
        let taken_out = ["two_factor.require_admins", "network.admin_allowlist", "sessions.lifetime"];
        let mut document = document(&[("network.admin_allowlist", "203.0.113.0/24")]);
        document.retain(|key, _| !taken_out.contains(&key.as_str()));
        let read = Reading::of(&document);
        assert!(read.settings.two_factor.require_admins);
        assert!(network::admits(&read.settings, "203.0.113.7".parse().ok()).is_err(), "nobody is let in");
        assert_eq!(read.unreadable.len(), 3);
    }

    #[test]
    fn a_change_of_what_cannot_be_read_is_told_from_its_text_and_judged_by_what_held() {
        let before = Reading::of(&document(&[("two_factor.require_admins", "yes"), ("sessions.lifetime", "1h")]));
        let changes = before.changes_to(&Settings::default().into());
        let told: Vec<_> = changes.iter().map(|c| (c.setting.key, c.from_words.as_str(), c.weakens)).collect();
        assert_eq!(
            told,
            [
                ("sessions.lifetime", "“1h”, which can't be read", false),
                ("two_factor.require_admins", "“yes”, which can't be read", true),
            ]
        );
        assert!(before.changes_to(&before.clone()).is_empty());
    }
}
