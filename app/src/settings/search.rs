//! Finding a setting: by what it is called, by what it does, and by what others call it.
use super::draft::{Control, Draft};
use crate::components::{sent, sent_html};
use leptos::{html, prelude::*};
use policy::Setting;
#[cfg(feature = "ssr")]
use policy::Settings;
#[cfg(not(feature = "ssr"))]
use {
    super::marks::{self, OTHER, TEXTS, WORDS},
    crate::components::browser,
    web_sys::Element,
};

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

    /// Whether a field is shown.
    pub fn finds(self, control: Control) -> bool {
        let kept = match self.only.get() {
            Only::All => true,
            // A row does not vanish under whoever types in it.
            Only::Unsaved => control.dirty() || has_focus(control),
            Only::Changed => !control.is_default() || has_focus(control),
            Only::Risky => control.setting.risk.is_some(),
            Only::Deprecated => control.setting.deprecated.is_some(),
        };
        kept && self.words.with(|words| words.trim().is_empty() || found_by(control, words))
    }
}

#[cfg(feature = "ssr")]
fn has_focus(_: Control) -> bool {
    false
}

#[cfg(not(feature = "ssr"))]
fn has_focus(control: Control) -> bool {
    document().active_element().is_some_and(|element| element.id() == control.setting.key)
}

fn found_by(control: Control, words: &str) -> bool {
    let found = |text: &mut Option<String>| {
        let text = text.get_or_insert_with(|| folded(&text_of(control.setting)));
        found_in(text, words)
    };
    control.text.try_update_value(found).unwrap_or_default()
}

/// Words for the same thing.
pub(super) const SAME: [&str; 3] = ["2fa", "mfa", "otp"];

/// A text as it is compared: `E-mail`, `e_mail` and `email` are the same word.
pub(super) fn folded(text: &str) -> String {
    text.to_ascii_lowercase().replace(['-', '_'], "")
}

/// Whether every word, or another one for the same, is in a text; of a word with hyphens, each part will do.
fn found_in(text: &str, words: &str) -> bool {
    let found = |word: &str| {
        let word = folded(word);
        text.contains(&word) || (SAME.contains(&&*word) && SAME.iter().any(|same| text.contains(same)))
    };
    words.split_whitespace().all(|word| found(word) || word.split('-').all(found))
}

/// Under which other words people find a setting, one a line: its synonyms, what can be chosen, its section, its key.
#[cfg(feature = "ssr")]
pub fn other_words(setting: &Setting) -> String {
    let section = Settings::sections().iter().find(|section| setting.key.starts_with(&format!("{}.", section.id)));
    let named = section.map(|section| section.title).into_iter().chain([setting.key]);
    let chosen = setting.choices.iter().map(|(_, label)| *label).chain(setting.zero);
    setting.about().synonyms.iter().copied().chain(chosen).chain(named).collect::<Vec<_>>().join("\n")
}

/// Everything under which people find a setting: its label, its help and other words.
#[cfg(feature = "ssr")]
fn text_of(setting: &Setting) -> String {
    [setting.label, setting.about().help, &other_words(setting)].join(" ")
}

/// The same, as it stands in the row.
#[cfg(not(feature = "ssr"))]
fn text_of(setting: &Setting) -> String {
    let field = browser::by_id::<Element>(setting.key);
    let Some(row) = field.and_then(|field| field.closest(".row").ok().flatten()) else { return String::new() };
    let said = TEXTS.iter().filter_map(|part| row.query_selector(part).ok().flatten()?.text_content());
    let other = row.query_selector(OTHER).ok().flatten();
    said.chain(other.and_then(|other| other.get_attribute(WORDS))).collect::<Vec<_>>().join(" ")
}

/// Shows the search field and the filter.
#[component]
pub fn SearchBox(search: Search) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    #[cfg(not(feature = "ssr"))]
    Effect::watch(move || search.words.get(), |words, _, _| marks::mark(words), false);
    Effect::new(move |_| {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() != "/" || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let typing = document().active_element().is_some_and(|element| {
                let name = element.tag_name();
                (name == "INPUT" && element.get_attribute("type").as_deref() != Some("checkbox"))
                    || name == "TEXTAREA"
                    || name == "SELECT"
            });
            if !typing {
                event.prevent_default();
                if let Some(field) = field.get_untracked() {
                    drop(field.focus());
                }
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! {
        <div class="find when-awake" role="search">
            <input
                type="search"
                aria-label="Search settings"
                placeholder=sent!(format!("Search {} settings", Settings::all().count()))
                autocomplete="off"
                node_ref=field
                prop:value=search.words
                on:input:target=move |event| search.words.set(event.target().value())
                on:keydown:target=move |event| {
                    if event.key() == "Escape" && search.words.with_untracked(String::is_empty) {
                        drop(event.target().blur());
                    } else if event.key() == "Escape" {
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
                inner_html=sent_html!(CHOICES.map(|(_, value, label)| view! { <option value=value>{label}</option> }).collect_view())
            ></select>
        </div>
    }
}

/// Says how many settings a search finds.
#[component]
pub fn Found(draft: Draft) -> impl IntoView {
    let found = Memo::new(move |_| {
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
    });
    let ends = move || {
        let end = move |_| draft.search.end();
        found
            .with(Option::is_some)
            .then(|| view! { <button type="button" class="link" on:click=end>"Show all settings"</button> })
    };
    view! {
        <p class="soft found" class:idle=move || found.with(Option::is_none)>
            <span role="status">{found}</span> " " {ends}
        </p>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn found(setting: &Setting, words: &str) -> bool {
        found_in(&folded(&text_of(setting)), words)
    }

    #[test]
    fn what_people_call_a_setting_finds_it() {
        let setting = Settings::find("two_factor.require_admins").expect("it is declared");
        for words in ["2fa", "MFA", "otp", "admins enforce", "two_factor", "two-factor", "Two-factor auth", ""] {
            assert!(found(setting, words), "{words}");
        }
        assert!(!found(setting, "idle"));
    }

    #[test]
    fn words_for_the_same_find_the_same() {
        let found_by = |words: &str| Settings::all().filter(|s| found(s, words)).map(|s| s.key).collect::<Vec<_>>();
        for words in ["MFA", "otp"] {
            assert_eq!(found_by(words), found_by("2FA"), "{words}");
        }
        for key in ["two_factor.passkeys", "two_factor.grace_days", "two_factor.trusted_device_days"] {
            assert!(found_by("OTP").contains(&key), "{key}");
        }
        assert_eq!(found_by("email"), found_by("E-mail"));
        for (words, key) in [
            ("lockouts", "lockout.prompt_delay"),
            ("password-reset", "links.password_reset"),
            ("expires", "links.verification"),
            ("clickjacking", "headers.csp"),
            ("x-frame-options", "headers.csp"),
            ("cors", "headers.corp"),
            ("ip restriction", "network.admin_allowlist"),
        ] {
            assert!(found_by(words).contains(&key), "{words}");
        }
        for key in ["lockout.claim.max_attempts", "members.super_admin_emails"] {
            assert!(found_by("email").contains(&key), "{key}");
        }
    }
}
