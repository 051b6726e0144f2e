//! Is a session still live, and until when?
use crate::{
    Ended, SettingKey, Settings, Timestamp,
    time::Span,
    value::{Limit, Minutes},
    words,
};

/// The times of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTimes {
    /// When the member signed in.
    pub started_at: Timestamp,
    /// When the last activity was recorded.
    pub last_seen_at: Timestamp,
    /// Whether it was to outlive the browser.
    pub persistent: bool,
}

/// How seldom activity is recorded: at most once in so many seconds.
pub const RECORD_EVERY_SECONDS: u32 = 60;

/// How long the token of a session that outlives the browser is used before another one takes its place.
pub const TOKEN_LASTS: Span = Span::minutes(60);

/// How long a token that was replaced may still come in: with requests that were under way.
pub const TOKEN_OVERLAP: Span = Span::minutes(1);

/// The times of a session's present token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenTimes {
    /// When it was handed out.
    pub since: Timestamp,
    /// When the browser first brought it.
    pub seen_at: Option<Timestamp>,
}

/// What it means that somebody brings a token that was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplacedToken {
    /// The request was under way.
    InFlight,
    /// The browser never got the new one.
    Undelivered,
    /// The new one is in use elsewhere, so one of the two is a copy; which, can't be told.
    Replayed,
}

/// Whether another token is to take the place of the present one.
pub fn token_is_due(times: SessionTimes, token: TokenTimes, now: Timestamp) -> bool {
    times.persistent && now.since(token.since) >= TOKEN_LASTS
}

/// What became of a token that was replaced, by the one that took its place.
pub fn judge_replaced_token(present: TokenTimes, now: Timestamp) -> ReplacedToken {
    match present.seen_at {
        Some(seen) if now.since(seen) >= TOKEN_OVERLAP => ReplacedToken::Replayed,
        None if now.since(present.since) >= TOKEN_OVERLAP => ReplacedToken::Undelivered,
        _ => ReplacedToken::InFlight,
    }
}

/// The instant at which the session ends if nothing more happens, and why it would.
pub fn ends(settings: &Settings, times: SessionTimes) -> (Timestamp, Ended) {
    let lifetime = settings.sessions.lifetime;
    let by_lifetime = (times.started_at + lifetime.span(), Ended::Lifetime { minutes: lifetime.0 });
    let Limit::Of(idle) = settings.sessions.idle_timeout else { return by_lifetime };
    let by_idling = (times.last_seen_at + idle.span(), Ended::Idle { minutes: idle.0 });
    if by_idling.0 < by_lifetime.0 { by_idling } else { by_lifetime }
}

/// How long somebody who asked to stay signed in does so, and the setting that says so: the idle timeout, counted from
/// what they did last, unless the lifetime, counted from their sign-in, is over first in any case.
pub fn stays(settings: &Settings) -> (Minutes, SettingKey) {
    let lifetime = settings.sessions.lifetime;
    match settings.sessions.idle_timeout {
        Limit::Of(idle) if idle < lifetime => (idle, SettingKey::SESSIONS_IDLE_TIMEOUT),
        Limit::Of(_) | Limit::Unlimited => (lifetime, SettingKey::SESSIONS_LIFETIME),
    }
}

/// Returns that in words for whoever signs in: `On this browser, until you are away for 30 minutes`.
pub fn stays_in_words(settings: &Settings) -> String {
    let (minutes, by) = stays(settings);
    let long = words::minutes(minutes.0.into());
    if by == SettingKey::SESSIONS_IDLE_TIMEOUT {
        format!("On this browser, until you are away for {long}")
    } else {
        format!("On this browser, for {long}")
    }
}

/// Why the session is over at this instant; `None` while it is live. One whose times lie in the future, as before a clock
/// was set back, is over: it would outlive its limits by as much.
pub fn ended(settings: &Settings, times: SessionTimes, now: Timestamp) -> Option<Ended> {
    if times.persistent && !settings.sessions.remember_me {
        return Some(Ended::NotPersistent);
    }
    if times.started_at.is_ahead_of(now) {
        return Some(Ended::Lifetime { minutes: settings.sessions.lifetime.0 });
    }
    match settings.sessions.idle_timeout {
        Limit::Of(idle) if times.last_seen_at.is_ahead_of(now) => return Some(Ended::Idle { minutes: idle.0 }),
        Limit::Of(_) | Limit::Unlimited => {}
    }
    let (at, why) = ends(settings, times);
    (now >= at).then_some(why)
}

/// Whether sessions that are over under some settings could be live again under others: no change revives any.
pub fn limits_differ(before: &Settings, after: &Settings) -> bool {
    let limits = |settings: &Settings| {
        let sessions = &settings.sessions;
        (sessions.lifetime, sessions.idle_timeout, sessions.remember_me)
    };
    limits(before) != limits(after)
}

