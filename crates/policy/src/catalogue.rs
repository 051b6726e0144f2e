//! Every setting, declared once. Form, validation, defaults, reference, audit differences and
//! import derive from these declarations.
mod analytics;
mod audit;
mod declare;
mod files;
mod headers;
mod links;
mod lockout;
mod members;
mod network;
mod passwords;
pub mod seed_titles;
mod sessions;
mod setting;
mod sign_in;
mod two_factor;
mod weaker;

use crate::value::Kind;

pub use analytics::Analytics;
pub use audit::Audit;
pub use files::Files;
pub use headers::Headers;
pub use links::Links;
pub use lockout::Lockout;
pub use members::Members;
pub use network::Network;
pub use passwords::Passwords;
pub use sessions::Sessions;
pub use setting::{About, Risk, Section, Setting, SettingKey, TakesEffect, Violation};
pub use sign_in::SignIn;
pub use two_factor::TwoFactor;
pub use weaker::Weaker;

declare::settings! {
    /// The whole security policy of a workspace, one field per section.
    pub struct Settings {
        sign_in: SignIn,
        sessions: Sessions,
        passwords: Passwords,
        two_factor: TwoFactor,
        lockout: Lockout,
        links: Links,
        members: Members,
        headers: Headers,
        network: Network,
        files: Files,
        analytics: Analytics,
        audit: Audit,
    }
}

/// How many bytes a character can be in a form as it is posted: four in UTF-8, each escaped as three.
const BYTES_A_CHARACTER: usize = 12;

/// How many characters there are room for beside what a setting's bounds say: its name, and a number or a choice.
const BESIDE: usize = 100;

impl Settings {
    /// How large a form with every setting can be, in bytes as it is posted: it follows from the bounds of the settings.
    pub fn form_bytes() -> usize {
        let characters = |setting: &Setting| {
            let of_text = setting.bounds.filter(|_| !matches!(setting.kind, Kind::Number | Kind::Limit));
            BESIDE + of_text.map_or(0, |bounds| usize::try_from(bounds.max).unwrap_or_default())
        };
        Self::all().map(|setting| characters(setting) * BYTES_A_CHARACTER).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Limit, Minutes};
    use std::collections::{BTreeMap, BTreeSet};

    fn typed(settings: &Settings) -> BTreeMap<String, String> {
        settings.to_document()
    }

    #[test]
    fn keys_are_unique_and_begin_with_their_section() {
        let keys: BTreeSet<_> = Settings::all().map(|s| s.key).collect();
        assert_eq!(keys.len(), Settings::all().count());
        for section in Settings::sections() {
            assert!(section.settings.iter().all(|s| s.key.starts_with(&format!("{}.", section.id))), "{}", section.id);
        }
    }

    #[test]
    fn both_seeds_are_declared_whole() {
        let seeds: BTreeSet<_> = Settings::all().map(|s| s.about().seed).collect();
        for item in 1..=54 {
            assert!(seeds.contains(format!("1.{item}").as_str()), "item 1.{item}");
        }
        for key in [
            "two_factor.require_admins",
            "two_factor.require_everyone",
            "sessions.lifetime",
            "members.super_admin_emails",
            "network.admin_allowlist",
        ] {
            assert_eq!(Settings::find(key).map(|s| s.about().seed), Some("2"), "{key}");
        }
    }

    #[test]
    fn every_default_reads_back_to_itself() {
        for setting in Settings::all() {
            let mut settings = Settings::default();
            assert_eq!(settings.set(setting, &setting.default()), Ok(()), "{}", setting.key);
            assert_eq!(settings, Settings::default(), "{}", setting.key);
        }
    }

