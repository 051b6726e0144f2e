//! May a browser skip the second step?
use crate::{
    Lifespan, Settings, Timestamp,
    time::Span,
    value::{Days, Limit},
};

/// How long a browser is trusted; `None` where none is.
fn lasts(settings: &Settings) -> Option<Span> {
    match settings.two_factor.trusted_device_days {
        Limit::Of(Days(days)) => Some(Span::days(days)),
        Limit::Unlimited => None,
    }
}

/// Until when a browser is trusted that is so from now on; `None` where none is.
pub fn begins(settings: &Settings, now: Timestamp) -> Option<Timestamp> {
    lasts(settings).map(|span| now + span)
}

/// Until when a browser is trusted that still is at `now`; `None` where it is not. Judged at use, by the rule of every
/// [`Lifespan`].
pub fn trusted_until(settings: &Settings, trusted: Lifespan, now: Timestamp) -> Option<Timestamp> {
    let lasts = lasts(settings)?;
    trusted.until(Some(lasts)).filter(|_| trusted.is_live(Some(lasts), now))
}

/// The instant such that a browser that was trusted then or before no longer is at `now`; `None` where none is.
pub fn over_before(settings: &Settings, now: Timestamp) -> Option<Timestamp> {
    lasts(settings).map(|span| now - span)
}

/// For how many days a browser may be trusted; 0 where none is.
pub const fn days(settings: &Settings) -> u32 {
    match settings.two_factor.trusted_device_days {
        Limit::Of(Days(days)) => days,
        Limit::Unlimited => 0,
    }
}

/// Whether a browser may skip the second step now; `None` is one that its member does not trust.
pub fn skips_second_step(settings: &Settings, trusted: Option<Lifespan>, now: Timestamp) -> bool {
    trusted.and_then(|trusted| trusted_until(settings, trusted, now)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_ends_on_its_day_and_is_off_by_default() {
        let at = Timestamp(1_800_000_000_000);
        let mut settings = Settings::default();
        let said = |until| Some(Lifespan { since: at, said_until: Some(until) });
        let end = at + Span::days(30);
        assert!(!skips_second_step(&settings, said(end), at), "0 is off");
        settings.two_factor.trusted_device_days = Limit::Of(Days(30));
        assert_eq!(begins(&settings, at), Some(end));
        assert!(skips_second_step(&settings, said(end), end - Span::seconds(1)));
        assert!(!skips_second_step(&settings, said(end), end));
        assert!(
            !skips_second_step(&settings, said(at + Span::days(7)), at + Span::days(7)),
            "a longer time revives nothing"
        );
        assert_eq!(over_before(&settings, end), Some(at));
        assert!(!skips_second_step(&settings, None, at), "nobody ticked the box");
        settings.two_factor.trusted_device_days = Limit::Of(Days(1));
        assert!(!skips_second_step(&settings, said(end), at + Span::days(1)), "a shorter time acts at once");
    }
}
