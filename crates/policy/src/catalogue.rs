//! Every setting, declared once. Form, validation, defaults, reference, audit differences and
//! import derive from these declarations.
mod declare;
mod members;
mod sessions;
mod setting;
mod two_factor;

pub use members::Members;
pub use sessions::Sessions;
pub use setting::{Effect, Section, Setting, SettingKey, Violation};
pub use two_factor::TwoFactor;

declare::settings! {
    /// The whole security policy of a workspace, one field per section.
    pub struct Settings {
        sessions: Sessions,
        two_factor: TwoFactor,
        members: Members,
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
        for section in Settings::SECTIONS {
            assert!(section.settings.iter().all(|s| s.key.starts_with(&format!("{}.", section.id))));
        }
    }

    #[test]
    fn the_second_seed_is_declared_whole() {
        for key in [
            "two_factor.require_admins",
            "two_factor.require_everyone",
            "two_factor.authenticator",
            "two_factor.passkeys",
            "sessions.lifetime",
            "sessions.idle_timeout",
            "members.super_admin_emails",
        ] {
            assert!(Settings::find(key).is_some(), "{key}");
        }
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

    #[test]
    fn a_bad_stored_value_falls_back_to_its_default_and_is_reported() {
        let mut document = Settings::default().to_document();
        document.insert("sessions.lifetime".to_owned(), "a\r\nb".to_owned());
        document.insert("two_factor.require_admins".to_owned(), "true".to_owned());
        let (settings, found) = Settings::from_document(&document);
        assert_eq!(settings.sessions.lifetime, Minutes(480));
        assert!(settings.two_factor.require_admins, "the other values are kept");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_document_of_an_earlier_version_takes_the_defaults_it_lacks() {
        let (settings, found) = Settings::from_document(&BTreeMap::new());
        assert_eq!((settings, found), (Settings::default(), vec![]));
    }
}
