//! What many requests at once may not do: the database settles each race.
use crate::support::{Browser, NOON, SECOND_STEP, TestServer, code_at};
use axum::http::header::RETRY_AFTER;
use policy::{Role, time::Span};
use store::on_both;

const MANY: usize = 20;
const ADA: &str = "ada@example.org";
/// A budget that lets every one of them be looked at, so that it is the single use that decides.
const BUDGET: (&str, &str) = ("lockout.two_factor.max_attempts", "20");

/// Brings so many browsers to the second step, all of the same member.
async fn pending_sign_ins(server: &TestServer, many: usize) -> Vec<Browser> {
    let mut browsers = Vec::new();
    for _ in 0..many {
        browsers.push(server.pending_sign_in(ADA).await);
    }
    browsers
}

/// Posts the same form from every browser at once; answers every status, in order.
async fn all_at_once(browsers: Vec<Browser>, path: &'static str, field: &'static str, value: &str) -> Vec<u16> {
    let posts: Vec<_> = browsers
        .into_iter()
        .map(|mut browser| {
            let value = value.to_owned();
            tokio::spawn(async move { browser.post(path, &[(field, value.as_str())]).await })
        })
        .collect();
    let mut found = Vec::new();
    for post in posts {
        let answer = post.await.expect("no request panics");
        assert!(answer.status != 303 || answer.location() == "/", "{}", answer.location());
        found.push(answer.status);
    }
    found.sort_unstable();
    found
}

on_both! {
    /// Fails when `accept_step` no longer compares with `last_step`.
    async fn one_code_lets_one_of_many_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        let (secret, _) = server.enrol_app(&mut ada).await;
        assert_eq!(ada.save_settings_at(0, &[BUDGET]).await.status, 303);
        server.clock.advance(Span::seconds(30));
        let code = code_at(&secret, NOON + Span::seconds(30));
        let browsers = pending_sign_ins(&server, MANY).await;
        let found = all_at_once(browsers, SECOND_STEP, "code", &code).await;
        assert_eq!(found, [[303].as_slice(), &[422; MANY - 1]].concat());
    }

    /// Fails when `use_recovery_code` no longer asks for `used_at IS NULL`.
    async fn one_recovery_code_lets_one_of_many_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        assert_eq!(ada.save_settings_at(0, &[BUDGET]).await.status, 303);
        let browsers = pending_sign_ins(&server, MANY).await;
        let found = all_at_once(browsers, "/sign-in/second-step/recovery", "recovery_code", &codes[0]).await;
        assert_eq!(found, [[303].as_slice(), &[422; MANY - 1]].concat());
    }

    /// Fails without the call of `TwoFactor::reserve_attempt` in `TwoFactor::second_step_by_code`, or, on PostgreSQL and in most runs, when
    /// `lock_attempts` lets two of them see the same count; also when `TwoFactor::wrong_code` mails for others than the one that locks.
    async fn of_many_wrong_codes_at_once_no_more_than_the_budget_is_looked_at(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        let (secret, _) = server.enrol_app(&mut ada).await;
        assert_eq!(ada.save_settings_at(0, &[("lockout.two_factor.max_attempts", "5")]).await.status, 303);
        server.clock.advance(Span::seconds(30));
        let mut browsers = pending_sign_ins(&server, MANY + 1).await;
        let mut last = browsers.pop().expect("there is one more");
        let found = all_at_once(browsers, SECOND_STEP, "code", "000000").await;
        assert_eq!(found.iter().filter(|status| **status == 422).count(), 5, "{found:?}");
        assert!(found.iter().all(|status| matches!(status, 422 | 429 | 503)), "{found:?}");
        server.one_mail("Wrong codes were typed").await;
        let code = code_at(&secret, NOON + Span::seconds(30));
        assert_eq!(last.post(SECOND_STEP, &[("code", &code)]).await.status, 429, "the right one comes too late");
    }

    /// Fails when `Lockouts::reserve` no longer tells `lockout::reserve` how many tries are being looked at.
    async fn of_many_right_passwords_at_once_none_is_told_of_wrong_ones(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        let tries: Vec<_> = (0..MANY)
            .map(|_| {
                let mut browser = server.browser();
                tokio::spawn(async move { browser.sign_in(ADA).await })
            })
            .collect();
        let mut through = 0;
        for one in tries {
            let answer = one.await.expect("no request panics");
            match answer.status {
                303 => through += 1,
                503 => assert_eq!(answer.headers[RETRY_AFTER], "2"),
                other => panic!("{other}: {}", answer.text()),
            }
        }
        assert!(through >= 5, "{through}");
        assert_eq!(server.browser().sign_in(ADA).await.status, 303, "and nothing stays locked");
        assert!(server.mail().await.iter().all(|mail| !mail.subject.contains("locked")));
    }

    /// Fails when `Lockouts::reserve` no longer tells `lockout::reserve` how many tries are being looked at.
    async fn of_many_right_codes_at_once_none_is_told_of_wrong_ones(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        let browsers = pending_sign_ins(&server, codes.len()).await;
        let tries: Vec<_> = browsers
            .into_iter()
            .zip(codes)
            .map(|(mut browser, code)| {
                tokio::spawn(async move { browser.post("/sign-in/second-step/recovery", &[("recovery_code", &code)]).await })
            })
            .collect();
        for one in tries {
            let answer = one.await.expect("no request panics");
            assert!(answer.status == 303 || (answer.status == 503 && answer.headers[RETRY_AFTER] == "2"), "{}", answer.text());
        }
    }

    /// Fails on PostgreSQL when `advance_revision` no longer compares with the revision that a save is based on.
    async fn of_many_saves_on_one_revision_one_wins(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browsers = Vec::new();
        for i in 0..8 {
            browsers.push(server.signed_in(&format!("a{i}@example.org"), Role::Admin).await);
        }
        let saves: Vec<_> = browsers
            .into_iter()
            .enumerate()
            .map(|(i, mut browser)| {
                let lifetime = (60 + i).to_string();
                tokio::spawn(async move { browser.save_settings_at(0, &[("sessions.lifetime", &lifetime)]).await.status })
            })
            .collect();
        let mut found = Vec::new();
        for save in saves {
            found.push(save.await.expect("no request panics"));
        }
        found.sort_unstable();
        assert_eq!(found, [[303].as_slice(), &[409; 7]].concat());
        let whole = server.bailey.audit().verify(&server.workspace.id).await.expect("the database answers");
        assert!(matches!(whole, domain::audit::Verdict::Whole(_)), "the chain has neither gap nor fork");
    }
}
