//! Is a session still live, and until when?
use crate::{Ended, Settings, Timestamp, value::Limit};

/// The times of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTimes {
    /// When the member signed in.
    pub started_at: Timestamp,
    /// When the last activity was recorded.
    pub last_seen_at: Timestamp,
    /// Whether it was to outlive the browser.
    pub kept: bool,
}

/// How seldom activity is recorded: at most once in so many seconds.
pub const RECORD_EVERY_SECONDS: u32 = 60;

/// The instant at which the session ends if nothing more happens, and why it would.
pub fn ends(settings: &Settings, times: SessionTimes) -> (Timestamp, Ended) {
    let lifetime = settings.sessions.lifetime;
    let by_lifetime = (times.started_at + lifetime.span(), Ended::Lifetime { minutes: lifetime.0 });
    let Limit::Of(idle) = settings.sessions.idle_timeout else { return by_lifetime };
    let by_idling = (times.last_seen_at + idle.span(), Ended::Idle { minutes: idle.0 });
    if by_idling.0 < by_lifetime.0 { by_idling } else { by_lifetime }
}

/// Why the session is over at this instant; nothing while it is live.
pub fn ended(settings: &Settings, times: SessionTimes, now: Timestamp) -> Option<Ended> {
    if times.kept && !settings.sessions.remember_me {
        return Some(Ended::NotKept);
    }
    let (at, why) = ends(settings, times);
    (now >= at).then_some(why)
}

/// Tells whether activity at this instant is worth recording.
pub fn worth_recording(times: SessionTimes, now: Timestamp) -> bool {
    now.since(times.last_seen_at).millis() >= i64::from(RECORD_EVERY_SECONDS) * 1_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{time::Span, value::Minutes};
    use proptest::prelude::*;

    const START: Timestamp = Timestamp(1_000_000_000);

    fn settings(idle: Limit<Minutes>, lifetime: u32) -> Settings {
        let mut settings = Settings::default();
        settings.sessions.idle_timeout = idle;
        settings.sessions.lifetime = Minutes(lifetime);
        settings
    }

    fn at(seen: Span) -> SessionTimes {
        SessionTimes { started_at: START, last_seen_at: START + seen, kept: false }
    }

    #[test]
    fn idling_ends_a_session_at_the_limit_and_not_a_second_before() {
        let settings = settings(Limit::Of(Minutes(30)), 480);
        let limit = START + Span::minutes(30);
        assert_eq!(ended(&settings, at(Span::seconds(0)), limit - Span::seconds(1)), None);
        assert_eq!(ended(&settings, at(Span::seconds(0)), limit), Some(Ended::Idle { minutes: 30 }));
    }

    #[test]
    fn the_lifetime_ends_a_session_whatever_the_activity() {
        let settings = settings(Limit::Of(Minutes(30)), 480);
        let busy = at(Span::minutes(479));
        assert_eq!(ended(&settings, busy, START + Span::minutes(480) - Span::seconds(1)), None);
        assert_eq!(ended(&settings, busy, START + Span::minutes(480)), Some(Ended::Lifetime { minutes: 480 }));
    }

    #[test]
    fn without_an_idle_limit_only_the_lifetime_counts() {
        let settings = settings(Limit::Unlimited, 43_200);
        assert_eq!(ended(&settings, at(Span::seconds(0)), START + Span::days(29)), None);
        assert!(ended(&settings, at(Span::seconds(0)), START + Span::days(30)).is_some());
    }

    #[test]
    fn a_session_that_was_to_outlive_the_browser_ends_when_that_is_turned_off() {
        let mut settings = settings(Limit::Unlimited, 480);
        let kept = SessionTimes { kept: true, ..at(Span::seconds(0)) };
        settings.sessions.remember_me = true;
        assert_eq!(ended(&settings, kept, START), None);
        settings.sessions.remember_me = false;
        assert_eq!(ended(&settings, kept, START), Some(Ended::NotKept));
        assert_eq!(ended(&settings, at(Span::seconds(0)), START), None);
    }

    #[test]
    fn activity_is_recorded_at_most_once_a_minute() {
        let times = at(Span::seconds(0));
        assert!(!worth_recording(times, START + Span::seconds(59)));
        assert!(worth_recording(times, START + Span::seconds(60)));
    }

    proptest! {
        #[test]
        fn tightening_never_lengthens_a_session(
            idle in 5u32..=43_200, tighter in 5u32..=43_200, lifetime in 5u32..=43_200, seen in 0u32..40_000,
        ) {
            let (loose, tight) = (idle.max(tighter), idle.min(tighter));
            let times = at(Span::minutes(seen));
            let ends_with = |idle| ends(&settings(Limit::Of(Minutes(idle)), lifetime), times).0;
            prop_assert!(ends_with(tight) <= ends_with(loose));
            prop_assert!(ends_with(loose) <= START + Span::minutes(lifetime));
        }
    }
}
