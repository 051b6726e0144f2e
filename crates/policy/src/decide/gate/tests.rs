use super::*;
use crate::{
    SettingKey, Settings,
    time::Span,
    value::{CidrList, Value},
};
use proptest::prelude::*;
use strum::VariantArray;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn policy(change: impl FnOnce(&mut Settings)) -> Policy {
    let mut settings = Settings::default();
    change(&mut settings);
    Policy { revision: 1, settings }
}

fn member(role: Role, factors: Factors) -> Visitor {
    Visitor::Member(facts(role, factors))
}

fn facts(role: Role, factors: Factors) -> MemberFacts {
    let times = SessionTimes { started_at: NOW, last_seen_at: NOW, persistent: false };
    let password = PasswordFacts { set_at: Some(NOW), changed_at: None, falls_short: false, clock_since: None };
    MemberFacts { role, factors, times, password, enrolment_asked_at: None }
}

fn ask(policy: &Policy, area: Area, visitor: Visitor) -> Result<(), Refusal> {
    gate(policy, &Facts { area, visitor, now: NOW, address: None })
}

const NONE: Factors = Factors { authenticator: false, passkeys: 0 };
const APP: Factors = Factors { authenticator: true, passkeys: 0 };

#[test]
fn public_pages_are_open_to_everybody() {
    let required = policy(|s| s.two_factor.require_everyone = true);
    let ended = Visitor::Ended(Ended::ByMember);
    for visitor in [Visitor::Nobody, ended, Visitor::PendingSignIn, member(Role::Member, NONE)] {
        assert_eq!(ask(&required, Area::Public, visitor), Ok(()));
    }
}

#[test]
fn every_other_area_asks_nobody_to_sign_in() {
    for area in Area::VARIANTS.iter().copied().filter(|area| *area != Area::Public) {
        assert_eq!(ask(&policy(|_| ()), area, Visitor::Nobody), Err(Refusal::SignInRequired), "{area:?}");
    }
}

/// Fails when somebody is led to the sign-in, the second step, enrolment or a new password before the address is judged.
#[test]
fn from_where_admin_pages_are_reached_is_judged_first_whoever_asks() {
    let listed = policy(|s| {
        s.network.admin_allowlist = CidrList::parse("203.0.113.0/24", None).expect("a list");
        s.two_factor.require_everyone = true;
    });
    let mut stale = facts(Role::Admin, NONE);
    stale.password.falls_short = true;
    let ended = facts(Role::Admin, APP);
    let times = SessionTimes { started_at: NOW - Span::days(9), ..ended.times };
    for visitor in [
        Visitor::Nobody,
        Visitor::Ended(Ended::ByMember),
        Visitor::PendingSignIn,
        member(Role::Member, NONE),
        member(Role::SuperAdmin, NONE),
        Visitor::Member(stale),
        Visitor::Member(MemberFacts { times, ..ended }),
    ] {
        for area in [Area::Admin, Area::SuperAdmin] {
            let refusal = Refusal::AddressNotAllowed { by: SettingKey::NETWORK_ADMIN_ALLOWLIST };
            assert_eq!(ask(&listed, area, visitor), Err(refusal), "{area:?} {visitor:?}");
        }
        let elsewhere = ask(&listed, Area::Member, visitor);
        assert!(!matches!(elsewhere, Err(Refusal::AddressNotAllowed { .. })), "{visitor:?}");
    }
}

#[test]
fn between_the_steps_only_the_second_step_is_open() {
    for area in [Area::Enrolment, Area::Member, Area::Admin, Area::SuperAdmin] {
        assert_eq!(ask(&policy(|_| ()), area, Visitor::PendingSignIn), Err(Refusal::SecondStepRequired));
    }
    assert_eq!(ask(&policy(|_| ()), Area::SecondStep, Visitor::PendingSignIn), Ok(()));
}

#[test]
fn a_member_may_postpone_enrolling_for_the_days_of_grace_and_not_a_second_longer() {
    let asks = |grace: u32, asked_at, now| {
        let required = policy(|s| {
            s.two_factor.require_everyone = true;
            s.two_factor.grace_days = crate::value::Days(grace);
        });
        let times = SessionTimes { started_at: now, last_seen_at: now, persistent: false };
        let visitor = Visitor::Member(MemberFacts { enrolment_asked_at: asked_at, times, ..facts(Role::Member, NONE) });
        gate(&required, &Facts { area: Area::Member, visitor, now, address: None })
    };
    let refusal = Err(Refusal::EnrolmentRequired { by: SettingKey::TWO_FACTOR_REQUIRE_EVERYONE });
    assert_eq!(asks(3, None, NOW), Ok(()), "whoever is asked for the first time");
    assert_eq!(asks(3, Some(NOW), NOW + Span::days(3) - Span::seconds(1)), Ok(()));
    assert_eq!(asks(3, Some(NOW), NOW + Span::days(3)), refusal);
    assert_eq!(asks(0, None, NOW), refusal, "0 is at once");
}

