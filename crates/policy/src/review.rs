//! Does a save ask for a review first, and why? Asked by the server before it saves, and by the browser to say what a
//! button does.
use crate::{Change, Setting};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What is known of what a save does besides its changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SaveEffect {
    /// Whether somebody is signed out, held up or shut out by it.
    pub on_people: bool,
    /// Whether the next request of whoever saves would end in a refusal.
    pub on_author: bool,
}

/// Why a save is reviewed before it is done.
#[derive(Debug, Clone, Copy)]
pub enum ReviewReason {
    /// The change of the setting is a risk to people.
    Risk(&'static Setting, &'static str),
    /// The setting protects less than before.
    Weaker(&'static Setting),
    /// It concerns people at once.
    People,
    /// It stops whoever saves.
    Author,
}

impl ReviewReason {
    /// Returns the reason as a sentence.
    pub fn in_words(self) -> String {
        match self {
            Self::Risk(setting, risk) => format!("A change of {} {risk}.", setting.label),
            Self::Weaker(setting) => format!("{} protects less than before.", setting.label),
            Self::People => "It concerns people at once.".to_owned(),
            Self::Author => "It stops you yourself.".to_owned(),
        }
    }
}

/// Why a save is reviewed before it is done, in the order of the page; empty where it may be saved at once.
pub fn reasons(changes: &[Change], effect: SaveEffect) -> Vec<ReviewReason> {
    let of_change = |change: &Change| {
        let risk = change.risk().map(|risk| ReviewReason::Risk(change.setting, risk));
        risk.into_iter().chain(change.weakens.then_some(ReviewReason::Weaker(change.setting)))
    };
    let of_effect = [(effect.on_people, ReviewReason::People), (effect.on_author, ReviewReason::Author)];
    let of_effect = of_effect.into_iter().filter_map(|(holds, reason)| holds.then_some(reason));
    changes.iter().flat_map(of_change).chain(of_effect).collect()
}

/// Returns a number that tells one review from another: of the same build, two of the same changes have the same one.
pub fn fingerprint(changes: &[Change]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for change in changes {
        (change.setting.key, &change.from, &change.to).hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, change};

    fn said(typed: &[(&str, &str)], effect: SaveEffect) -> Vec<String> {
        let mut after = Settings::default();
        for (key, text) in typed {
            after.set(Settings::find(key).expect("it is declared"), text).expect("it is valid");
        }
        let changes = change::between(&Settings::default(), &after);
        reasons(&changes, effect).into_iter().map(ReviewReason::in_words).collect()
    }

    #[test]
    fn what_is_neither_risky_nor_weaker_nor_felt_by_anybody_is_saved_at_once() {
        for calm in [&[][..], &[("links.idea_view", "30")], &[("headers.referrer_policy", "no-referrer")]] {
            assert!(said(calm, SaveEffect::default()).is_empty(), "{calm:?}");
        }
    }

    /// Fails when a risk is declared in the wrong direction, or `Change::risk` looks at none.
    #[test]
    fn a_risk_is_named_in_the_direction_alone_in_which_it_lies() {
        let list = "network.admin_allowlist";
        for (key, risky, calm, risk) in [
            ("audit.retention", ("365", "30"), ("30", "365"), "removes evidence"),
            ("audit.retention", ("0", "3650"), ("3650", "0"), "removes evidence"),
            ("sessions.idle_timeout", ("0", "30"), ("30", "60"), "can sign people out"),
            ("sessions.allow_concurrent", ("true", "false"), ("false", "true"), "can sign people out"),
            ("sessions.step_up", ("10", "60"), ("60", "10"), "can let old proofs count"),
            ("passwords.policy", ("basic", "strong"), ("strong", "basic"), "can ask people for a new password"),
            ("passwords.max_age", ("0", "90"), ("90", "0"), "can ask people for a new password"),
            ("two_factor.require_everyone", ("false", "true"), ("true", "false"), "holds everyone up until they enrol"),
            ("two_factor.email", ("true", "false"), ("false", "true"), "can leave people without a second step"),
            ("lockout.sign_in.max_attempts", ("10", "3"), ("3", "10"), "can lock people out"),
            ("members.super_admin_emails", ("", "a@b.example"), ("a@b.example", ""), "gives away the highest role"),
            ("members.max_inactive", ("0", "30"), ("30", "0"), "can deactivate people"),
            ("headers.hsts_preload", ("false", "true"), ("true", "false"), "takes months to undo"),
            ("headers.csp_mode", ("enforce", "off"), ("off", "enforce"), "can leave pages unprotected"),
            ("headers.coop", ("unsafe-none", "same-origin"), ("same-origin", "unsafe-none"), "can break pages"),
            (list, ("10.0.0.0/8", "10.1.0.0/16"), ("10.1.0.0/16", "10.0.0.0/8"), "can lock admins out"),
            (list, ("10.1.0.0/16", "10.2.0.0/16"), ("10.1.0.0/16", "10.1.0.0/16 # lab"), "can lock admins out"),
        ] {
            let setting = Settings::find(key).expect("it is declared");
            let of = |text: &str| {
                let mut settings = Settings::default();
                settings.set(setting, text).expect("it is valid");
                settings
            };
            let risk_of = |(from, to): (&str, &str)| {
                let changes = change::between(&of(from), &of(to));
                changes.first().unwrap_or_else(|| panic!("{key}: {from} is {to}")).risk()
            };
            assert_eq!(risk_of(risky), Some(risk), "{key}: {risky:?}");
            assert_eq!(risk_of(calm), None, "{key}: {calm:?}");
        }
    }

    #[test]
    fn a_review_is_told_from_that_of_other_changes() {
        let of = |lifetime: &str| {
            let mut after = Settings::default();
            after.set(Settings::find("sessions.lifetime").expect("it is declared"), lifetime).expect("it is valid");
            fingerprint(&change::between(&Settings::default(), &after))
        };
        assert_eq!(of("60"), of("60"));
        assert_ne!(of("60"), of("61"));
    }

    #[test]
    fn each_reason_is_named() {
        let risky = said(&[("sessions.lifetime", "60")], SaveEffect::default());
        assert_eq!(risky, ["A change of Session lifetime can sign people out."]);
        let weaker = said(&[("sessions.lifetime", "600")], SaveEffect::default());
        assert_eq!(weaker, ["Session lifetime protects less than before."]);
        let felt = said(&[("links.idea_view", "30")], SaveEffect { on_people: true, on_author: false });
        assert_eq!(felt, ["It concerns people at once."]);
        let own = said(&[("links.idea_view", "30")], SaveEffect { on_people: false, on_author: true });
        assert_eq!(own, ["It stops you yourself."]);
    }
}
