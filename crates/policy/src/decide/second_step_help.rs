//! Members who can't use their second step and ask an admin to remove it: until when does a request wait, and when may
//! it be granted, by whom?
use super::rank::{self, Authority};
use crate::{Refusal, Role, SettingKey, Settings, Timestamp, time::Span};

/// How long a request waits; nobody grants one that is older.
pub const LASTS: Span = Span::days(7);

/// The longest reason that an admin gives, in characters.
pub const REASON: usize = 500;

const BY: SettingKey = SettingKey::TWO_FACTOR_HELP_WAIT;

/// Whether a request that nobody has settled still waits.
pub fn is_open(asked_at: Timestamp, now: Timestamp) -> bool {
    now < asked_at + LASTS
}

/// From when a request may be granted: whoever it is about can cancel it before.
pub fn may_be_granted_from(settings: &Settings, asked_at: Timestamp) -> Timestamp {
    asked_at + settings.two_factor.help_wait.span()
}

/// May somebody decide about the request of a member of this role?
///
/// # Errors
/// [`Refusal::NotOnYourself`]; [`Refusal::RoleRequired`] of whoever stands below the member.
pub fn may_decide(by: Authority, subject: Role, is_self: bool) -> Result<(), Refusal> {
    rank::may_act_on(by, subject, is_self)
}

/// May a request be granted now, as far as its age goes?
///
/// # Errors
/// [`Refusal::HelpWaits`] names the setting.
pub fn may_grant(settings: &Settings, asked_at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    let until = may_be_granted_from(settings, asked_at);
    if now < until { Err(Refusal::HelpWaits { by: BY, until }) } else { Ok(()) }
}

/// What is wrong with a reason, in words; `None` when nothing is.
pub fn reason_problem(reason: &str) -> Option<String> {
    match reason.chars().count() {
        0 => Some("Say why: how you know that it is them, or why not.".to_owned()),
        n if n > REASON => Some(format!("A reason has at most {REASON} characters.")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Minutes;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn a_request_is_granted_after_the_time_that_the_setting_says_and_not_a_moment_before() {
        let mut settings = Settings::default();
        for minutes in [60, 61, 2_880] {
            settings.two_factor.help_wait = Minutes(minutes);
            let until = NOON + Span::minutes(minutes);
            let refused = Err(Refusal::HelpWaits { by: BY, until });
            assert_eq!(may_grant(&settings, NOON, NOON), refused);
            assert_eq!(may_grant(&settings, NOON, until - Span::seconds(1)), refused);
            assert_eq!(may_grant(&settings, NOON, until), Ok(()));
        }
    }

    #[test]
    fn a_request_lapses_after_a_week_which_is_later_than_any_wait() {
        assert!(is_open(NOON, NOON) && is_open(NOON, NOON + LASTS - Span::seconds(1)));
        assert!(!is_open(NOON, NOON + LASTS));
        let most = BY.setting().and_then(|setting| setting.bounds).expect("a range").max;
        assert!(Span::minutes(most) < LASTS);
    }

    #[test]
    fn nobody_decides_about_themselves_or_above_their_rank() {
        for role in [Role::Admin, Role::ItAdmin] {
            assert_eq!(may_decide(Authority::Member(role), Role::Member, true), Err(Refusal::NotOnYourself));
            assert!(may_decide(Authority::Member(role), Role::SuperAdmin, false).is_err());
            assert_eq!(may_decide(Authority::Member(role), Role::Admin, false), Ok(()));
        }
        assert_eq!(may_decide(Authority::Member(Role::SuperAdmin), Role::SuperAdmin, false), Ok(()));
    }

    #[test]
    fn a_reason_is_given_and_not_too_long() {
        assert!(reason_problem("").is_some() && reason_problem(&"x".repeat(REASON + 1)).is_some());
        assert_eq!(reason_problem(&"é".repeat(REASON)), None);
    }
}
