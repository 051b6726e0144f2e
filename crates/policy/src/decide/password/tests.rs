use super::*;

const ADA: Owner<'static> = Owner { name: "Ada Lovelace", email: "countess.ada@example.org" };
const NOON: Timestamp = Timestamp(1_800_000_000_000);
const HARD: f64 = 20.0;

fn judged(policy: PasswordPolicy, password: &str) -> Result<(), PasswordProblem> {
    judge(policy, password, ADA, || false, || HARD)
}

fn facts(set_days_ago: u32) -> PasswordFacts {
    PasswordFacts {
        set_at: Some(NOON - Span::days(set_days_ago)),
        changed_at: Some(NOON - Span::days(set_days_ago)),
        falls_short: false,
        clock_since: Some(NOON - Span::days(1_000)),
    }
}

fn settings(max_age: u32, change_interval: u32) -> Settings {
    let limit = |days| if days == 0 { Limit::Unlimited } else { Limit::Of(Days(days)) };
    let mut settings = Settings::default();
    settings.passwords.max_age = limit(max_age);
    settings.passwords.change_interval = limit(change_interval);
    settings
}

#[test]
fn each_policy_asks_for_its_length_in_code_points() {
    for (policy, min) in [(PasswordPolicy::Basic, 8), (PasswordPolicy::Standard, 12), (PasswordPolicy::Strong, 15)] {
        let short = judged(policy, &"🦀".repeat(min - 1)).expect_err("one is missing");
        assert_eq!(
            short.to_string().replace('\u{a0}', " "),
            format!("Use at least {min} characters; 1 character to go. A few words in a row are easy to remember.")
        );
        assert_eq!(judged(policy, &"🦀".repeat(min)), Ok(()));
        assert_eq!(judged(policy, &"🦀".repeat(256)), Ok(()));
        assert!(judged(policy, &"🦀".repeat(257)).is_err());
    }
}

#[test]
fn ones_own_name_and_address_are_left_out_but_under_basic() {
    for (password, part) in
        [("xxxLOVELACExxxxx", "Lovelace"), ("my countess is here", "countess"), ("xx-countess.ada-xx", "countess")]
    {
        let words = judged(PasswordPolicy::Standard, password).expect_err(password).to_string();
        assert!(words.starts_with(&format!("Leave “{part}” out of it")), "{password}: {words}");
        assert_eq!(judged(PasswordPolicy::Basic, password), Ok(()), "{password}");
    }
    assert_eq!(
        judged(PasswordPolicy::Standard, "a salad, a cicada, adamant"),
        Ok(()),
        "parts below four characters are everywhere"
    );
}

#[test]
fn what_is_guessed_first_is_refused_by_standard_and_what_a_machine_guesses_by_strong() {
    for (guesses, standard, strong) in [(5.9, false, false), (6.0, true, false), (9.9, true, false), (10.0, true, true)]
    {
        let passes = |policy| judge(policy, "sixteen letters!", ADA, || false, || guesses).is_ok();
        assert_eq!((passes(PasswordPolicy::Standard), passes(PasswordPolicy::Strong)), (standard, strong), "{guesses}");
        assert!(passes(PasswordPolicy::Basic), "{guesses}");
    }
}

#[test]
fn the_list_beside_the_field_and_the_judgement_agree() {
    for policy in [PasswordPolicy::Basic, PasswordPolicy::Standard, PasswordPolicy::Strong] {
        for password in
            ["", "short", "twelve chars", "lovelace and more of it", "a long one with many words", &"x".repeat(257)]
        {
            for (guesses, blocked) in [(1.0, false), (7.0, false), (12.0, false), (12.0, true)] {
                let findings = Findings { guesses: Some(guesses), blocked: Some(blocked) };
                let all_met = requirements(policy, password, ADA, findings).iter().all(|r| r.met == Some(true));
                let taken = judge(policy, password, ADA, || blocked, || guesses).is_ok();
                assert_eq!(all_met, taken, "{policy:?} {password} {guesses} {blocked}");
            }
        }
    }
}

