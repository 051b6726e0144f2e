//! Does this member have to enrol a second factor, and which may they set up or remove?
use crate::{Refusal, Role, SettingKey, Settings, Timestamp, time::Span, value::Days};
use serde::{Deserialize, Serialize};

/// The confirmed second factors of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Factors {
    /// A confirmed authenticator app.
    pub authenticator: bool,
    /// The number of passkeys.
    pub passkeys: u32,
}

impl Factors {
    /// Whether these count as enrolled: one confirmed app or one passkey is enough.
    pub const fn enrolled(self) -> bool {
        self.authenticator || self.passkeys > 0
    }
}

/// A kind of second factor that a member can enrol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Factor {
    /// An authenticator app (RFC 6238).
    Authenticator,
    /// A passkey.
    Passkey,
}

/// The switch that requires a second factor of this role, if one does.
pub const fn required_by(settings: &Settings, role: Role) -> Option<SettingKey> {
    if settings.two_factor.require_everyone {
        Some(SettingKey::TWO_FACTOR_REQUIRE_EVERYONE)
    } else if settings.two_factor.require_admins && role.reaches_admin() {
        Some(SettingKey::TWO_FACTOR_REQUIRE_ADMINS)
    } else {
        None
    }
}

/// May the member go on with these factors?
///
/// # Errors
/// Names the switch that requires a factor the member does not have.
pub const fn enough(settings: &Settings, role: Role, factors: Factors) -> Result<(), Refusal> {
    match required_by(settings, role) {
        Some(by) if !factors.enrolled() => Err(Refusal::EnrolmentRequired { by }),
        _ => Ok(()),
    }
}

/// Whether enrolling may be postponed at all.
pub const fn has_grace(settings: &Settings) -> bool {
    settings.two_factor.grace_days.0 > 0
}

/// Until when a member may postpone enrolling; `None` once that is over. Whoever was never asked is
/// asked now.
pub fn grace_until(settings: &Settings, asked_at: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    let Days(days) = settings.two_factor.grace_days;
    // Whoever was asked in the future was so before a clock was set back: nobody knows when.
    let asked = Some(asked_at.unwrap_or(now)).filter(|at| !at.is_ahead_of(now))?;
    Some(asked + Span::days(days)).filter(|until| now < *until)
}

/// May a factor of this kind be set up?
///
/// # Errors
/// Names the switch that turned this kind off.
pub const fn may_enrol(settings: &Settings, factor: Factor) -> Result<(), Refusal> {
    let (on, by) = match factor {
        Factor::Authenticator => (settings.two_factor.authenticator, SettingKey::TWO_FACTOR_AUTHENTICATOR),
        Factor::Passkey => (settings.two_factor.passkeys, SettingKey::TWO_FACTOR_PASSKEYS),
    };
    if on { Ok(()) } else { Err(Refusal::FactorOff { by }) }
}

/// May anybody sign in with a passkey alone?
///
/// # Errors
/// Names the switch that turned passkeys off.
pub const fn may_sign_in_by_passkey(settings: &Settings) -> Result<(), Refusal> {
    may_enrol(settings, Factor::Passkey)
}

/// May the member remove a factor of this kind?
///
/// # Errors
/// Names the switch that requires the member to keep their last factor.
pub fn may_remove(settings: &Settings, role: Role, factors: Factors, factor: Factor) -> Result<(), Refusal> {
    let left = match factor {
        Factor::Authenticator => Factors { authenticator: false, ..factors },
        Factor::Passkey => Factors { passkeys: factors.passkeys.saturating_sub(1), ..factors },
    };
    match required_by(settings, role) {
        Some(by) if !left.enrolled() => Err(Refusal::LastFactor { by }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Factors = Factors { authenticator: false, passkeys: 0 };
    const APP: Factors = Factors { authenticator: true, passkeys: 0 };
    const KEY: Factors = Factors { authenticator: false, passkeys: 1 };

    fn requiring(admins: bool, everyone: bool) -> Settings {
        let mut settings = Settings::default();
        settings.two_factor.require_admins = admins;
        settings.two_factor.require_everyone = everyone;
        settings
    }

    #[test]
    fn who_must_enrol_follows_from_the_two_switches_and_the_role() {
        use SettingKey as Key;
        for (admins, everyone, role, by) in [
            (false, false, Role::SuperAdmin, None),
            (true, false, Role::Member, None),
            (true, false, Role::Moderator, None),
            (true, false, Role::Admin, Some(Key::TWO_FACTOR_REQUIRE_ADMINS)),
            (true, false, Role::ItAdmin, Some(Key::TWO_FACTOR_REQUIRE_ADMINS)),
            (true, false, Role::SuperAdmin, Some(Key::TWO_FACTOR_REQUIRE_ADMINS)),
            (false, true, Role::Member, Some(Key::TWO_FACTOR_REQUIRE_EVERYONE)),
            (false, true, Role::Admin, Some(Key::TWO_FACTOR_REQUIRE_EVERYONE)),
            (true, true, Role::Admin, Some(Key::TWO_FACTOR_REQUIRE_EVERYONE)),
        ] {
            let settings = requiring(admins, everyone);
            assert_eq!(required_by(&settings, role), by, "{admins} {everyone} {role}");
            assert_eq!(enough(&settings, role, NONE).is_err(), by.is_some());
        }
    }

    #[test]
    fn either_factor_satisfies() {
        let settings = requiring(false, true);
        assert!(enough(&settings, Role::Member, APP).is_ok());
        assert!(enough(&settings, Role::Member, KEY).is_ok());
    }

    #[test]
    fn the_last_factor_stays_while_one_is_required() {
        let both = Factors { authenticator: true, passkeys: 1 };
        let on = requiring(true, false);
        assert!(may_remove(&on, Role::Admin, APP, Factor::Authenticator).is_err());
        assert!(may_remove(&on, Role::Admin, KEY, Factor::Passkey).is_err());
        assert!(may_remove(&on, Role::Admin, both, Factor::Passkey).is_ok());
        assert!(may_remove(&on, Role::Member, APP, Factor::Authenticator).is_ok());
    }

    #[test]
    fn a_kind_that_is_turned_off_cannot_be_set_up() {
        let mut settings = Settings::default();
        settings.two_factor.authenticator = false;
        assert_eq!(
            may_enrol(&settings, Factor::Authenticator),
            Err(Refusal::FactorOff { by: SettingKey::TWO_FACTOR_AUTHENTICATOR })
        );
        assert!(may_enrol(&settings, Factor::Passkey).is_ok());
    }
}
