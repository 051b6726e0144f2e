//! Until when does a link work, and does it lead straight to what it is about? Judged at use, under
//! today's settings.
use crate::{
    Lifespan, LinkPurpose, SettingKey, Settings, Timestamp,
    link_purpose::{Lifetime, LimitedBy},
    time::Span,
    value::{Limit, Minutes, Seconds},
};

/// The shortest of some limits under these settings, and which of them it is; `None` when none of them limits.
fn shortest(settings: &Settings, limits: &[LimitedBy]) -> Option<(Minutes, SettingKey)> {
    let limits = limits.iter().filter_map(|(by, limit)| Some((limit(&settings.links).of()?, *by)));
    limits.min_by_key(|(minutes, _)| *minutes)
}

/// How long a link works under these settings, and which of them says so; `None` when it never lapses.
fn lifetime(settings: &Settings, purpose: LinkPurpose) -> Option<(Span, Option<SettingKey>)> {
    match purpose.lifetime() {
        Lifetime::Fixed(span) => Some((span, None)),
        Lifetime::Limited(limits) => shortest(settings, limits).map(|(minutes, by)| (minutes.span(), Some(by))),
        Lifetime::LikeEmailedCode(limits) => {
            let Seconds(lasts) = settings.two_factor.email_code_lifetime;
            let code = (Span::seconds(lasts), Some(SettingKey::TWO_FACTOR_EMAIL_CODE_LIFETIME));
            let limit = shortest(settings, limits).map(|(minutes, by)| (minutes.span(), Some(by)));
            Some(limit.filter(|(span, _)| *span < code.0).unwrap_or(code))
        }
    }
}

/// When a link that was issued at this instant lapses, and which setting says so, where one does; `None` when it
/// never lapses.
pub fn lapses(
    settings: &Settings,
    purpose: LinkPurpose,
    issued_at: Timestamp,
) -> Option<(Timestamp, Option<SettingKey>)> {
    lifetime(settings, purpose).map(|(span, by)| (issued_at + span, by))
}

/// The instant such that a link that was issued then or before has lapsed at `now`; `None` when none ever does.
pub fn over_before(settings: &Settings, purpose: LinkPurpose, now: Timestamp) -> Option<Timestamp> {
    lifetime(settings, purpose).map(|(span, _)| now - span)
}

/// Where another setting makes links lapse earlier than this one says: how long they work, and which setting
/// says so.
pub fn shortened(settings: &Settings, key: &str) -> Vec<(Minutes, SettingKey)> {
    let found = LinkPurpose::ALL.iter().filter_map(|purpose| {
        let Lifetime::Limited(limits) = purpose.lifetime() else { return None };
        let (_, own) = limits.iter().find(|(by, _)| by.as_str() == key)?;
        shortest(settings, limits).filter(|(minutes, _)| own(&settings.links) != Limit::Of(*minutes))
    });
    let mut found: Vec<_> = found.collect();
    // Several purposes may be limited by the same settings.
    found.dedup();
    found
}

/// Whether a link works: until the earlier of what was said when it was issued and what today's
/// settings say, by the rule of every [`Lifespan`].
pub fn works(
    settings: &Settings,
    purpose: LinkPurpose,
    issued_at: Timestamp,
    said_then: Option<Timestamp>,
    now: Timestamp,
) -> bool {
    let today = lifetime(settings, purpose).map(|(span, _)| span);
    Lifespan { since: issued_at, said_until: said_then }.is_live(today, now)
}

/// Who opens a link that only leads somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenedBy {
    /// Nobody who is signed in.
    Nobody,
    /// The member whom it was sent to, in a live session.
    Recipient,
    /// Another member, in a live session.
    SomebodyElse,
}

