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

    /// Searches for what was typed, before the typing pauses.
    pub fn settle(self) {
        self.words.set(self.typed.get_untracked());
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

/// Words for the same thing, as they are compared.
const SYNONYMS: [&str; 8] = ["2fa", "mfa", "otp", "twofactor", "twostep", "2step", "multifactor", "secondfactor"];

/// A text as it is compared: `E-mail`, `e_mail` and `email` are the same word.
pub fn folded(text: &str) -> String {
    text.to_ascii_lowercase().replace(['-', '_'], "")
}

/// The words of a search, without what stands around them, as the brackets of `(in minutes)`.
pub fn search_words(typed: &str) -> impl Iterator<Item = &str> {
    let words = typed.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty())
}

/// The parts of a word with hyphens, each of which will do; none of a word in which one is a single letter, as in `e-mail`.
pub fn parts(word: &str) -> Vec<String> {
    let parts: Vec<_> = word.split('-').map(folded).collect();
    if parts.len() > 1 && parts.iter().all(|part| part.len() > 1) { parts } else { Vec::new() }
}

/// A word as it is compared, with others for the same: its singular, and what else the thing is called.
pub fn same_words(word: &str) -> Vec<String> {
    let word = folded(word);
    let endings = [("s", ""), ("es", ""), ("ies", "y")];
    let singular = |(plural, singular): (&str, &str)| {
        let stem = word.strip_suffix(plural).filter(|stem| stem.len() > 2 && !(plural == "s" && stem.ends_with('s')));
        stem.map(|stem| format!("{stem}{singular}"))
    };
    let mut same: Vec<_> = endings.into_iter().filter_map(singular).collect();
    if SYNONYMS.contains(&word.as_str()) {
        same.extend(SYNONYMS.map(str::to_owned));
    }
    same.push(word);
    same
}

/// Where words begin in a text: after a hyphen or a dot, too.
pub fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    let mut within = false;
    text.char_indices().filter_map(move |(at, c)| {
        let begins = !within && c.is_alphanumeric();
        within = c.is_alphanumeric();
        begins.then_some(at)
    })
}

/// How far into a text a word reaches with which it begins, hyphens and the like aside; `None` where it begins
/// otherwise.
pub fn reach(text: &str, word: &str) -> Option<usize> {
    let mut wanted = word.bytes();
    let mut next = wanted.next();
    for (place, byte) in text.bytes().enumerate() {
        match next {
            None => return Some(place),
            Some(letter) if byte.to_ascii_lowercase() == letter => next = wanted.next(),
            Some(_) if matches!(byte, b'-' | b'_') && place > 0 => {}
            Some(_) => return None,
        }
    }
    next.is_none().then_some(text.len())
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

/// Whether every word, or another one for the same, begins a word of what there is to say about a setting.
pub fn found(setting: &Setting, words: &str) -> bool {
    let text = [setting.label, setting.about().help, &other_words(setting).join("\n")].join("\n");
    let begins =
        |word: &String| beginnings(&text).any(|at| text.get(at..).is_some_and(|rest| reach(rest, word).is_some()));
    let found = |word: &str| same_words(word).iter().any(begins);
    search_words(words).all(|word| {
        let parts = parts(word);
        found(word) || !parts.is_empty() && parts.iter().all(|part| found(part))
    })
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

    /// Fails when words are found within others, or a setting lacks what the field, other products or their vendors call it.
    #[test]
    fn what_the_field_calls_it_leads_to_its_setting_and_what_there_is_not_leads_nowhere() {
        let found_by = |words: &str| Settings::all().filter(|s| found(s, words)).map(|s| s.key).collect::<Vec<_>>();
        for (key, names) in [
            (
                "sessions.remember_me",
                &["keep me logged in", "stay logged in", "keep me signed in", "Remember Me", "cookies"][..],
            ),
            (
                "sessions.idle_timeout",
                &["auto log out", "log-out", "logout", "logoff", "log off", "sign out", "inactive"],
            ),
            ("sessions.lifetime", &["log out", "sign-out", "session timeout", "max session length", "TTL"]),
            ("sessions.allow_concurrent", &["concurrent sessions", "multiple sessions", "simultaneous logins"]),
            ("sessions.step_up", &["sudo mode", "reauthentication", "re-authenticate", "step up"]),
            (
                "passwords.breach_check",
                &["haveibeenpwned", "have i been pwned", "pwned", "HIBP", "leaked passwords", "breaches"],
            ),
            ("passwords.policy", &["password strength", "complexity", "weak passwords", "zxcvbn"]),
            ("passwords.max_age", &["password expiration", "expiry", "password rotation"]),
            ("passwords.reuse_limit", &["password history", "reuse"]),
            (
                "two_factor.require_everyone",
                &["2-step", "two step", "2-step verification", "MFA", "OTP", "second factors"],
            ),
            ("two_factor.authenticator", &["TOTP", "Authy", "authenticators", "Microsoft Authenticator"]),
            ("two_factor.passkeys", &["FIDO", "YubiKey", "security keys", "webauthn", "biometrics"]),
            ("two_factor.trusted_device_days", &["remember this browser", "trusted devices"]),
            ("two_factor.email", &["one-time codes", "email otp"]),
            ("links.passwordless", &["magic link", "magic links"]),
            (
                "lockout.sign_in.max_attempts",
                &["brute force", "bruteforce", "brute-force", "rate limiting", "account lockouts"],
            ),
            ("lockout.sign_in.duration", &["locked out", "lockout duration"]),
            ("headers.csp", &["clickjacking", "X-Frame-Options", "XSS", "script src"]),
            ("headers.hsts", &["SSL", "force https", "HSTS"]),
            ("network.admin_allowlist", &["whitelist", "IP addresses", "VPN", "allow list"]),
            ("audit.retention", &["audit logs", "log retention", "delete logs"]),
            ("sign_in.captcha", &["bots", "recaptcha", "hcaptcha", "turnstile"]),
            ("sign_in.banner", &["login message", "legal notice", "terms"]),
            ("members.super_admin_emails", &["owners", "administrators"]),
            ("members.max_inactive", &["dormant accounts", "deactivate users"]),
        ] {
            let missing: Vec<_> = names.iter().filter(|typed| !found_by(typed).contains(&key)).collect();
            assert!(missing.is_empty(), "{key}: {missing:?}");
        }
        for typed in ["SSO", "single sign-on", "SAML", "LDAP", "OAuth", "SCIM", "SMS", "dress"] {
            assert_eq!(found_by(typed), Vec::<&str>::new(), "{typed}");
        }
        for (typed, key) in [("age", "headers.csp"), ("lock", "passwords.policy"), ("ion", "sessions.lifetime")] {
            assert!(!found_by(typed).contains(&key), "{typed} is within a word of {key} alone");
        }
        for (one, many) in
            [("passkey", "passkeys"), ("lockout", "lockouts"), ("address", "addresses"), ("2FA", "2-step")]
        {
            assert_eq!(found_by(one), found_by(many), "{one}");
        }
    }
}
