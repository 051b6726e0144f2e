//! A document that any version stored is read by this one as what it was: an update loosens nothing. `tests/stored` has a
//! file for each released version: the texts that it could store for each setting, at the edges of its range. What a
//! version has stored is never taken off; one that stores more gets a file of its own.
use policy::{Reading, Settings, value::Kind};
use std::{collections::BTreeMap, fs, path::Path};

/// The texts by the key of their setting.
type Stored = BTreeMap<String, Vec<String>>;

/// What each version could store, in the order of their names.
fn versions() -> Vec<(String, Stored)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stored");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    let read = |path: &Path| serde_json::from_str(&fs::read_to_string(path).expect("a file")).expect("texts by key");
    files.iter().map(|path| (path.display().to_string(), read(path))).collect()
}

/// Fails when a value's `parse` refuses what a version has stored, or reads it as something else, or when a setting has
/// another key.
#[test]
fn every_document_that_a_version_could_store_is_read_as_what_it_was() {
    let mut whole = Stored::new();
    for (version, stored) in versions() {
        for (key, texts) in &stored {
            let setting = Settings::find(key).unwrap_or_else(|| panic!("{version}: {key} is gone"));
            for text in texts {
                let mut document = Settings::default().to_document();
                document.insert(key.clone(), text.clone());
                let reading = Reading::of(&document);
                assert!(reading.unreadable.is_empty(), "{version}: {key}: {:?}", reading.unreadable);
                assert_eq!(reading.settings.print(setting), *text, "{version}: {key}");
            }
        }
        for (key, texts) in stored {
            whole.entry(key).or_default().extend(texts);
        }
        let longest = whole.values().map(Vec::len).max().unwrap_or_default();
        for n in 0..longest {
            let pick = |texts: &Vec<String>| texts[n % texts.len()].clone();
            let document: BTreeMap<_, _> = whole.iter().map(|(key, texts)| (key.clone(), pick(texts))).collect();
            let reading = Reading::of(&document);
            assert!(
                reading.unreadable.is_empty() && document.iter().all(|(key, text)| reading.to_document()[key] == *text)
            );
        }
    }
}

/// How many settings the first version had. What it stored lacks nothing of them, and whatever is newer says so: without
/// `since`, documents that are older than the setting could not be read whole.
const FIRST: usize = 76;

/// Fails when a setting is added to the file of an earlier version, or does not say since when it is stored.
#[test]
fn each_setting_is_stored_since_the_first_file_that_has_it() {
    let versions = versions();
    assert_eq!(versions[0].1.len(), FIRST, "what is new stands in a file of its own");
    for setting in Settings::all() {
        let first = versions.iter().position(|(_, stored)| stored.contains_key(setting.key)).expect(setting.key);
        assert_eq!(usize::try_from(setting.since), Ok(first), "{}: `since`", setting.key);
    }
}

/// Fails when a setting can hold what no file has: then the newest version stores more than is read here.
#[test]
fn the_files_have_whatever_this_version_can_store() {
    let versions = versions();
    for setting in Settings::all() {
        let known: Vec<_> = versions.iter().filter_map(|(_, stored)| stored.get(setting.key)).flatten().collect();
        let has = |text: &str| assert!(known.iter().any(|known| *known == text), "{}: {text:?}", setting.key);
        has(&setting.default());
        match setting.kind {
            Kind::Switch => ["false", "true"].into_iter().for_each(has),
            Kind::Choice => setting.choices.iter().for_each(|(text, _)| has(text)),
            Kind::Number | Kind::Limit => {
                let bounds = setting.bounds.expect(setting.key);
                for edge in [bounds.min, bounds.max] {
                    has(&edge.to_string());
                }
                if setting.kind == Kind::Limit {
                    has("0");
                }
            }
            Kind::Emails | Kind::Lines | Kind::Line | Kind::Text => {
                assert!(known.iter().any(|text| !text.is_empty()), "{} has a text", setting.key);
            }
        }
    }
}
