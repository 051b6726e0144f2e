//! Which settings are shown: those that a search finds, by what they are called, by what they do, and by what others
//! call them.
use super::FieldState;
use leptos::prelude::*;
use policy::{Setting, Settings, catalogue::seed_titles};

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

/// What is searched for.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// What stands in the search field.
    pub typed: RwSignal<String>,
    /// The words: what was typed, once that pauses.
    pub words: RwSignal<String>,
    /// Which settings are shown.
    pub only: RwSignal<Only>,
    /// The keys of the settings in which the words are found; `None` while nothing is searched for.
    found: Memo<Option<Vec<&'static str>>>,
}

impl Filter {
    /// Searches for nothing, which finds everything.
    pub fn new() -> Self {
        let words = RwSignal::new(String::new());
        let found = Memo::new(move |_| {
            words.with(|words| {
                let found = || Settings::all().filter(|setting| found(setting, words)).map(|setting| setting.key);
                (!words.trim().is_empty()).then(|| found().collect())
            })
        });
        Self { typed: RwSignal::new(String::new()), words, only: RwSignal::new(Only::All), found }
    }

    /// Shows everything again.
    pub fn end(self) {
        self.typed.set(String::new());
        self.words.set(String::new());
        self.only.set(Only::All);
    }

    /// Whether everything is shown.
    pub fn is_idle(self) -> bool {
        self.found.with(Option::is_none) && self.only.get() == Only::All
    }

    /// Whether a field is shown.
    pub fn finds(self, field: FieldState) -> bool {
        let offered = match self.only.get() {
            Only::All => true,
            // A row does not vanish under whoever types in it.
            Only::Unsaved => field.dirty() || has_focus(field),
            Only::Changed => !field.is_default() || has_focus(field),
            Only::Risky => field.setting.risk.is_some(),
            Only::Deprecated => field.setting.deprecated.is_some(),
        };
        offered && self.found.with(|found| found.as_ref().is_none_or(|found| found.contains(&field.setting.key)))
    }
}

fn has_focus(field: FieldState) -> bool {
    !cfg!(feature = "ssr") && document().active_element().is_some_and(|element| element.id() == field.setting.key)
}

/// Words for the same thing.
pub const SYNONYMS: [&str; 3] = ["2fa", "mfa", "otp"];

/// A text as it is compared: `E-mail`, `e_mail` and `email` are the same word.
pub fn folded(text: &str) -> String {
    text.to_ascii_lowercase().replace(['-', '_'], "")
}

/// The words of a search, without what stands around them, as the brackets of `(in minutes)`.
pub fn search_words(typed: &str) -> impl Iterator<Item = &str> {
    let words = typed.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty())
}

/// Under which other words people find a setting, one a line: its synonyms, what the seed calls it, its unit, what can be
/// chosen, its section, its key.
pub fn other_words(setting: &Setting) -> Vec<&str> {
    let section = Settings::sections().iter().find(|section| setting.key.starts_with(&format!("{}.", section.id)));
    let named = section.map(|section| section.title).into_iter().chain([setting.key]);
    let chosen = setting.choices.iter().map(|(_, label)| *label).chain(setting.zero);
    let about = setting.about();
    let titled = seed_titles::title(about.seed).into_iter().chain([setting.unit.suffix()]);
    about.synonyms.iter().copied().chain(titled).chain(chosen).chain(named).collect()
}

/// Whether every word, or another one for the same, is in what there is to say about a setting; of a word with hyphens,
/// each part will do.
pub fn found(setting: &Setting, words: &str) -> bool {
    let text = folded(&[setting.label, setting.about().help, &other_words(setting).join("\n")].join(" "));
    let found = |word: &str| {
        let word = folded(word);
        text.contains(&word) || (SYNONYMS.contains(&&*word) && SYNONYMS.iter().any(|same| text.contains(same)))
    };
    search_words(words).all(|word| found(word) || word.split('-').all(found))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_people_call_a_setting_finds_it() {
        let setting = Settings::find("two_factor.require_admins").expect("it is declared");
        for words in ["2fa", "MFA", "otp", "admins enforce", "two_factor", "two-factor", "Two-factor auth", ""] {
            assert!(found(setting, words), "{words}");
        }
        assert!(!found(setting, "idle"));
    }

    /// Each line names a setting and what one of the seeds calls it.
    const SEED_LABELS: &str = include_str!("seed_labels.txt");

    #[test]
    fn the_seeds_own_names_lead_to_their_settings() {
        let lines: Vec<_> = SEED_LABELS.lines().filter_map(|line| line.split_once(" = ")).collect();
        assert!(lines.len() >= 54 + 4, "{}", lines.len());
        for (key, label) in lines {
            let setting = Settings::find(key).expect("it is declared");
            for typed in [label.to_owned(), label.to_lowercase(), label.replace(['(', ')', ':'], "")] {
                assert!(found(setting, &typed), "{key}: {typed}");
            }
        }
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