#[test]
fn whoever_needs_a_new_password_reaches_that_page_and_nothing_else() {
    let mut facts = facts(Role::SuperAdmin, APP);
    facts.password.falls_short = true;
    let refusal = Err(Refusal::NewPasswordRequired { by: SettingKey::PASSWORDS_POLICY });
    for area in [Area::Enrolment, Area::Member, Area::Admin, Area::SuperAdmin] {
        assert_eq!(ask(&policy(|_| ()), area, Visitor::Member(facts)), refusal, "{area:?}");
    }
    assert_eq!(ask(&policy(|_| ()), Area::Password, Visitor::Member(facts)), Ok(()));
    let required = policy(|s| s.two_factor.require_everyone = true);
    let enrol = Err(Refusal::EnrolmentRequired { by: SettingKey::TWO_FACTOR_REQUIRE_EVERYONE });
    assert_eq!(ask(&required, Area::Password, member(Role::Member, NONE)), enrol, "only where that comes first");
    let both = MemberFacts { factors: NONE, ..facts };
    assert_eq!(ask(&required, Area::Password, Visitor::Member(both)), Ok(()), "before enrolling, too");
    let held = |visitor| held_in(&required, &Facts { area: Area::Public, visitor, now: NOW, address: None });
    assert_eq!(held(Visitor::Member(both)), Some(Area::Password));
    assert_eq!(held(member(Role::Member, NONE)), Some(Area::Enrolment));
    assert_eq!([held(member(Role::Member, APP)), held(Visitor::Nobody)], [None, None]);
    for visitor in [Visitor::Member(both), member(Role::Member, NONE)] {
        assert_eq!(ask(&required, Area::SignedIn, visitor), Ok(()), "signing out stays possible");
    }
}

#[test]
fn an_admin_who_must_enrol_reaches_enrolment_and_nothing_else() {
    let required = policy(|s| s.two_factor.require_admins = true);
    let refusal = Err(Refusal::EnrolmentRequired { by: SettingKey::TWO_FACTOR_REQUIRE_ADMINS });
    for area in [Area::Member, Area::Admin, Area::SuperAdmin] {
        assert_eq!(ask(&required, area, member(Role::Admin, NONE)), refusal);
    }
    assert_eq!(ask(&required, Area::Enrolment, member(Role::Admin, NONE)), Ok(()));
    assert_eq!(ask(&required, Area::Admin, member(Role::Admin, APP)), Ok(()));
    assert_eq!(ask(&required, Area::Member, member(Role::Member, NONE)), Ok(()), "not an admin");
}

#[test]
fn the_admin_panel_is_for_admins() {
    for role in Role::VARIANTS.iter().copied() {
        assert_eq!(ask(&policy(|_| ()), Area::Admin, member(role, NONE)).is_ok(), role.reaches_admin(), "{role}");
        assert_eq!(
            ask(&policy(|_| ()), Area::SuperAdmin, member(role, NONE)).is_ok(),
            role == Role::SuperAdmin,
            "{role}"
        );
    }
}

fn any_role() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::VARIANTS.to_vec())
}

fn any_area() -> impl Strategy<Value = Area> {
    prop::sample::select(Area::VARIANTS.to_vec())
}

proptest! {
    #[test]
    fn a_session_past_its_end_reaches_nothing_but_public_pages(
        area in any_area(), role in any_role(), lifetime in 5u32..=43_200, idle in 5u32..=43_200,
        age in 0u32..90_000, quiet in 0u32..90_000,
    ) {
        let policy = policy(|s| {
            s.sessions.lifetime = crate::value::Minutes(lifetime);
            s.sessions.idle_timeout = crate::value::Limit::Of(crate::value::Minutes(idle));
        });
        let times = SessionTimes {
            started_at: NOW - Span::minutes(age.max(quiet)),
            last_seen_at: NOW - Span::minutes(quiet),
            persistent: false,
        };
        let visitor = Visitor::Member(MemberFacts { times, ..facts(role, APP) });
        let over = age.max(quiet) >= lifetime || quiet >= idle;
        let refused = matches!(ask(&policy, area, visitor), Err(Refusal::SessionEnded { .. }));
        prop_assert_eq!(refused, over && area != Area::Public);
    }

    #[test]
    fn requiring_more_never_lets_more_people_in(
        area in any_area(), role in any_role(), app in any::<bool>(), passkeys in 0u32..3,
        admins in any::<bool>(), everyone in any::<bool>(),
    ) {
        let factors = Factors { authenticator: app, passkeys };
        let loose = ask(&policy(|_| ()), area, member(role, factors)).is_ok();
        let strict = policy(|s| {
            s.two_factor.require_admins = admins;
            s.two_factor.require_everyone = everyone;
        });
        prop_assert!(loose || ask(&strict, area, member(role, factors)).is_err());
    }
}