#[test]
fn what_was_not_found_out_stays_open_beside_the_field() {
    for policy in [PasswordPolicy::Basic, PasswordPolicy::Standard, PasswordPolicy::Strong] {
        let open = |findings| {
            let lines = requirements(policy, "a long one with many words", ADA, findings);
            lines.iter().filter(|line| line.met.is_none()).count()
        };
        let asks_for_guesses = usize::from(policy != PasswordPolicy::Basic);
        assert_eq!(open(Findings::default()), 1 + asks_for_guesses, "{policy:?}");
        assert_eq!(open(Findings { blocked: Some(false), guesses: None }), asks_for_guesses, "{policy:?}");
    }
}

/// Fails when `judge` asks the blocklist under some policies only, or after what costs more.
#[test]
fn the_blocklist_holds_under_every_policy() {
    for policy in [PasswordPolicy::Basic, PasswordPolicy::Standard, PasswordPolicy::Strong] {
        let found = judge(policy, "sixteen letters!", ADA, || true, || unreachable!("it was decided before"));
        assert_eq!(found, Err(PasswordProblem::Blocked), "{policy:?}");
    }
}

#[cfg(feature = "strength")]
#[test]
fn the_most_used_passwords_are_guessed_first() {
    let passes = |policy, password| judge(policy, password, ADA, || false, || estimate(password, ADA)).is_ok();
    for password in ["password1234", "123456789012", "qwertyuiop[]", "aaaaaaaaaaaa", "iloveyou1234", "passwordpassword"]
    {
        assert!(!passes(PasswordPolicy::Standard, password), "{password}");
    }
    for password in ["correct horse battery staple", "drei Chinesen mit dem Kontrabass", "Zv9#kq!x27Lm"] {
        assert!(passes(PasswordPolicy::Standard, password), "{password}");
    }
    assert!(passes(PasswordPolicy::Strong, "correct horse battery staple"));
}

#[test]
fn a_password_expires_on_its_day_and_not_a_second_before() {
    let settings = settings(90, 0);
    let by = SettingKey::PASSWORDS_MAX_AGE;
    let just = PasswordFacts { set_at: Some(NOON - Span::days(90)), ..facts(0) };
    assert_eq!(serves(&settings, just, NOON), Err(Refusal::NewPasswordRequired { by }));
    assert_eq!(serves(&settings, just, NOON - Span::seconds(1)), Ok(()));
    assert_eq!(serves(&Settings::default(), facts(5_000), NOON), Ok(()), "off by default");
}

#[test]
fn the_clock_starts_when_the_setting_is_turned_on() {
    let settings = settings(90, 0);
    let old = PasswordFacts { clock_since: Some(NOON), ..facts(5_000) };
    assert_eq!(serves(&settings, old, NOON + Span::days(90) - Span::seconds(1)), Ok(()));
    assert!(serves(&settings, old, NOON + Span::days(90)).is_err());
}

#[test]
fn a_password_that_falls_short_is_replaced() {
    let short = PasswordFacts { falls_short: true, ..facts(0) };
    assert_eq!(
        serves(&Settings::default(), short, NOON),
        Err(Refusal::NewPasswordRequired { by: SettingKey::PASSWORDS_POLICY })
    );
}

#[test]
fn a_change_waits_for_its_interval_unless_it_is_required() {
    let settings = settings(0, 3);
    let from = NOON - Span::days(1) + Span::days(3);
    let by = SettingKey::PASSWORDS_CHANGE_INTERVAL;
    assert_eq!(may_change(&settings, facts(1), NOON), Err(Refusal::PasswordChangedLately { by, seconds: 172_800 }));
    assert!(may_change(&settings, facts(1), from - Span::seconds(1)).is_err());
    assert_eq!(may_change(&settings, facts(1), from), Ok(()));
    assert_eq!(may_change(&settings, PasswordFacts { falls_short: true, ..facts(0) }, NOON), Ok(()));
    assert_eq!(may_change(&settings, PasswordFacts { changed_at: None, ..facts(0) }, NOON), Ok(()), "a first one");
}

#[test]
fn an_end_is_near_for_a_week_and_past_from_its_second_on() {
    let end = NOON + Span::days(90);
    let before = |seconds| due(end, end - Span::seconds(seconds));
    assert_eq!(before(7 * 86_400), Due::Later);
    assert_eq!(before(7 * 86_400 - 1), Due::Soon);
    assert_eq!(before(1), Due::Soon);
    assert_eq!(before(0), Due::Now);
    assert_eq!(due(end, end + Span::days(30)), Due::Now);
}
