//! Codes sent by e-mail: whom they serve as a second step, when one is sent, and how long it works.
use super::{enrolment::Factors, mailbox};
use crate::{Lifespan, Refusal, SettingKey, Settings, Timestamp, time::Span, value::Seconds};

/// How many digits a code has: 8, of which a guess hits one in a hundred million.
pub const DIGITS: u32 = 8;

/// How many codes of one sign-in are good, the latest: mails overtake each other, and whoever has asked twice types the
/// code that has arrived.
pub const GOOD_AT_ONCE: u32 = 3;

/// May a member choose to get codes by e-mail?
///
/// # Errors
/// Names the switch that turned them off.
pub const fn may_choose(settings: &Settings) -> Result<(), Refusal> {
    if settings.two_factor.email { Ok(()) } else { Err(Refusal::FactorOff { by: SettingKey::TWO_FACTOR_EMAIL }) }
}

/// Does an e-mailed code pass the second step of a member who has chosen to get them? Not where they have
/// a better factor: whoever reads their mail could choose a new password and pass the step, too.
pub const fn serves(settings: &Settings, factors: Factors, chosen: bool) -> bool {
    chosen && settings.two_factor.email && !factors.enrolled()
}

/// May another code be sent, given when codes were sent within the last hour, the latest first?
///
/// # Errors
/// [`Refusal::CodeSentLately`] with the time that is left.
pub fn may_send(sent: &[Timestamp], now: Timestamp) -> Result<(), Refusal> {
    match mailbox::free_from(sent, now) {
        Some(from) => Err(Refusal::CodeSentLately { seconds: from.since(now).whole_seconds() }),
        None => Ok(()),
    }
}

/// Until when a code works that was sent at this instant.
pub fn works_until(settings: &Settings, sent_at: Timestamp) -> Timestamp {
    let Seconds(lasts) = settings.two_factor.email_code_lifetime;
    sent_at + Span::seconds(lasts)
}

/// Whether a code still works: judged at use, by the rule of every [`Lifespan`].
pub fn works(settings: &Settings, code: Lifespan, now: Timestamp) -> bool {
    let Seconds(lasts) = settings.two_factor.email_code_lifetime;
    code.is_live(Some(Span::seconds(lasts)), now)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);
    const NONE: Factors = Factors { authenticator: false, passkeys: 0 };
    const APP: Factors = Factors { authenticator: true, passkeys: 0 };

    fn waits(sent: &[Timestamp], now: Timestamp) -> i64 {
        if let Err(Refusal::CodeSentLately { seconds }) = may_send(sent, now) { seconds } else { 0 }
    }

    #[test]
    fn a_code_works_for_its_lifetime_and_a_shorter_one_acts_at_once_and_a_longer_one_never() {
        let mut settings = Settings::default();
        let code = Lifespan { since: NOON, said_until: Some(works_until(&settings, NOON)) };
        let works = |settings: &Settings, seconds| works(settings, code, NOON + Span::seconds(seconds));
        assert!(works(&settings, 599) && !works(&settings, 600));
        settings.two_factor.email_code_lifetime = Seconds(60);
        assert!(!works(&settings, 60));
        settings.two_factor.email_code_lifetime = Seconds(3_600);
        assert!(!works(&settings, 600), "a longer one revives nothing");
    }

    #[test]
    fn the_pause_between_two_codes_doubles_and_there_are_five_in_an_hour() {
        assert_eq!(waits(&[], NOON), 0);
        assert_eq!(waits(&[NOON], NOON), 30);
        assert_eq!(waits(&[NOON], NOON + Span::seconds(30)), 0);
        assert_eq!(waits(&[NOON, NOON - Span::seconds(30)], NOON), 60);
        let five: Vec<_> = (0..5).map(|n| NOON - Span::minutes(n)).collect();
        assert_eq!(waits(&five, NOON + Span::minutes(5)), 51 * 60);
        assert_eq!(waits(&five, NOON + Span::minutes(56)), 0);
    }

    #[test]
    fn a_mailbox_never_takes_the_place_of_a_better_factor() {
        let mut settings = Settings::default();
        assert!(serves(&settings, NONE, true));
        assert!(!serves(&settings, NONE, false), "they have to choose it");
        assert!(!serves(&settings, APP, true));
        settings.two_factor.email = false;
        assert!(!serves(&settings, NONE, true));
        assert_eq!(may_choose(&settings), Err(Refusal::FactorOff { by: SettingKey::TWO_FACTOR_EMAIL }));
    }
}
