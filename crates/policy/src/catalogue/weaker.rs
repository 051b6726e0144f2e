//! Which of two values of a setting protects less: asked by the proof, the review, the audit log, the grade and by rank.

/// Which of two values of a setting protects less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weaker {
    /// Any other value may; what a declaration that says nothing means.
    Either,
    /// None does: it protects nobody.
    Neither,
    /// Off.
    Off,
    /// On.
    On,
    /// The greater number.
    More,
    /// The lesser number.
    Less,
    /// The longer time, and 0 most of all, which stands for no end.
    Longer,
    /// The shorter time; 0 stands for no end.
    Shorter,
    /// The one that stands later here, where the strongest stands first.
    Later(&'static [&'static str]),
    /// The one with an entry that the other lacks.
    Adds,
    /// The one with an entry that the other lacks; an empty list most of all, which allows whatever there is.
    AddsOrEmpties,
    /// The one that lacks an entry which the other has.
    Removes,
    /// The one that allows a feature to somebody more, as `camera=(self)` does.
    Allows,
    /// The one under which an address more reaches the admin pages. That takes list and mode together:
    /// [`change::weakens`](crate::change::weakens) knows.
    Admits,
    /// The one under which pages load something from somewhere more. That takes Bailey's own policy into account:
    /// [`change::weakens`](crate::change::weakens) knows.
    Loads,
}

impl Weaker {
    /// Whether the second canonical text protects less than the first.
    pub fn weakens(self, before: &str, after: &str) -> bool {
        // A text that is no number can't be told apart from the weakest one.
        let number = |text: &str| text.parse::<u64>().ok();
        let endless = |text: &str| number(text).map(|n| if n == 0 { u64::MAX } else { n });
        match self {
            Self::Either | Self::Admits | Self::Loads => before != after,
            Self::Neither => false,
            Self::Off => before == "true" && after != "true",
            Self::On => before != "true" && after == "true",
            Self::More => number(after) > number(before),
            Self::Less => number(after) < number(before),
            Self::Longer => endless(after) > endless(before),
            Self::Shorter => endless(after) < endless(before),
            Self::Later(order) => {
                let place = |text: &str| order.iter().position(|known| *known == text).unwrap_or(order.len());
                place(after) > place(before)
            }
            Self::AddsOrEmpties if before.is_empty() || after.is_empty() => after.is_empty() && !before.is_empty(),
            Self::Adds | Self::AddsOrEmpties => adds(before, after),
            Self::Removes => adds(after, before),
            Self::Allows => allows_more(before, after),
        }
    }
}

/// Whether the second list has an entry that the first lacks.
fn adds(before: &str, after: &str) -> bool {
    let known = entries(before);
    entries(after).iter().any(|entry| !known.contains(entry))
}

// Lists instead of sets throughout: the browser grades headers by this, and would load the code of a set for it.
/// The entries of a list.
fn entries(text: &str) -> Vec<&str> {
    text.split(['\n', ',']).map(str::trim).filter(|entry| !entry.is_empty()).collect()
}

/// Whether a Permissions-Policy lets somebody use a feature who might not before. What is not named has the browser's own
/// default, which is this site for most.
fn allows_more(before: &str, after: &str) -> bool {
    let features = |text| str::lines(text).filter_map(|line| line.split_once('=')).map(|(feature, _)| feature);
    features(before).chain(features(after)).any(|feature| {
        let (before, mut after) = (users(before, feature), users(after, feature));
        !before.clone().any(|user| user == "*") && after.any(|user| !before.clone().any(|known| known == user))
    })
}

/// Who may use a feature.
fn users<'a>(policy: &'a str, feature: &str) -> impl Iterator<Item = &'a str> + Clone {
    let named = policy.lines().filter_map(|line| line.split_once('=')).find(|(known, _)| *known == feature);
    named.map_or("(self)", |(_, users)| users).trim_matches(['(', ')']).split_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, value::Kind};

    fn weakens(key: &str, before: &str, after: &str) -> bool {
        let setting = Settings::find(key).expect("it is declared");
        setting.weaker.weakens(before, after)
    }

    #[test]
    fn each_setting_knows_its_weaker_value() {
        for (key, strong, weak) in [
            ("two_factor.require_admins", "true", "false"),
            ("sessions.remember_me", "false", "true"),
            ("sessions.step_up", "10", "60"),
            ("sessions.idle_timeout", "30", "0"),
            ("sessions.idle_timeout", "30", "31"),
            ("passwords.policy", "strong", "basic"),
            ("passwords.reuse_limit", "5", "0"),
            ("passwords.breach_check", "service", "off"),
            ("two_factor.grace_days", "0", "90"),
            ("two_factor.trusted_device_days", "0", "90"),
            ("links.password_reset", "60", "0"),
            ("lockout.two_factor.max_attempts", "5", "20"),
            ("lockout.sign_in.duration", "15", "1"),
            ("audit.retention", "0", "30"),
            ("files.allowed_extensions", "dwg", "dwg, step"),
            ("members.super_admin_emails", "ada@example.org", "ada@example.org, eve@example.org"),
            ("members.allowed_domains", "example.org", "example.org\nexample.com"),
            ("members.allowed_domains", "example.org", ""),
            ("members.refused_domains", "example.org\nexample.com", "example.org"),
            ("headers.csp_mode", "enforce", "report-only"),
            ("headers.permissions_policy", "camera=()", "camera=(self)"),
            ("headers.permissions_policy", "camera=()", ""),
            ("headers.referrer_policy", "no-referrer", "unsafe-url"),
        ] {
            assert!(weakens(key, strong, weak), "{key}: {strong} → {weak}");
            assert!(!weakens(key, weak, strong), "{key}: {weak} → {strong}");
            assert!(!weakens(key, weak, weak), "{key}: {weak}");
        }
        assert!(!weakens("headers.permissions_policy", "camera=*", "camera=(self)"));
    }

    /// Fails when a setting is declared without its direction, or an order lacks a choice.
    #[test]
    fn every_setting_says_which_of_two_values_is_weaker() {
        for setting in Settings::all() {
            assert_ne!(setting.weaker, Weaker::Either, "{}", setting.key);
            let fits = match setting.weaker {
                Weaker::Off | Weaker::On => setting.kind == Kind::Switch,
                Weaker::More | Weaker::Less => matches!(setting.kind, Kind::Number | Kind::Limit),
                Weaker::Longer | Weaker::Shorter => setting.kind == Kind::Limit,
                Weaker::Later(order) => setting.choices.iter().all(|(text, _)| order.contains(text)),
                Weaker::Either
                | Weaker::Neither
                | Weaker::Adds
                | Weaker::AddsOrEmpties
                | Weaker::Removes
                | Weaker::Allows
                | Weaker::Admits
                | Weaker::Loads => true,
            };
            assert!(fits, "{}: {:?}", setting.key, setting.weaker);
        }
    }
}
