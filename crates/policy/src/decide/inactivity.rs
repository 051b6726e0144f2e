//! Is a member deactivated since nobody used their account?
use crate::{
    Timestamp,
    time::Span,
    value::{Days, Limit},
};

/// How long ahead a member is told; half of the limit where that is shorter.
const TOLD_AHEAD: Span = Span::days(7);

/// What is known of a member's use of their account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activity {
    /// When they last signed in or did something; else when their account was made or activated again.
    pub last: Timestamp,
    /// When they were told that it would be deactivated.
    pub told_at: Option<Timestamp>,
}

/// What is due for a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// They are told that their account will be deactivated then.
    Telling(Timestamp),
    /// It is deactivated.
    Deactivation,
}

fn ahead(limit: Days) -> Span {
    let half = Span::minutes(limit.0.saturating_mul(720));
    if half.millis() < TOLD_AHEAD.millis() { half } else { TOLD_AHEAD }
}

/// Returns when the account is deactivated, and whether its member was told that since they last used it. Whoever was told
/// has the days that they were told of, also where the limit has become shorter meanwhile.
fn lapses(limit: Days, activity: Activity) -> (Timestamp, bool) {
    let at = activity.last + Span::days(limit.0);
    match activity.told_at.filter(|told| *told >= activity.last) {
        Some(told) => (at.max(told + ahead(limit)), true),
        None => (at, false),
    }
}

/// Returns what a job does about a member: nobody is deactivated by one who was not told in time.
pub fn due(limit: Limit<Days>, activity: Activity, now: Timestamp) -> Due {
    let Limit::Of(limit) = limit else { return Due::Nothing };
    match lapses(limit, activity) {
        (at, true) if now >= at => Due::Deactivation,
        (at, false) if now >= at - ahead(limit) => Due::Telling(at.max(now + ahead(limit))),
        _ => Due::Nothing,
    }
}

/// Whether a member who proves who they are comes too late, whatever jobs have done meanwhile.
pub fn comes_too_late(limit: Limit<Days>, activity: Activity, now: Timestamp) -> bool {
    match limit {
        Limit::Unlimited => false,
        Limit::Of(limit) => now >= lapses(limit, activity).0,
    }
}

/// Returns from which last activity on a member may be due for anything under a limit.
pub fn looked_at_before(limit: Limit<Days>, now: Timestamp) -> Option<Timestamp> {
    match limit {
        Limit::Unlimited => None,
        Limit::Of(limit) => Some(now - Span::days(limit.0) + ahead(limit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAST: Timestamp = Timestamp(1_800_000_000_000);

    fn activity(told_after: Option<i32>) -> Activity {
        let told_at = told_after.map(|days| Timestamp(LAST.0 + i64::from(days) * Span::days(1).millis()));
        Activity { last: LAST, told_at }
    }

    fn due_after(limit: u32, told_after: Option<i32>, days: u32, millis: i64) -> Due {
        due(Limit::Of(Days(limit)), activity(told_after), Timestamp((LAST + Span::days(days)).0 + millis))
    }

    /// Fails when somebody is told too late, twice, or with another day than the one on which it happens.
    #[test]
    fn a_member_is_told_seven_days_ahead_and_then_deactivated() {
        assert_eq!(due_after(90, None, 83, -1), Due::Nothing);
        assert_eq!(due_after(90, None, 83, 0), Due::Telling(LAST + Span::days(90)));
        assert_eq!(due_after(90, Some(83), 90, -1), Due::Nothing);
        assert_eq!(due_after(90, Some(83), 90, 0), Due::Deactivation);
        assert_eq!(due(Limit::Unlimited, activity(Some(0)), LAST + Span::days(9_000)), Due::Nothing);
    }

    /// Fails when turning the setting on deactivates somebody who was never told, or a telling of before they came back
    /// counts.
    #[test]
    fn nobody_is_deactivated_by_a_job_who_was_not_told_in_time() {
        assert_eq!(due_after(90, None, 200, 0), Due::Telling(LAST + Span::days(207)));
        assert_eq!(due_after(90, Some(200), 207, -1), Due::Nothing);
        assert_eq!(due_after(90, Some(200), 207, 0), Due::Deactivation);
        assert_eq!(due_after(90, Some(-1), 90, 0), Due::Telling(LAST + Span::days(97)));
    }

    #[test]
    fn under_a_short_limit_half_of_it_is_left() {
        assert_eq!(due_after(2, None, 1, -1), Due::Nothing);
        assert_eq!(due_after(2, None, 1, 0), Due::Telling(LAST + Span::days(2)));
    }

    /// Fails when a member comes in for whom only the job was late, or one is stopped within the days they were told of.
    #[test]
    fn whoever_comes_too_late_is_stopped_also_where_no_job_has_run() {
        let late = |told, days, millis| {
            comes_too_late(Limit::Of(Days(90)), activity(told), Timestamp((LAST + Span::days(days)).0 + millis))
        };
        assert!(!late(None, 90, -1) && late(None, 90, 0));
        assert!(!late(Some(200), 207, -1) && late(Some(200), 207, 0));
        assert!(!comes_too_late(Limit::Unlimited, activity(None), LAST + Span::days(9_000)));
    }

    #[test]
    fn whoever_is_looked_at_is_whoever_may_be_due() {
        let limit = Limit::Of(Days(90));
        let now = LAST + Span::days(83);
        assert_eq!(looked_at_before(limit, now), Some(LAST));
        assert_eq!(looked_at_before(Limit::Unlimited, now), None);
    }
}