    #[test]
    fn every_number_is_taken_at_the_edges_of_its_range_and_refused_beyond() {
        for setting in Settings::all().filter(|s| matches!(s.kind, Kind::Number | Kind::Limit)) {
            let bounds = setting.bounds.expect(setting.key);
            let mut settings = Settings::default();
            let mut set = |typed: String| settings.set(setting, &typed);
            assert_eq!((set(bounds.min.to_string()), set(bounds.max.to_string())), (Ok(()), Ok(())), "{}", setting.key);
            assert!(set((bounds.max + 1).to_string()).is_err(), "{}", setting.key);
            if bounds.min > 1 {
                assert!(set((bounds.min - 1).to_string()).is_err(), "{}", setting.key);
            }
            assert_eq!(set("0".to_owned()).is_ok(), setting.kind == Kind::Limit || bounds.min == 0, "{}", setting.key);
            for typed in ["", "-1", "1.5", "8h", "Ⅴ", "99999999999999999999", "1\r\n2"] {
                assert!(set(typed.to_owned()).is_err(), "{} {typed:?}", setting.key);
            }
        }
    }

    #[test]
    fn every_zero_has_a_name_and_every_choice_has_values() {
        for setting in Settings::all() {
            let takes_zero = setting.kind == Kind::Number && setting.bounds.is_some_and(|bounds| bounds.min == 0);
            assert_eq!(setting.zero.is_some(), setting.kind == Kind::Limit || takes_zero, "{}", setting.key);
            assert_eq!(setting.choices.is_empty(), setting.kind != Kind::Choice, "{}", setting.key);
            assert!(setting.about().help.trim().ends_with('.') && !setting.label.is_empty(), "{}", setting.key);
        }
    }

    /// Settings that nothing enforces so far. Whoever builds one of them takes it off this list.
    const INACTIVE: [&str; 1] = ["audit.retention"];

    #[test]
    fn what_is_not_active_yet_is_what_is_still_to_be_enforced() {
        let inactive: Vec<_> = Settings::all().filter(|setting| !setting.active).map(|setting| setting.key).collect();
        assert_eq!(inactive, INACTIVE);
    }

    #[test]
    fn the_defaults_are_those_of_the_design_and_valid() {
        let settings = Settings::default();
        assert_eq!(settings.sessions.lifetime, Minutes(480));
        assert_eq!(settings.sessions.idle_timeout, Limit::Of(Minutes(30)));
        assert!(!settings.two_factor.require_admins && !settings.two_factor.require_everyone);
        assert!(settings.two_factor.authenticator && settings.two_factor.passkeys);
        assert_eq!(crate::rules::violations(&settings), vec![]);
        assert_eq!(Settings::from_form(&typed(&settings)), Ok(settings));
    }

    #[test]
    fn a_form_that_lacks_a_field_is_refused() {
        for setting in Settings::all() {
            let mut form = typed(&Settings::default());
            form.remove(setting.key);
            let found = Settings::from_form(&form).expect_err(setting.key);
            assert_eq!(found.iter().map(|v| v.key).collect::<Vec<_>>(), [setting.key]);
        }
    }

    #[test]
    fn every_field_in_error_is_named_at_once() {
        let mut form = typed(&Settings::default());
        form.insert("sessions.lifetime".to_owned(), "4".to_owned());
        form.insert("members.super_admin_emails".to_owned(), "grace".to_owned());
        let found = Settings::from_form(&form).expect_err("two fields are wrong");
        assert_eq!(
            found.iter().map(|v| v.key).collect::<Vec<_>>(),
            ["sessions.lifetime", "members.super_admin_emails"]
        );
    }

    /// Fails when a setting whose default protects less than it might says no safe value, or one that can't be read.
    #[test]
    fn every_safe_value_reads_back_and_is_no_weaker_than_the_default() {
        for setting in Settings::all() {
            let mut safe = Settings::default();
            assert_eq!(safe.set(setting, &setting.safe()), Ok(()), "{}", setting.key);
            assert_eq!(safe.print(setting), setting.safe(), "{}", setting.key);
            assert!(!crate::change::weakens(setting, &Settings::default(), &safe), "{}", setting.key);
        }
        let safe = |key: &str| Settings::find(key).map(Setting::safe);
        for key in ["two_factor.require_admins", "two_factor.require_everyone", "sign_in.captcha"] {
            assert_eq!(safe(key).as_deref(), Some("true"), "{key}");
        }
    }
}
