use super::*;
use crate::decide::address_bucket;
use proptest::prelude::*;

const NOON: Timestamp = Timestamp(43_200_000);

fn codes() -> Budget {
    budget(&Settings::default(), Guarded::TwoFactor)
}

fn passwords() -> Budget {
    budget(&Settings::default(), Guarded::SignIn)
}

fn taken(seen: AttemptCounter, budget: Budget, now: Timestamp) -> AttemptCounter {
    match reserve(seen, 0, budget, now) {
        Reserved::Granted(tries) => tries,
        refused => panic!("{refused:?}"),
    }
}

fn after(tries: u32, budget: Budget) -> AttemptCounter {
    (0..tries).fold(AttemptCounter::none(NOON), |seen, _| taken(seen, budget, NOON))
}

#[test]
fn the_last_try_of_the_budget_is_looked_at_and_the_next_is_not() {
    let full = after(5, codes());
    assert!(
        matches!(reserve(full, 0, codes(), NOON), Reserved::Refused(_, until) if until == NOON + Span::minutes(15))
    );
}

#[test]
fn a_lock_that_runs_follows_a_shorter_duration_and_never_a_longer_one() {
    let locked = after(5, passwords());
    let under = |minutes| {
        let mut settings = Settings::default();
        settings.lockout.sign_in_duration = Minutes(minutes);
        blocked_until(locked, budget(&settings, Guarded::SignIn), NOON)
    };
    assert_eq!(under(15), Some(NOON + Span::minutes(15)));
    assert_eq!(under(5), Some(NOON + Span::minutes(5)));
    assert_eq!(under(60), Some(NOON + Span::minutes(15)));
}

#[test]
fn a_lock_in_the_future_lasts_as_long_as_a_lock_does_and_ends() {
    let ahead = after(5, passwords());
    let now = NOON - Span::days(731);
    assert_eq!(blocked_until(ahead, passwords(), now), Some(now + Span::minutes(15)));
    let Reserved::Refused(stored, until) = reserve(ahead, 0, passwords(), now) else { panic!("it is locked") };
    assert_eq!(until, now + Span::minutes(15));
    assert!(matches!(reserve(stored, 0, passwords(), until), Reserved::Granted(_)));
}

#[test]
fn tries_that_are_being_looked_at_are_no_failed_ones() {
    let full = after(5, codes());
    assert_eq!(reserve(full, 1, codes(), NOON), Reserved::Busy);
    assert_eq!(taken(after(4, codes()), codes(), NOON), full, "there is a place");
    assert!(matches!(reserve(full, 5, codes(), NOON + Span::minutes(15)), Reserved::Granted(_)), "that lock is over");
    let last = AttemptCounter { consecutive: MAX_CONSECUTIVE, ..AttemptCounter::none(NOON) };
    assert_eq!(reserve(last, 1, codes(), NOON), Reserved::Busy);
    assert_eq!(reserve(last, 0, codes(), NOON), Reserved::Disabled);
}

#[test]
fn an_address_has_twenty_times_the_budget_of_an_account() {
    let mut settings = Settings::default();
    settings.lockout.sign_in_attempts = Attempts(2);
    let budget = budget(&settings, Guarded::Address);
    assert_eq!(after(39, budget).locked_until, None);
    assert_eq!(after(40, budget).locked_until, Some(NOON + Span::minutes(15)));
}

#[test]
fn a_wider_network_has_more_than_a_narrow_one_and_no_more_than_that() {
    let mut settings = Settings::default();
    settings.lockout.sign_in_attempts = Attempts(1);
    let last = |bucket| {
        let budget = budget(&settings, Guarded::Address).of(bucket);
        (1..1_000).find(|tries| after(*tries, budget).locked_until.is_some())
    };
    let buckets = address_bucket::buckets("2001:db8::1".parse().ok());
    assert_eq!(buckets.into_iter().map(last).collect::<Vec<_>>(), [Some(20), Some(80), Some(320)]);
}

#[test]
fn every_number_of_the_budget_is_a_setting() {
    let mut settings = Settings::default();
    settings.lockout.sign_in_attempts = Attempts(2);
    settings.lockout.sign_in_window = Minutes(3);
    settings.lockout.sign_in_duration = Minutes(4);
    settings.lockout.prompt_delay = Seconds(7);
    let budget = budget(&settings, Guarded::SignIn);
    let first = after(1, budget);
    assert_eq!(taken(first, budget, NOON + Span::minutes(3)).in_window, 1, "the window is over");
    let second = taken(first, budget, NOON);
    assert_eq!(second.locked_until, Some(NOON + Span::minutes(4)));
    let Reserved::Refused(third, _) = reserve(second, 0, budget, NOON) else { panic!("it is locked") };
    assert_eq!(third.delayed_until, Some(NOON + Span::seconds(7)));
}

