//! Ways in besides the front door: each asks for as much as the password and the second step would.
use crate::support::{Browser, NEW_PASSWORD, ORIGIN, PASSWORD, SECOND_STEP, TestServer, code_at};
use policy::{Role, time::Span};
use serde_json::Value;
use std::net::IpAddr;
use store::on_both;
use tokio::task::JoinSet;

const ADA: &str = "ada@example.org";
const RECOVERY: &str = "/sign-in/second-step/recovery";
const STEP_UP: &str = "/profile/step-up";
const MANY: usize = 20;

/// Presses the button of a link in many browsers at once; answers where those were led for whom it worked.
async fn pressed_at_once(server: &TestServer, link: &str) -> Vec<String> {
    let mut racing = JoinSet::new();
    for _ in 0..MANY {
        let (mut browser, link) = (server.browser(), link.to_owned());
        racing.spawn(async move { browser.post(&link, &[]).await });
    }
    let mut led_to = Vec::new();
    for answer in racing.join_all().await {
        assert!(matches!(answer.status, 303 | 410), "{} {}", answer.status, answer.body);
        if answer.status == 303 {
            led_to.push(answer.location().to_owned());
        }
    }
    led_to
}

/// Passes the second step by a recovery code in a browser that skips it from then on; leaves her signed out.
async fn trust(own: &mut Browser, code: &str) {
    assert_eq!(own.sign_in(ADA).await.location(), SECOND_STEP, "it is asked for");
    let fields = [("recovery_code", code), ("trust", "true")];
    assert_eq!(own.post(RECOVERY, &fields).await.location(), "/");
    own.post("/sign-out", &[]).await;
    assert_eq!(own.sign_in(ADA).await.location(), "/", "the browser is trusted");
    own.post("/sign-out", &[]).await;
}

