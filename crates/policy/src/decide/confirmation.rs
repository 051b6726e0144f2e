//! A change that waits to be confirmed: it goes back by itself unless a request that came in under it lets it stay.
use super::{Facts, Visitor, gate};
use crate::{Policy, Refusal, Timestamp, impact::CONFIRM_WITHIN, time::Span};

/// Can a change that goes back at `deadline` still be confirmed?
pub fn in_time(deadline: Timestamp, now: Timestamp) -> bool {
    deadline.is_end_of_what_serves(CONFIRM_WITHIN, now)
}

/// The latest deadline that a change can have that waits at `now`; one beyond is overdue, since its wait began while a
/// clock ran ahead.
pub fn latest_deadline(now: Timestamp) -> Timestamp {
    now + CONFIRM_WITHIN + Span::seconds(5)
}

/// May settings be saved while a change waits until the deadline, if one does? Whatever was saved on top of it would
/// let it stay although nobody has confirmed it, or go back with it although it was saved for good.
///
/// # Errors
/// [`Refusal::ChangeWaiting`] until the change was confirmed or put back.
pub fn may_save(deadline: Option<Timestamp>) -> Result<(), Refusal> {
    deadline.map_or(Ok(()), |until| Err(Refusal::ChangeWaiting { until }))
}

/// Is a change that waits behind it that somebody is refused now: would they have passed under the policy before?
/// Only of admins: nobody else is told anything of changes.
pub fn is_behind(before: &Policy, facts: &Facts) -> bool {
    let admin = matches!(facts.visitor, Visitor::Member(member) if member.role.reaches_admin());
    admin && gate(before, facts).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Area, Role, Settings,
        decide::{MemberFacts, enrolment::Factors, password::PasswordFacts, session::SessionTimes},
    };

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn a_change_can_be_confirmed_until_its_deadline_and_not_at_it() {
        assert!(in_time(NOON, NOON - Span::seconds(1)));
        assert!(!in_time(NOON, NOON) && !in_time(NOON, NOON + Span::seconds(1)));
        assert!(in_time(NOON, NOON - CONFIRM_WITHIN) && !in_time(NOON, NOON - Span::days(731)), "a clock ran ahead");
    }

    fn at_the_admin_pages(role: Role) -> Facts {
        let times = SessionTimes { started_at: NOON, last_seen_at: NOON, persistent: false };
        let password = PasswordFacts { set_at: Some(NOON), changed_at: None, falls_short: false, clock_since: None };
        let member = MemberFacts { role, factors: Factors::default(), times, password, enrolment_asked_at: None };
        Facts { area: Area::Admin, visitor: Visitor::Member(member), now: NOON, address: None }
    }

    #[test]
    fn a_change_is_behind_a_refusal_of_admins_who_would_have_passed_without_it() {
        let mut before = Policy { revision: 1, settings: Settings::default() };
        assert!(is_behind(&before, &at_the_admin_pages(Role::Admin)));
        let stranger = Facts { visitor: Visitor::Nobody, area: Area::Public, ..at_the_admin_pages(Role::Admin) };
        let member = Facts { area: Area::Member, ..at_the_admin_pages(Role::Member) };
        assert!(!is_behind(&before, &stranger) && !is_behind(&before, &member));
        before.settings.two_factor.require_admins = true;
        assert!(!is_behind(&before, &at_the_admin_pages(Role::Admin)), "they were kept out before");
    }

    #[test]
    fn nothing_is_saved_on_top_of_a_change_that_waits() {
        assert_eq!(may_save(None), Ok(()));
        assert_eq!(may_save(Some(NOON)), Err(Refusal::ChangeWaiting { until: NOON }));
    }
}
