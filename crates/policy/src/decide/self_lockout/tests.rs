use super::*;
use crate::{
    Area, Ended, Role, SettingKey, Settings, Timestamp,
    decide::{MemberFacts, enrolment::Factors, gate, password::PasswordFacts, session::SessionTimes},
    time::Span,
    value::{CidrList, Minutes, Mode, Value},
};
use proptest::prelude::*;
use strum::VariantArray;

const NOW: Timestamp = Timestamp(1_800_000_000_000);

/// A super-admin without a second factor, who signed in eight minutes ago, at 203.0.113.7.
fn author() -> Facts {
    let times = SessionTimes { started_at: NOW - Span::minutes(8), last_seen_at: NOW, persistent: true };
    let password = PasswordFacts { set_at: Some(NOW), changed_at: None, falls_short: false, clock_since: None };
    let member =
        MemberFacts { role: Role::SuperAdmin, factors: Factors::default(), times, password, enrolment_asked_at: None };
    let address = "203.0.113.7".parse().ok();
    Facts { area: Area::Admin, visitor: Visitor::Member(member), now: NOW, address }
}

fn with(change: impl FnOnce(&mut Settings)) -> Policy {
    let mut settings = Settings::default();
    change(&mut settings);
    Policy { revision: 1, settings }
}

fn elsewhere(settings: &mut Settings) {
    settings.network.admin_allowlist = CidrList::parse("198.51.100.0/24", None).expect("a list");
}

const OUT: Refusal = Refusal::AddressNotAllowed { by: SettingKey::NETWORK_ADMIN_ALLOWLIST };

#[test]
fn everything_that_is_ahead_is_told_and_not_the_first_thing_alone() {
    let policy = with(|s| {
        elsewhere(s);
        s.sessions.lifetime = Minutes(5);
        s.two_factor.require_everyone = true;
    });
    let ended = Refusal::SessionEnded { ended: Ended::Lifetime { minutes: 5 } };
    let enrol = Refusal::EnrolmentRequired { by: SettingKey::TWO_FACTOR_REQUIRE_EVERYONE };
    assert_eq!(self_impact(&policy, &author()), [OUT, ended, enrol]);
    assert!(self_impact(&with(|_| ()), &author()).is_empty());
}

#[test]
fn whatever_else_refuses_first_a_list_without_its_author_is_not_saved() {
    let others: [fn(&mut Settings); 5] = [
        |_| (),
        |s| s.sessions.lifetime = Minutes(5),
        |s| s.sessions.remember_me = false,
        |s| s.two_factor.require_admins = true,
        |s| s.two_factor.require_everyone = true,
    ];
    for other in others {
        let refusal = may_save(
            &with(|s| {
                elsewhere(s);
                other(s);
            }),
            &author(),
            LockoutConsent::None,
        );
        let address = Some("203.0.113.7".to_owned());
        assert_eq!(
            refusal,
            Err(Refusal::LocksYouOut {
                by: SettingKey::NETWORK_ADMIN_ALLOWLIST,
                address,
                misspelt: false,
                nobody_left: false
            })
        );
        assert_eq!(may_save(&with(other), &author(), LockoutConsent::None), Ok(()), "that alone can be mended");
    }
    let unknown = Facts { address: None, ..author() };
    assert!(
        may_save(&with(elsewhere), &unknown, LockoutConsent::None).is_err(),
        "an address that can't be told is on no list"
    );
}

#[test]
fn only_the_very_words_say_that_it_is_meant_and_others_are_told_to_be_others() {
    for typed in ["lock me out", " Lock Me Out\t"] {
        assert_eq!(may_save(&with(elsewhere), &author(), LockoutConsent::of(typed)), Ok(()), "{typed:?}");
    }
    for (typed, other) in
        [("", false), ("  ", false), ("lock me", true), ("lock me out!", true), ("lock  me out", true)]
    {
        let refusal = may_save(&with(elsewhere), &author(), LockoutConsent::of(typed)).expect_err(typed);
        for said in [refusal.detail(), refusal.of_earlier()] {
            assert_eq!(said.contains("The words that you typed did not match."), other, "{typed:?}: {said}");
            assert!(said.contains("type “lock me out”"), "{said}");
        }
        assert!(!refusal.of_earlier().contains("Add it"), "earlier settings come back as they were");
    }
}

proptest! {
    #[test]
    fn the_gate_says_the_first_thing_that_is_ahead(
        listed: bool, enforced: bool, admins: bool, everyone: bool, lifetime in 5u32..20, persistent: bool, area in 0..Area::VARIANTS.len(),
    ) {
        let policy = with(|s| {
            if listed {
                elsewhere(s);
            }
            s.network.admin_allowlist_mode = if enforced { Mode::Enforce } else { Mode::ReportOnly };
            s.two_factor.require_admins = admins;
            s.two_factor.require_everyone = everyone;
            s.sessions.lifetime = Minutes(lifetime);
            s.sessions.remember_me = persistent;
        });
        let facts = Facts { area: Area::VARIANTS[area], ..author() };
        let refusal = gate(&policy, &facts).err();
        prop_assert_eq!(refusal, if facts.area == Area::Public { None } else { self_impact(&policy, &facts).into_iter().next() });
    }
}
