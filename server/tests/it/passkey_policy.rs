//! Passkeys that may have been copied, that are turned off or required, and how long a session by one lasts.
use crate::{
    passkeys::{ORIGIN, add, ceremony, challenge, enrol, forms_of_passkey, register, sign_in_alone},
    second_step::{enrol_app, shown_secret},
    secrets::past_bailey,
    settings::save,
    support::{Answer, Browser, NOON, TestServer, code_at},
};
use policy::Role;
use serde_json::Value;
use store::on_both;
use tokio::task::JoinSet;

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";
const STEP: &str = "/sign-in/second-step";
const COPIED: &str = "A passkey of yours may have been copied";

/// The audit log about second factors, as an admin is told it.
async fn log_of(boss: &mut Browser) -> String {
    boss.post("/api/app/audit/load", &[("channel", "two-factor")]).await.body
}

/// The whole line that sets a cookie.
fn cookie(answer: &Answer, name: &str) -> String {
    let start = format!("{name}=");
    let mut lines = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().expect("ASCII"));
    lines.find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{name} is not set")).to_owned()
}

on_both! {
    /// Fails when `Tx::use_passkey` no longer compares the counter, when one of the three who ask it no longer calls
    /// `refuse_copy`, or when that writes nothing down or tells nobody.
    async fn a_passkey_that_has_counted_fewer_uses_than_are_known_is_refused_and_told_of(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut key = enrol(&mut ada).await;
        assert_eq!(sign_in_alone(&mut server.browser(), &mut key, ORIGIN).await.0.status, 200, "it works so far");
        let mut between = server.browser();
        assert_eq!(between.sign_in(ADA).await.location(), STEP);
        let mut alone = server.browser();
        // As if a copy of it had been used meanwhile.
        past_bailey(&server.db, &["UPDATE passkeys SET counter = 1000"]).await;
        let doors = [("sign-in", &mut alone), ("second-step", &mut between), ("step-up", &mut ada)];
        for (refused, (kind, browser)) in (1..).zip(doors) {
            let answer = ceremony(browser, &mut key, kind, &[]).await;
            assert_eq!(answer.json()["Refused"]["reason"], "wrong-passkey", "{kind}");
            let mail = server.one_mail(COPIED).await;
            assert!(mail.to == ADA && mail.text.contains("The passkey “Laptop” was refused"), "{kind}: {}", mail.text);
            let log = log_of(&mut boss).await;
            assert_eq!(log.matches("Passkey refused").count(), refused, "{kind}: {log}");
            assert_eq!(log.matches("so there may be a copy of it").count(), refused, "{kind}: {log}");
        }
        for browser in [&mut alone, &mut between] {
            assert!(!browser.cookies.contains_key("bailey"));
            assert_eq!(browser.get("/profile").await.status, 303, "nobody was signed in");
        }
    }

    /// Fails when `not_verified` no longer takes `CredentialPossibleCompromise` for a sign of a copy.
    async fn a_copy_that_the_verification_itself_notices_is_told_of_as_well(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut key = enrol(&mut server.signed_in(ADA, Role::Member).await).await;
        assert_eq!(sign_in_alone(&mut server.browser(), &mut key, ORIGIN).await.0.status, 200, "it works so far");
        let raised = "UPDATE passkeys SET credential = REPLACE(credential, '\"counter\":', '\"counter\":9')";
        past_bailey(&server.db, &[raised]).await;
        let (answer, ..) = sign_in_alone(&mut server.browser(), &mut key, ORIGIN).await;
        assert_eq!(answer.json()["Refused"]["reason"], "wrong-passkey");
        assert_eq!(server.one_mail(COPIED).await.to, ADA);
        let log = log_of(&mut boss).await;
        assert!(log.contains("Passkey refused") && log.contains("so there may be a copy of it"), "{log}");
    }

    /// Fails when `finish_passkey_sign_in` or `verify_assertion` no longer calls `not_verified`.
    async fn an_answer_that_does_not_verify_is_written_down(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut key = enrol(&mut server.signed_in(ADA, Role::Member).await).await;
        let (_, _, earlier) = sign_in_alone(&mut server.browser(), &mut key, ORIGIN).await;
        server.mail().await;
        let mut between = server.browser();
        assert_eq!(between.sign_in(ADA).await.location(), STEP);
        let mut alone = server.browser();
        for (refused, (kind, browser)) in (1..).zip([("sign-in", &mut alone), ("second-step", &mut between)]) {
            let (id, options) = challenge(&browser.post(&format!("/api/app/passkeys/{kind}-start"), &[]).await);
            let mut forged: Value = serde_json::from_str(&key.answer(options, ORIGIN)).expect("an answer is JSON");
            let earlier: Value = serde_json::from_str(&earlier).expect("an answer is JSON");
            forged["response"]["signature"] = earlier["response"]["signature"].clone();
            let forged = forged.to_string();
            let fields = [("id", id.as_str()), ("credential", forged.as_str())];
            let answer = browser.post(&format!("/api/app/passkeys/{kind}-finish"), &fields).await;
            assert_eq!(answer.json()["Refused"]["reason"], "wrong-passkey", "{kind}");
            let log = log_of(&mut boss).await;
            assert_eq!(log.matches("Passkey refused").count(), refused, "{kind}: {log}");
            assert_eq!(log.matches("its answer does not verify").count(), refused, "{kind}: {log}");
        }
        assert!(server.mail().await.is_empty(), "that is no sign of a copy");
    }

    /// Fails when `finish_passkey` or `confirm_authenticator` no longer asks `may_enrol`.
    async fn a_factor_that_is_turned_off_meanwhile_cannot_be_set_up_to_the_end(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (id, options) = challenge(&ada.post("/api/app/passkeys/enrol-start", &[]).await);
        let (credential, _) = register(options, ORIGIN);
        let passkey = [("id", id.as_str()), ("name", "Laptop"), ("credential", credential.as_str())];
        ada.post("/profile/two-factor/authenticator", &[]).await;
        let code = code_at(&shown_secret(&ada.get("/profile/two-factor").await.body), NOON);
        let app = [("code", code.as_str())];
        let off = [("two_factor.passkeys", "false"), ("two_factor.authenticator", "false")];
        assert_eq!(save(&mut boss, 0, &off).await.status, 303);
        let refused = ada.post("/api/app/passkeys/enrol-finish", &passkey).await;
        assert_eq!(refused.json()["Refused"]["by"], "two_factor.passkeys");
        let refused = ada.post("/profile/two-factor/authenticator/confirm", &app).await;
        assert_eq!(refused.status, 403);
        assert!(refused.text().contains("Your organisation has turned off “Authenticator apps”"), "{}", refused.text());
        assert_eq!(server.browser().sign_in(ADA).await.location(), "/", "she has no factor");
        assert_eq!(save(&mut boss, 1, &[]).await.status, 303);
        assert_eq!(ada.post("/api/app/passkeys/enrol-finish", &passkey).await.status, 200, "it was right all along");
        let done = ada.post("/profile/two-factor/authenticator/confirm", &app).await;
        assert_eq!(done.location(), "/profile/two-factor", "so was the code");
    }

    /// Fails when `begin_passkey_sign_in` or `finish_passkey_sign_in` no longer asks `may_sign_in_by_passkey`, or when
    /// the second step asks it too.
    async fn passkeys_that_are_turned_off_stay_a_second_step_and_sign_nobody_in_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut key = enrol(&mut server.signed_in(ADA, Role::Member).await).await;
        let mut alone = server.browser();
        let (id, options) = challenge(&alone.post("/api/app/passkeys/sign-in-start", &[]).await);
        let credential = key.answer(options, ORIGIN);
        assert_eq!(save(&mut boss, 0, &[("two_factor.passkeys", "false")]).await.status, 303);
        let begun = [("id", id.as_str()), ("credential", credential.as_str())];
        let refused = alone.post("/api/app/passkeys/sign-in-finish", &begun).await;
        assert_eq!(refused.json()["Refused"]["by"], "two_factor.passkeys", "though it was begun in time");
        assert!(!alone.cookies.contains_key("bailey"));
        let refused = alone.post("/api/app/passkeys/sign-in-start", &[]).await;
        assert_eq!(refused.json()["Refused"]["by"], "two_factor.passkeys");
        let mut browser = server.browser();
        assert_eq!(browser.sign_in(ADA).await.location(), STEP, "it is asked for as ever");
        let done = ceremony(&mut browser, &mut key, "second-step", &[]).await;
        assert_eq!((done.status, done.json()), (200, Value::from("/")));
        assert_eq!(browser.get("/profile").await.status, 200);
    }

    /// Fails when `remove_passkey` no longer asks `may_remove`, or no longer calls `credentials_changed` or
    /// `mail_caller`.
    async fn the_last_passkey_stays_while_one_is_required_and_removing_it_ends_the_other_sessions(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        let mut key = enrol(&mut ada).await;
        let remove = format!("{}/remove", forms_of_passkey(&mut ada).await);
        let mut elsewhere = server.browser();
        assert_eq!(sign_in_alone(&mut elsewhere, &mut key, ORIGIN).await.0.status, 200);
        assert_eq!(save(&mut ada, 0, &[("two_factor.require_admins", "true")]).await.status, 303);
        let page = ada.post(&remove, &[]).await;
        assert_eq!(page.status, 403);
        assert!(page.text().contains("this is your only factor"), "{}", page.text());
        assert_eq!(elsewhere.get("/profile").await.status, 200, "nothing has changed");
        assert_eq!(save(&mut ada, 1, &[]).await.status, 303);
        server.mail().await;
        assert_eq!(ada.post(&remove, &[]).await.location(), "/profile/two-factor?notice=passkey-removed");
        assert_eq!(elsewhere.get("/profile").await.status, 303);
        assert_eq!(ada.get("/profile").await.status, 200);
        let mail = server.one_mail("A way to sign in was removed").await;
        assert!(mail.to == ADA && mail.text.contains("the passkey “Laptop”"), "{}", mail.text);
        let (gone, ..) = sign_in_alone(&mut server.browser(), &mut key, ORIGIN).await;
        assert_eq!(gone.json()["Refused"]["reason"], "wrong-passkey");
    }

    /// Fails when `passkey_sign_in_finish` no longer hands `stay` on, or `persistent_for` no longer asks the setting.
    async fn a_session_by_passkey_outlives_the_browser_only_where_that_was_wanted_and_allowed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut key = enrol(&mut server.signed_in(ADA, Role::Member).await).await;
        let mut stays = server.browser();
        let answer = ceremony(&mut stays, &mut key, "sign-in", &[("stay", "true")]).await;
        assert!(cookie(&answer, "bailey").contains("Max-Age=28800"), "{}", cookie(&answer, "bailey"));
        assert!(stays.cookies.contains_key("bailey-name"), "the name is remembered");
        let mut goes = server.browser();
        let answer = ceremony(&mut goes, &mut key, "sign-in", &[]).await;
        assert!(!cookie(&answer, "bailey").contains("Max-Age"), "{}", cookie(&answer, "bailey"));
        assert!(!goes.cookies.contains_key("bailey-name"));
        assert_eq!(save(&mut boss, 0, &[("sessions.remember_me", "false")]).await.status, 303);
        assert_eq!(stays.get("/profile").await.status, 303, "the session that was kept has ended");
        assert_eq!(goes.get("/profile").await.status, 200, "and no other");
        let mut off = server.browser();
        let answer = ceremony(&mut off, &mut key, "sign-in", &[("stay", "true")]).await;
        assert!(!cookie(&answer, "bailey").contains("Max-Age"), "{}", cookie(&answer, "bailey"));
        assert!(!off.cookies.contains_key("bailey-name"));
        assert_eq!(off.get("/profile").await.status, 200);
    }

    /// Fails on PostgreSQL, in one of its races at least, when `remove_passkey` or `remove_authenticator` no longer
    /// calls `lock_member`.
    async fn of_two_factors_that_are_removed_at_once_one_is_left_while_one_is_required(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        assert_eq!(save(&mut boss, 0, &[("two_factor.require_everyone", "true")]).await.status, 303);
        for n in 0..4 {
            let mut member = server.signed_in(&format!("a{n}@example.org"), Role::Member).await;
            enrol_app(&server, &mut member).await;
            add(&mut member).await;
            let passkey = format!("{}/remove", forms_of_passkey(&mut member).await);
            let mut racing = JoinSet::new();
            for path in ["/profile/two-factor/authenticator/remove".to_owned(), passkey] {
                let mut same = Browser::clone_of(&member);
                racing.spawn(async move { same.post(&path, &[]).await.status });
            }
            let mut found = racing.join_all().await;
            found.sort_unstable();
            assert_eq!(found, [303, 403], "{n}");
            assert_eq!(member.get("/profile").await.status, 200, "{n}: one is left");
        }
    }
}