/// Whether what was typed into a form is kept that came in after its session had ended so: where time alone has ended it,
/// and its author is still there. Whoever has a token of a session that somebody has ended is perhaps not its author.
pub const fn keeps_forms(ended: Ended) -> bool {
    match ended {
        Ended::Idle { .. } | Ended::Lifetime { .. } | Ended::Lapsed | Ended::NotPersistent => true,
        Ended::ByMember
        | Ended::SignedOut
        | Ended::Elsewhere
        | Ended::CredentialsChanged
        | Ended::ByAdmin
        | Ended::NotActive
        | Ended::TokenReplayed
        | Ended::Crowded
        | Ended::ByConsole => false,
    }
}

/// Whether activity at this instant is worth recording.
pub fn worth_recording(times: SessionTimes, now: Timestamp) -> bool {
    now.since(times.last_seen_at).millis() >= i64::from(RECORD_EVERY_SECONDS) * 1_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Minutes;
    use proptest::prelude::*;

    const START: Timestamp = Timestamp(1_000_000_000);

    fn settings(idle: Limit<Minutes>, lifetime: u32) -> Settings {
        let mut settings = Settings::default();
        settings.sessions.idle_timeout = idle;
        settings.sessions.lifetime = Minutes(lifetime);
        settings
    }

    fn at(seen: Span) -> SessionTimes {
        SessionTimes { started_at: START, last_seen_at: START + seen, persistent: false }
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
    fn a_clock_that_was_set_back_lengthens_no_session() {
        let settings = settings(Limit::Of(Minutes(30)), 480);
        let before = |started, seen| ended(&settings, SessionTimes { started_at: START + started, ..at(seen) }, START);
        let none = Span::seconds(0);
        assert_eq!(before(none, Span::seconds(5)), None, "clocks may differ so much");
        assert_eq!(before(none, Span::seconds(6)), Some(Ended::Idle { minutes: 30 }));
        assert_eq!(before(Span::seconds(6), Span::seconds(6)), Some(Ended::Lifetime { minutes: 480 }));
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
        let persistent = SessionTimes { persistent: true, ..at(Span::seconds(0)) };
        settings.sessions.remember_me = true;
        assert_eq!(ended(&settings, persistent, START), None);
        settings.sessions.remember_me = false;
        assert_eq!(ended(&settings, persistent, START), Some(Ended::NotPersistent));
        assert_eq!(ended(&settings, at(Span::seconds(0)), START), None);
    }

    #[test]
    fn what_was_typed_is_kept_where_time_has_ended_the_session_and_nobody_has() {
        for by_time in [Ended::Idle { minutes: 30 }, Ended::Lifetime { minutes: 480 }, Ended::NotPersistent] {
            assert!(keeps_forms(by_time), "{by_time:?}");
        }
        for by_somebody in [Ended::ByMember, Ended::SignedOut, Ended::ByAdmin, Ended::NotActive, Ended::TokenReplayed] {
            assert!(!keeps_forms(by_somebody), "{by_somebody:?}");
        }
    }

    #[test]
    fn activity_is_recorded_at_most_once_a_minute() {
        let times = at(Span::seconds(0));
        assert!(!worth_recording(times, START + Span::seconds(59)));
        assert!(worth_recording(times, START + Span::seconds(60)));
    }

    #[test]
    fn the_token_of_a_kept_session_is_replaced_after_an_hour() {
        let token = TokenTimes { since: START, seen_at: None };
        let persistent = SessionTimes { persistent: true, ..at(Span::seconds(0)) };
        assert!(!token_is_due(persistent, token, START + Span::minutes(59)));
        assert!(token_is_due(persistent, token, START + Span::minutes(60)));
        assert!(!token_is_due(at(Span::seconds(0)), token, START + Span::days(1)), "it dies with the browser");
    }

    #[test]
    fn a_spent_token_is_a_copy_once_the_new_one_is_in_use() {
        let seen = TokenTimes { since: START, seen_at: Some(START + Span::minutes(5)) };
        let judged = |after| judge_replaced_token(seen, START + after);
        assert_eq!(judged(Span::seconds(359)), ReplacedToken::InFlight);
        assert_eq!(judged(Span::minutes(6)), ReplacedToken::Replayed);
        let unseen = TokenTimes { since: START, seen_at: None };
        assert_eq!(judge_replaced_token(unseen, START + Span::seconds(59)), ReplacedToken::InFlight);
        assert_eq!(
            judge_replaced_token(unseen, START + Span::days(9)),
            ReplacedToken::Undelivered,
            "the answer was lost"
        );
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
