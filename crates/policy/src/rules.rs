//! Rules across settings: what is refused at save, and what is only warned of.
use crate::{
    Settings, Violation,
    value::{Limit, Problem},
};

/// What contradicts itself in these settings; a save with any of it is refused.
pub fn violations(settings: &Settings) -> Vec<Violation> {
    let two_factor = &settings.two_factor;
    let no_factor = !two_factor.authenticator && !two_factor.passkeys;
    let unmet = |required: bool, key| {
        (required && no_factor).then_some(Violation {
            key,
            problem: Problem::Conflict(
                "Needs a factor that people can set up: turn on Authenticator apps or Passkeys as well.",
            ),
        })
    };
    [
        unmet(two_factor.require_admins, "two_factor.require_admins"),
        unmet(two_factor.require_everyone, "two_factor.require_everyone"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Something that is allowed but probably not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The setting beside which it is shown.
    pub key: &'static str,
    /// The words.
    pub words: &'static str,
}

/// What is allowed in these settings but probably not meant.
pub fn warnings(settings: &Settings) -> Vec<Warning> {
    let mut found = Vec::new();
    if let Limit::Of(idle) = settings.sessions.idle_timeout
        && idle >= settings.sessions.lifetime
    {
        found.push(Warning {
            key: "sessions.idle_timeout",
            words: "Never reached: the session lifetime ends a session first.",
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Minutes;

    #[test]
    fn requiring_a_factor_that_nobody_can_enrol_is_refused() {
        let mut settings = Settings::default();
        settings.two_factor.require_admins = true;
        settings.two_factor.authenticator = false;
        assert_eq!(violations(&settings), vec![], "passkeys remain");
        settings.two_factor.passkeys = false;
        assert_eq!(violations(&settings).iter().map(|v| v.key).collect::<Vec<_>>(), ["two_factor.require_admins"]);
    }

    #[test]
    fn an_idle_timeout_at_or_above_the_lifetime_is_warned_of() {
        let mut settings = Settings::default();
        settings.sessions.lifetime = Minutes(30);
        assert_eq!(warnings(&settings).len(), 1);
        settings.sessions.lifetime = Minutes(31);
        assert_eq!(warnings(&settings), vec![]);
    }
}
