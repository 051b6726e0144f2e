//! Finding a setting: by what it is called, by what it does, and by what others call it.
use super::draft::{Control, Draft};
use leptos::{html, prelude::*};
use policy::{Setting, Settings};

/// Which settings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Only {
    /// All of them.
    #[default]
    All,
    /// Those with unsaved changes.
    Unsaved,
    /// Those that are not at their default.
    Changed,
    /// Those whose change is a risk to people.
    Risky,
    /// Those that browsers have dropped.
    Deprecated,
}

const CHOICES: [(Only, &str, &str); 5] = [
    (Only::All, "all", "All"),
    (Only::Unsaved, "unsaved", "Unsaved"),
    (Only::Changed, "changed", "Changed from default"),
    (Only::Risky, "risky", "Risky"),
    (Only::Deprecated, "deprecated", "Deprecated"),
];

/// What is searched for.
#[derive(Clone, Copy)]
pub struct Search {
    /// The words.
    pub words: RwSignal<String>,
    /// Which settings are shown.
    pub only: RwSignal<Only>,
}

impl Search {
    /// Searches for nothing, which finds everything.
    pub fn new() -> Self {
        Self { words: RwSignal::new(String::new()), only: RwSignal::new(Only::All) }
    }

    /// Shows everything again.
    pub fn end(self) {
        self.words.set(String::new());
        self.only.set(Only::All);
    }

    /// Tells whether a field is shown.
    pub fn finds(self, control: Control) -> bool {
        let kept = match self.only.get() {
            Only::All => true,
            Only::Unsaved => control.dirty(),
            Only::Changed => !control.is_default(),
            Only::Risky => control.setting.risk.is_some(),
            Only::Deprecated => control.setting.deprecated.is_some(),
        };
        kept && self.words.with(|words| found_by(control.setting, words))
    }
}

/// Words for the same thing.
const SAME: [&str; 3] = ["2fa", "mfa", "otp"];

/// A text as it is compared: `E-mail` and `email` are the same word.
fn folded(text: &str) -> String {
    text.to_ascii_lowercase().replace('-', "")
}

/// Tells whether every word, or another one for the same, is in the label, the help, the key or a synonym.
fn found_by(setting: &Setting, words: &str) -> bool {
    let text = folded(&[setting.label, setting.help, setting.key, &setting.synonyms.join(" ")].join(" "));
    folded(words)
        .split_whitespace()
        .all(|word| text.contains(word) || (SAME.contains(&word) && SAME.iter().any(|same| text.contains(same))))
}

/// How far into a text a word reaches with which it begins, hyphens aside; nothing where it begins otherwise.
fn reach(text: &str, word: &str) -> Option<usize> {
    let mut wanted = word.bytes();
    let mut next = wanted.next();
    for (place, byte) in text.bytes().enumerate() {
        match next {
            None => return Some(place),
            Some(letter) if byte.to_ascii_lowercase() == letter => next = wanted.next(),
            Some(_) if byte == b'-' && place > 0 => {}
            Some(_) => return None,
        }
    }
    next.is_none().then_some(text.len())
}

/// Where the first word that is searched for stands in a text: before, the match, after.
fn split<'a>(text: &'a str, words: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let words = folded(words);
    let first = words.split_whitespace().next()?;
    text.char_indices().find_map(|(start, _)| {
        let (before, rest) = text.split_at(start);
        let (found, after) = rest.split_at_checked(reach(rest, first)?)?;
        Some((before, found, after))
    })
}

/// Shows a text with the word that is searched for marked.
#[component]
pub fn Marked(text: &'static str, search: Search) -> impl IntoView {
    move || match search.words.with(|words| split(text, words)) {
        Some((before, found, after)) => view! { {before} <mark>{found}</mark> {after} }.into_any(),
        None => text.into_any(),
    }
}

/// Shows the search field and the filter.
#[component]
pub fn SearchBox(search: Search) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            let typing = document().active_element().is_some_and(|element| {
                let name = element.tag_name();
                (name == "INPUT" && element.get_attribute("type").as_deref() != Some("checkbox"))
                    || name == "TEXTAREA"
                    || name == "SELECT"
            });
            if event.key() == "/" && !typing && !event.ctrl_key() && !event.meta_key() && !event.alt_key() {
                event.prevent_default();
                if let Some(field) = field.get_untracked() {
                    drop(field.focus());
                }
            }
        });
        on_cleanup(move || handle.remove());
    });
    let placeholder = format!("Search {} settings", Settings::all().count());
    view! {
        <div class="find when-awake" role="search">
            <input
                type="search"
                aria-label="Search settings"
                placeholder=placeholder
                autocomplete="off"
                node_ref=field
                prop:value=search.words
                on:input:target=move |event| search.words.set(event.target().value())
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        search.words.set(String::new());
                    }
                }
            />
            <kbd aria-hidden="true">"/"</kbd>
            <select
                aria-label="Show"
                prop:value=move || CHOICES.iter().find(|(only, ..)| *only == search.only.get()).map(|(_, value, _)| *value)
                on:change:target=move |event| {
                    let chosen = event.target().value();
                    let only = CHOICES.iter().find(|(_, value, _)| *value == chosen);
                    search.only.set(only.map_or(Only::All, |(only, ..)| *only));
                }
            >
                {CHOICES.into_iter().map(|(_, value, label)| view! { <option value=value>{label}</option> }).collect_view()}
            </select>
        </div>
    }
}

/// Says how many settings a search finds.
#[component]
pub fn Found(draft: Draft) -> impl IntoView {
    let words = move || {
        let search = draft.search;
        if search.words.with(|words| words.trim().is_empty()) && search.only.get() == Only::All {
            return None;
        }
        Some(match draft.controls().into_iter().filter(|control| search.finds(*control)).count() {
            0 if search.only.get() == Only::Unsaved => "Nothing like that is unsaved.".to_owned(),
            0 => "No setting is like that.".to_owned(),
            1 => "1 setting".to_owned(),
            found => format!("{found} settings"),
        })
    };
    view! { <p class="soft found" role="status">{words}</p> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_call_a_setting_finds_it() {
        let setting = Settings::find("two_factor.require_admins").expect("it is declared");
        for words in ["2fa", "MFA", "otp", "admins enforce", "two_factor", ""] {
            assert!(found_by(setting, words), "{words}");
        }
        assert!(!found_by(setting, "idle"));
    }

    #[test]
    fn words_for_the_same_find_the_same() {
        let found = |words: &str| Settings::all().filter(|s| found_by(s, words)).map(|s| s.key).collect::<Vec<_>>();
        for words in ["MFA", "otp"] {
            assert_eq!(found(words), found("2FA"), "{words}");
        }
        for key in ["two_factor.passkeys", "two_factor.grace_days", "two_factor.trusted_device_days"] {
            assert!(found("OTP").contains(&key), "{key}");
        }
        assert_eq!(found("email"), found("E-mail"));
        for key in ["lockout.claim.max_attempts", "members.super_admin_emails"] {
            assert!(found("email").contains(&key), "{key}");
        }
    }

    #[test]
    fn the_first_word_is_marked_whatever_its_case() {
        assert_eq!(split("Idle timeout", "TIME x"), Some(("Idle ", "time", "out")));
        assert_eq!(split("Idle timeout", " "), None);
        assert_eq!(split("Failed e-mail claims", "email"), Some(("Failed ", "e-mail", " claims")));
        assert_eq!(split("Super admin emails", "E-mail"), Some(("Super admin ", "email", "s")));
        assert_eq!(split("Zürich “ß”", "ß"), Some(("Zürich “", "ß", "”")));
    }
}