#[test]
fn a_lock_ends_on_its_second_and_its_tries_are_forgotten() {
    let full = after(5, passwords());
    let end = NOON + Span::minutes(15);
    assert!(matches!(reserve(full, 0, passwords(), end - Span::seconds(31)), Reserved::Refused(..)));
    assert_eq!(taken(full, passwords(), end).in_window, 1);
}

#[test]
fn a_try_refused_just_before_the_end_waits_for_its_delay() {
    let full = after(5, passwords());
    let late = NOON + Span::minutes(15) - Span::seconds(10);
    let Reserved::Refused(refused, until) = reserve(full, 0, passwords(), late) else { panic!("it is locked") };
    assert_eq!(until, late + Span::seconds(30));
    let Reserved::Refused(again, then) = reserve(refused, 0, passwords(), late + Span::seconds(20)) else {
        panic!("it waits")
    };
    assert_eq!((again, then), (refused, until), "a wait is not drawn out");
    assert_eq!(taken(refused, passwords(), until).in_window, 1);
}

#[test]
fn tries_count_only_within_the_window() {
    let fourth = after(4, codes());
    assert_eq!(taken(fourth, codes(), NOON + Span::minutes(15)).locked_until, None);
    assert!(taken(fourth, codes(), NOON + Span::minutes(15) - Span::seconds(1)).locked_until.is_some());
}

#[test]
fn a_hundred_codes_in_a_row_end_it_whatever_the_locks_and_passwords_never_end() {
    for (budget, ends) in [(codes(), true), (passwords(), false)] {
        let (mut seen, mut now) = (AttemptCounter::none(NOON), NOON);
        for _ in 0..MAX_CONSECUTIVE {
            seen = taken(seen, budget, now);
            now = now + Span::minutes(15);
        }
        assert_eq!(reserve(seen, 0, budget, now + Span::days(365)) == Reserved::Disabled, ends);
    }
}

#[test]
fn fifty_codes_a_day_end_the_day_whatever_the_settings() {
    let mut settings = Settings::default();
    settings.lockout.two_factor_attempts = Attempts(20);
    let day = budget(&settings, Guarded::TwoFactorDay);
    let full = after(CODES_A_DAY, day);
    assert_eq!(after(CODES_A_DAY - 1, day).locked_until, None);
    assert_eq!(full.locked_until, Some(NOON + Span::days(1)));
    assert_eq!(taken(full, day, NOON + Span::days(1)).in_window, 1);
}

proptest! {
    #[test]
    fn no_more_than_the_budget_is_looked_at_in_any_window(max in 1u32..20, gaps in prop::collection::vec(0u32..400, 1..200)) {
        let mut settings = Settings::default();
        settings.lockout.sign_in_attempts = Attempts(max);
        let budget = budget(&settings, Guarded::SignIn);
        let (mut seen, mut now, mut looked_at) = (AttemptCounter::none(NOON), NOON, Vec::new());
        for gap in gaps {
            now = now + Span::seconds(gap);
            match reserve(seen, 0, budget, now) {
                Reserved::Granted(tries) => { looked_at.push(now); seen = tries; }
                Reserved::Refused(tries, until) => { prop_assert!(until > now); seen = tries; }
                Reserved::Busy => prop_assert!(false, "none is being looked at"),
                Reserved::Disabled => prop_assert!(false, "a password is never disabled"),
            }
        }
        // A fixed window lets two budgets meet at its edge, and no more.
        for from in &looked_at {
            let within = looked_at.iter().filter(|at| **at >= *from && at.since(*from) < Span::minutes(15)).count();
            prop_assert!(within <= 2 * max as usize);
        }
    }
}

#[test]
fn tries_are_counted_under_the_names_that_are_stored() {
    let names: Vec<_> = Guarded::VARIANTS.iter().map(|guarded| guarded.name()).collect();
    assert_eq!(names, ["sign-in", "two-factor", "two-factor-day", "claim", "address", "address-mails"]);
}