on_both! {
    /// Fails when `TwoFactor::finish_passkey_sign_in` asks for the tries at the password.
    async fn a_passkey_signs_in_while_the_password_is_locked(db: TestDatabase) {
        let (server, _boss) = TestServer::with_settings(db, &[("lockout.sign_in.max_attempts", "1")]).await;
        let mut key = server.signed_in(ADA, Role::Member).await.enrol_passkey().await;
        assert_eq!(server.browser().sign_in_with(ADA, "a guess").await.status, 429);
        assert_eq!(server.browser().sign_in(ADA).await.status, 429, "the password is locked");
        let mut own = server.browser();
        let answer = own.sign_in_by_passkey(&mut key, ORIGIN).await.0;
        assert_eq!((answer.status, answer.json()), (200, Value::from("/")));
        assert_eq!(own.get("/profile").await.status, 200);
    }

    /// Fails when `TwoFactor::finish_passkey_sign_in` no longer asks `may_sign_in`, or writes nothing down about it.
    async fn whoever_takes_no_part_is_refused_by_passkey_as_by_password(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let mut key = server.signed_in(ADA, Role::Member).await.enrol_passkey().await;
        let forms = boss.forms_of(ADA).await;
        for (act, reason) in [("deactivate", "inactive"), ("ban", "banned")] {
            assert_eq!(boss.post(&format!("{forms}/{act}"), &[]).await.status, 303);
            let mut browser = server.browser();
            let refused = browser.sign_in_by_passkey(&mut key, ORIGIN).await.0;
            assert_eq!(refused.status, 403, "{}", refused.body);
            refused.assert_refused(reason);
            assert!(browser.cookies.is_empty());
            let log = boss.get("/admin/audit?channel=sign-in").await.text();
            assert!(log.contains("Sign-in refused") && log.contains(reason), "{log}");
            assert_eq!(server.browser().sign_in(ADA).await.status, 403, "nor by password");
            assert_eq!(boss.post(&format!("{forms}/activate"), &[]).await.status, 303);
        }
        assert_eq!(server.browser().sign_in_by_passkey(&mut key, ORIGIN).await.0.status, 200, "the passkey was right all along");
    }

    /// Fails when `Links::redeem` starts a session instead of calling `SignIn::first_step_done`.
    async fn a_sign_in_link_from_the_console_leads_to_the_second_step(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        let link = server.sign_in_link(ADA).await;
        let mut browser = server.browser();
        assert_eq!(browser.post(&link, &[]).await.location(), SECOND_STEP);
        assert!(!browser.cookies.contains_key("bailey-3000"), "it is no session");
        assert_eq!(browser.get("/profile").await.status, 303);
        assert_eq!(server.browser().post(&link, &[]).await.status, 410, "it is used up all the same");
        assert_eq!(browser.post(RECOVERY, &[("recovery_code", &codes[0])]).await.location(), "/");
    }

    /// Fails when `Sessions::credentials_changed` no longer calls `take_pendings_of`.
    async fn a_changed_password_ends_every_sign_in_between_its_steps(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (secret, codes) = server.enrol_app(&mut ada).await;
        server.clock.advance(Span::seconds(30));
        let mut thieves = [server.browser(), server.browser()];
        for thief in &mut thieves {
            assert_eq!(thief.sign_in(ADA).await.location(), SECOND_STEP);
        }
        let fields = [("current", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(ada.post("/profile/password", &fields).await.location(), "/profile/password?notice=password-changed");
        let code = code_at(&secret, server.clock.now());
        let proofs = [(SECOND_STEP, "code", code.as_str()), (RECOVERY, "recovery_code", codes[0].as_str())];
        for (thief, (path, field, right)) in thieves.iter_mut().zip(proofs) {
            assert_ne!(thief.post(path, &[(field, right)]).await.location(), "/", "{path}");
            assert!(!thief.cookies.contains_key("bailey-3000"), "{path}");
            assert_eq!(thief.get("/profile").await.status, 303, "{path}");
        }
        for (path, field, right) in proofs {
            let mut own = server.browser();
            assert_eq!(own.sign_in_with(ADA, NEW_PASSWORD).await.location(), SECOND_STEP);
            assert_eq!(own.post(path, &[(field, right)]).await.location(), "/", "{path}: it was right all along");
        }
    }

    /// Fails when `Passwords::choose` no longer calls `take_pendings_of`.
    async fn a_password_chosen_by_mail_ends_every_sign_in_between_its_steps(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        let mut thief = server.pending_sign_in(ADA).await;
        let mut own = server.browser();
        own.post("/forgot-password", &[("email", ADA)]).await;
        let link = server.one_mail("Choose a new password").await.link();
        assert_eq!(own.post(&link, &[]).await.location(), "/choose-password");
        assert_eq!(own.post("/choose-password", &[("password", NEW_PASSWORD)]).await.status, 303);
        let right = [("recovery_code", codes[0].as_str())];
        assert_ne!(thief.post(RECOVERY, &right).await.location(), "/");
        assert_eq!(thief.get("/profile").await.status, 303);
        assert_eq!(own.sign_in_with(ADA, NEW_PASSWORD).await.location(), SECOND_STEP);
        assert_eq!(own.post(RECOVERY, &right).await.location(), "/", "it was right all along");
    }

    /// Fails when `code_attempt` counts the kinds of codes apart, or when one of these acts no longer calls
    /// `TwoFactor::reserve_attempt`.
    async fn wrong_codes_of_every_kind_and_place_share_one_budget(db: TestDatabase) {
        let (server, _boss) = TestServer::with_settings(db, &[("lockout.two_factor.max_attempts", "4")]).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (secret, codes) = server.enrol_app(&mut ada).await;
        server.clock.advance(Span::seconds(30));
        let mut between = server.pending_sign_in(ADA).await;
        for (way, field, wrong) in [("", "code", "000000"), ("/recovery", "recovery_code", "aaaa-bbbb-cccc-dddd")] {
            assert_eq!(between.post(&format!("{SECOND_STEP}{way}"), &[(field, wrong)]).await.status, 422, "{way}");
            assert_eq!(ada.post(&format!("{STEP_UP}{way}"), &[(field, wrong)]).await.status, 422, "{way}");
        }
        let code = code_at(&secret, server.clock.now());
        for (way, field, right) in [("", "code", code.as_str()), ("/recovery", "recovery_code", codes[0].as_str())] {
            assert_eq!(between.post(&format!("{SECOND_STEP}{way}"), &[(field, right)]).await.status, 429, "{way}");
            assert_eq!(ada.post(&format!("{STEP_UP}{way}"), &[(field, right)]).await.status, 429, "{way}");
        }
        server.clock.advance(Span::minutes(15));
        let later = code_at(&secret, server.clock.now());
        assert_eq!(ada.post(STEP_UP, &[("code", &later)]).await.location(), "/profile", "the pause is over");
    }

    /// Fails when `TwoFactor::send_code` forgets the tries, or when `code_attempt` counts for the sign-in and not the member.
    async fn asking_for_another_code_by_mail_gives_no_new_tries(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let on = ada.post("/profile/two-factor/email/on", &[]).await;
        assert_eq!(on.location(), "/profile/two-factor?notice=email-codes-on");
        let by_mail = format!("{SECOND_STEP}/email");
        let mut between = server.pending_sign_in(ADA).await;
        server.one_mail("Your code for signing in").await;
        for _ in 0..3 {
            assert_eq!(between.post(&by_mail, &[("code", "1111 1111")]).await.status, 422);
        }
        server.clock.advance(Span::seconds(30));
        let sent = between.post(&format!("{by_mail}/send"), &[]).await;
        assert_eq!(sent.location(), "/sign-in/second-step?notice=code-sent");
        let code = server.one_mail("Your code for signing in").await.code();
        for _ in 0..2 {
            assert_eq!(between.post(&by_mail, &[("code", "1111 1111")]).await.status, 422);
        }
        assert_eq!(between.post(&by_mail, &[("code", &code)]).await.status, 429);
        server.clock.advance(Span::minutes(1));
        let mut again = server.pending_sign_in(ADA).await;
        let code = server.one_mail("Your code for signing in").await.code();
        assert_eq!(again.post(&by_mail, &[("code", &code)]).await.status, 429, "nor does another sign-in");
    }

    /// Fails when neither `Tx::live_link` nor `Tx::use_link` asks for `used_at IS NULL`; on PostgreSQL when `Links::redeem`
    /// alone does not.
    async fn a_link_that_is_pressed_many_times_at_once_works_once(db: TestDatabase) {
        let (server, _boss) = TestServer::with_settings(db, &[("lockout.sign_in.max_attempts", "1")]).await;
        server.member(ADA, Role::Member).await;
        assert_eq!(server.browser().sign_in_with(ADA, "a guess").await.status, 429);
        let unlock = server.one_mail("Signing in is locked for a while").await.link();
        assert_eq!(pressed_at_once(&server, &unlock).await, ["/sign-in?notice=unlocked-by-mail"]);
        let sign_in = server.sign_in_link(ADA).await;
        assert_eq!(pressed_at_once(&server, &sign_in).await, ["/"]);
    }

    /// Fails when `Captchas::judge` no longer spends what it has judged. Each sign-in is at another account and from
    /// another address, so that none of them makes the captcha of the next one harder.
    async fn one_solved_captcha_serves_one_of_many_sign_ins_at_once(db: TestDatabase) {
        let captchas = [("sign_in.captcha", "true"), ("lockout.sign_in.max_attempts", "20"), ("lockout.prompt_delay", "0")];
        let (server, _boss) = TestServer::with_settings(db, &captchas).await;
        let elsewhere = |n: usize| {
            let mut browser = server.browser();
            browser.address = IpAddr::from([198, 51, 100, u8::try_from(n).expect("a small number")]);
            browser
        };
        for n in 0..MANY {
            let failed = elsewhere(n).sign_in_with(&format!("a{n}@example.org"), "a guess").await;
            assert_eq!(failed.status, 422);
        }
        let asked = server.browser().sign_in_with("a0@example.org", "a guess").await;
        let answer = asked.page().solved_captcha();
        let mut racing = JoinSet::new();
        for n in 0..MANY {
            let (mut browser, answer) = (elsewhere(n), answer.clone());
            racing.spawn(async move {
                let email = format!("a{n}@example.org");
                let fields = [("email", email.as_str()), ("password", "a guess"), ("altcha", answer.as_str())];
                browser.post("/sign-in", &fields).await.refusal()
            });
        }
        let refused = racing.join_all().await;
        let with_code = |code: &str| refused.iter().filter(|refusal| refusal.as_deref() == Some(code)).count();
        assert_eq!(with_code("wrong-credentials"), 1, "the password of one was looked at");
        assert_eq!(with_code("captcha-lapsed"), MANY - 1);
    }

    /// Fails when `TwoFactor::finish_passkey` or `Sessions::credentials_changed` no longer calls `end_all_trust`.
    async fn a_trusted_browser_is_asked_again_once_a_factor_was_added_or_removed(db: TestDatabase) {
        let (server, _boss) = TestServer::with_settings(db, &[("two_factor.trusted_device_days", "7")]).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        let mut own = server.browser();
        own.get("/sign-in").await;
        trust(&mut own, &codes[0]).await;
        ada.add_passkey().await;
        trust(&mut own, &codes[1]).await;
        let removed = ada.post("/profile/two-factor/authenticator/remove", &[]).await;
        assert_eq!(removed.location(), "/profile/two-factor?notice=authenticator-removed");
        assert_eq!(own.sign_in(ADA).await.location(), SECOND_STEP, "the passkey is left");
    }

    /// Fails when `TwoFactor::proved` no longer calls `Sessions::rotate`.
    async fn a_copied_session_gains_nothing_from_a_fresh_proof(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (secret, _) = server.enrol_app(&mut ada).await;
        let mut copy = Browser::clone_of(&ada);
        assert_eq!(copy.get("/profile").await.status, 200);
        server.clock.advance(Span::minutes(10));
        let code = code_at(&secret, server.clock.now());
        assert_eq!(ada.post(STEP_UP, &[("code", &code)]).await.location(), "/profile");
        assert_ne!(ada.cookies["bailey-3000"], copy.cookies["bailey-3000"], "the session has a new token");
        assert_eq!(copy.get("/profile").await.status, 303);
        assert_eq!(ada.get("/profile").await.status, 200);
    }
}
