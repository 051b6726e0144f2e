//! When does a form have to bring a solved captcha, and how much work is it?
use crate::{Refusal, SettingKey, Settings};
use std::ops::Range;

/// The most that failures add to the work.
const HARDEST: u32 = 10;
/// How many derivations a challenge asks for at its easiest, at least.
const EASIEST: u32 = 500;

/// How hard a challenge is: 1 is the easiest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(pub u32);

impl Level {
    /// How many derivations a browser does before it finds the answer: drawn from this range.
    pub const fn derivations(self) -> Range<u32> {
        EASIEST * self.0..2 * EASIEST * self.0
    }
}

/// How hard a captcha a sign-in has to bring after so many failures at the account and, unless the browser is known, from
/// its network address; none before the first, be it at another account, and none while captchas are off. It gets dearer
/// with each.
pub fn for_sign_in(settings: &Settings, at_account: u32, from_address: u32) -> Option<Level> {
    let failures = at_account.max(from_address);
    (settings.sign_in.captcha && failures > 0).then(|| Level(failures.min(HARDEST)))
}

/// How hard a captcha somebody who asks for a new password or claims an account has to bring after so many
/// tries from their network address; none while captchas are off. It gets dearer with each.
pub const fn for_mail(settings: &Settings, tries: u32) -> Option<Level> {
    if !settings.sign_in.captcha {
        return None;
    }
    let level = tries.saturating_add(2);
    Some(Level(if level > HARDEST { HARDEST } else { level }))
}

/// How hard a captcha is that a browser solves before anybody has typed an address, after so many failures from its
/// network address: as hard as the next sign-in at any account has to bring.
pub fn prefetched(settings: &Settings, from_address: u32) -> Option<Level> {
    for_sign_in(settings, 0, from_address)
}

/// The refusal of a form that brings no solution that counts.
pub const fn unsolved() -> Refusal {
    Refusal::CaptchaUnsolved { by: SettingKey::SIGN_IN_CAPTCHA }
}

/// The refusal of a form whose solution counted once.
pub const fn lapsed() -> Refusal {
    Refusal::CaptchaLapsed { by: SettingKey::SIGN_IN_CAPTCHA }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_captcha_is_asked_for_after_a_failure_and_gets_dearer_with_each() {
        let mut settings = Settings::default();
        assert_eq!(for_sign_in(&settings, 5, 5), None, "off by default");
        settings.sign_in.captcha = true;
        assert_eq!(for_sign_in(&settings, 0, 0), None);
        assert_eq!(for_sign_in(&settings, 1, 0), Some(Level(1)));
        assert_eq!(for_sign_in(&settings, 0, 1), Some(Level(1)), "also for a first guess at an account");
        assert_eq!(for_sign_in(&settings, 3, 2), Some(Level(3)));
        assert_eq!(for_sign_in(&settings, 2, 99), Some(Level(10)));
        assert_eq!([0, 2, 99].map(|failures| prefetched(&settings, failures)), [None, Some(Level(2)), Some(Level(10))]);
        assert_eq!([0, 3, 99].map(|tries| for_mail(&settings, tries)), [2, 5, 10].map(|level| Some(Level(level))));
        assert_eq!((Level(1).derivations(), Level(10).derivations()), (500..1_000, 5_000..10_000));
    }
}