/// Whether a link that only leads somewhere does so at once; otherwise a page says where it leads and
/// asks to go on. It never signs anybody in, and the gate still stands before what it leads to.
pub fn leads_straight_on(settings: &Settings, by: OpenedBy) -> bool {
    settings.links.auto_login && by == OpenedBy::Recipient
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_straight_on_only_for_its_recipient_and_only_where_that_is_allowed() {
        let mut settings = Settings::default();
        let everybody = [OpenedBy::Nobody, OpenedBy::Recipient, OpenedBy::SomebodyElse];
        assert!(everybody.iter().all(|by| !leads_straight_on(&settings, *by)), "off by default");
        settings.links.auto_login = true;
        assert_eq!(everybody.map(|by| leads_straight_on(&settings, by)), [false, true, false]);
    }

    const NOON: Timestamp = Timestamp(1_800_000_000_000);
    const IDENTITY: LinkPurpose = LinkPurpose::IdentityVerification;

    #[test]
    fn the_smallest_lifetime_wins_and_none_counts_as_infinite() {
        let mut settings = Settings::default();
        settings.links.identity_verification = Limit::Of(Minutes(60));
        settings.links.verification = Limit::Of(Minutes(30));
        let by = |settings: &Settings| lapses(settings, IDENTITY, NOON).map(|(at, by)| (at.since(NOON), by));
        assert_eq!(by(&settings), Some((Span::minutes(30), Some(SettingKey::LINKS_VERIFICATION))));
        settings.links.verification = Limit::Unlimited;
        assert_eq!(by(&settings), Some((Span::minutes(60), Some(SettingKey::LINKS_IDENTITY_VERIFICATION))));
        settings.links.identity_verification = Limit::Unlimited;
        assert_eq!(by(&settings), None);
        assert!(works(&settings, IDENTITY, NOON, None, NOON + Span::days(3_650)));
    }

    #[test]
    fn a_setting_that_another_one_shortens_says_which_and_to_what() {
        let mut settings = Settings::default();
        let by_default = [SettingKey::LINKS_PASSWORD_RESET, SettingKey::LINKS_EMAIL_CLAIM].map(|by| (Minutes(60), by));
        assert_eq!(shortened(&settings, "links.verification"), by_default);
        assert_eq!(shortened(&settings, "links.password_reset"), vec![]);
        settings.links.verification = Limit::Of(Minutes(30));
        for key in ["links.password_reset", "links.email_claim", "links.identity_verification"] {
            assert_eq!(shortened(&settings, key), vec![(Minutes(30), SettingKey::LINKS_VERIFICATION)], "{key}");
        }
        assert_eq!(shortened(&settings, "links.verification"), vec![]);
        settings.links.verification = Limit::Unlimited;
        settings.links.password_reset = Limit::Unlimited;
        assert_eq!(shortened(&settings, "links.password_reset"), vec![], "neither limits it");
        assert_eq!(shortened(&settings, "links.passwordless"), vec![], "one setting alone");
        assert_eq!(shortened(&settings, "sessions.lifetime"), vec![]);
    }

    #[test]
    fn a_grant_lasts_as_long_as_the_setting_says_and_never_for_ever() {
        let settings = Settings::default();
        let (at, by) = lapses(&settings, LinkPurpose::PasswordGrant, NOON).expect("it always lapses");
        assert_eq!((at.since(NOON), by), (Span::minutes(15), Some(SettingKey::LINKS_PASSWORDLESS)));
        let (at, by) = lapses(&settings, LinkPurpose::PasswordReset, NOON).expect("by default");
        assert_eq!((at.since(NOON), by), (Span::minutes(60), Some(SettingKey::LINKS_PASSWORD_RESET)));
    }

    #[test]
    fn the_link_beside_a_code_lapses_with_it_or_earlier_and_never_later() {
        let mut settings = Settings::default();
        let lasts =
            |settings: &Settings| lapses(settings, LinkPurpose::SecondStep, NOON).map(|(at, by)| (at.since(NOON), by));
        let code = Some(SettingKey::TWO_FACTOR_EMAIL_CODE_LIFETIME);
        assert_eq!(lasts(&settings), Some((Span::seconds(600), code)));
        settings.links.verification = Limit::Of(Minutes(5));
        assert_eq!(lasts(&settings), Some((Span::minutes(5), Some(SettingKey::LINKS_VERIFICATION))));
        settings.two_factor.email_code_lifetime = Seconds(60);
        assert_eq!(lasts(&settings), Some((Span::seconds(60), code)));
        settings.links.verification = Limit::Unlimited;
        settings.two_factor.email_code_lifetime = Seconds(3_600);
        assert_eq!(lasts(&settings), Some((Span::minutes(60), code)), "without a limit it ends with the code");
        let others = shortened(&settings, "links.verification");
        assert!(others.iter().all(|(_, by)| *by != SettingKey::TWO_FACTOR_EMAIL_CODE_LIFETIME), "the help says so");
    }

    #[test]
    fn tightening_acts_at_once_and_loosening_revives_nothing() {
        let mut settings = Settings::default();
        let said = Some(NOON + Span::minutes(1_440));
        settings.links.identity_verification = Limit::Of(Minutes(5));
        assert!(works(&settings, IDENTITY, NOON, said, NOON + Span::minutes(5) - Span::seconds(1)));
        assert!(!works(&settings, IDENTITY, NOON, said, NOON + Span::minutes(5)));
        settings.links.identity_verification = Limit::Unlimited;
        settings.links.verification = Limit::Unlimited;
        assert!(!works(&settings, IDENTITY, NOON, said, NOON + Span::minutes(1_440)));
    }
}
