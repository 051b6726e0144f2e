//! May a browser skip the second step?
use crate::{
    Settings, Timestamp,
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

/// Until when a browser that was trusted at this instant is; `None` where none is trusted. Judged at
/// use: a shorter time acts at once.
pub fn trusted_until(settings: &Settings, trusted_at: Timestamp) -> Option<Timestamp> {
    lasts(settings).map(|span| trusted_at + span)
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

/// Whether a browser that was trusted at this instant may skip the second step now.
pub fn skips_second_step(settings: &Settings, trusted_at: Option<Timestamp>, now: Timestamp) -> bool {
    trusted_at.and_then(|at| trusted_until(settings, at)).is_some_and(|until| now < until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_ends_on_its_day_and_is_off_by_default() {
        let at = Timestamp(1_800_000_000_000);
        let mut settings = Settings::default();
        assert!(!skips_second_step(&settings, Some(at), at), "0 is off");
        settings.two_factor.trusted_device_days = Limit::Of(Days(30));
        let end = at + Span::days(30);
        assert!(skips_second_step(&settings, Some(at), end - Span::seconds(1)));
        assert!(!skips_second_step(&settings, Some(at), end));
        assert_eq!(over_before(&settings, end), Some(at));
        assert!(!skips_second_step(&settings, None, at), "nobody ticked the box");
        settings.two_factor.trusted_device_days = Limit::Of(Days(1));
        assert!(!skips_second_step(&settings, Some(at), at + Span::days(1)), "a shorter time acts at once");
    }
}
