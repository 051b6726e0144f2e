//! Passkeys that may have been copied, that are turned off or required, and how long a session by one lasts.
use crate::support::{Browser, NOON, ORIGIN, Passkey, SECOND_STEP, TestServer, code_at, shown_secret};
use policy::Role;
use serde_json::Value;
use store::on_both;
use tokio::task::JoinSet;

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";
const COPIED: &str = "A passkey of yours may have been copied";

/// The audit log about second factors, as an admin is told it.
async fn log_of(boss: &mut Browser) -> String {
    boss.post("/api/app/audit/load", &[("channel", "two-factor")]).await.body
}

on_both! {
    /// Fails when `Tx::use_passkey` no longer compares the counter, when one of the three who ask it no longer calls
    /// `TwoFactor::refuse_copy`, or when that writes nothing down or tells nobody.
    async fn a_passkey_that_has_counted_fewer_uses_than_are_known_is_refused_and_told_of(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut key = ada.enrol_passkey().await;
        assert_eq!(server.browser().sign_in_by_passkey(&mut key, ORIGIN).await.0.status, 200, "it works so far");
        let mut between = server.pending_sign_in(ADA).await;
        let mut alone = server.browser();
        // As if a copy of it had been used meanwhile.
        server.execute_sql(&["UPDATE passkeys SET counter = 1000"]).await;
        let doors = [("sign-in", &mut alone), ("second-step", &mut between), ("step-up", &mut ada)];
        for (refused, (kind, browser)) in (1..).zip(doors) {
            let answer = browser.pass_ceremony(kind, &mut key, &[]).await;
            assert_eq!(answer.refusal().as_deref(), Some("wrong-passkey"), "{kind}");
            let mail = server.one_mail(COPIED).await;
            assert!(mail.to == ADA && mail.text.contains("The passkey “Laptop” was refused"), "{kind}: {}", mail.text);
            let log = log_of(&mut boss).await;
            assert_eq!(log.matches("Passkey refused").count(), refused, "{kind}: {log}");
            assert_eq!(log.matches("so there may be a copy of it").count(), refused, "{kind}: {log}");
        }
        for browser in [&mut alone, &mut between] {
            assert!(!browser.cookies.contains_key("bailey-3000"));
            assert_eq!(browser.get("/profile").await.status, 303, "nobody was signed in");
        }
    }

    /// Fails when `TwoFactor::not_verified` no longer takes `CredentialPossibleCompromise` for a sign of a copy.
    async fn a_copy_that_the_verification_itself_notices_is_told_of_as_well(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut key = server.signed_in(ADA, Role::Member).await.enrol_passkey().await;
        assert_eq!(server.browser().sign_in_by_passkey(&mut key, ORIGIN).await.0.status, 200, "it works so far");
        let raised = "UPDATE passkeys SET credential = REPLACE(credential, '\"counter\":', '\"counter\":9')";
        server.execute_sql(&[raised]).await;
        let (answer, ..) = server.browser().sign_in_by_passkey(&mut key, ORIGIN).await;
        answer.assert_refused("wrong-passkey");
        assert_eq!(server.one_mail(COPIED).await.to, ADA);
        let log = log_of(&mut boss).await;
        assert!(log.contains("Passkey refused") && log.contains("so there may be a copy of it"), "{log}");
    }

    /// Fails when `TwoFactor::finish_passkey_sign_in` or `TwoFactor::verify_assertion` no longer calls `TwoFactor::not_verified`.
    async fn an_answer_that_does_not_verify_is_written_down(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut key = server.signed_in(ADA, Role::Member).await.enrol_passkey().await;
        let (_, _, earlier) = server.browser().sign_in_by_passkey(&mut key, ORIGIN).await;
        server.mail().await;
        let mut between = server.pending_sign_in(ADA).await;
        let mut alone = server.browser();
        for (refused, (kind, browser)) in (1..).zip([("sign-in", &mut alone), ("second-step", &mut between)]) {
            let (id, options) = browser.begin_ceremony(kind).await;
            let mut forged: Value = serde_json::from_str(&key.answer(options, ORIGIN)).expect("an answer is JSON");
            let earlier: Value = serde_json::from_str(&earlier).expect("an answer is JSON");
            forged["response"]["signature"] = earlier["response"]["signature"].clone();
            let forged = forged.to_string();
            let fields = [("id", id.as_str()), ("credential", forged.as_str())];
            let answer = browser.post(&format!("/api/app/passkeys/{kind}-finish"), &fields).await;
            assert_eq!(answer.refusal().as_deref(), Some("wrong-passkey"), "{kind}");
            let log = log_of(&mut boss).await;
            assert_eq!(log.matches("Passkey refused").count(), refused, "{kind}: {log}");
            assert_eq!(log.matches("its answer does not verify").count(), refused, "{kind}: {log}");
        }
        assert!(server.mail().await.is_empty(), "that is no sign of a copy");
    }

    /// Fails when `TwoFactor::finish_passkey` or `TwoFactor::confirm_authenticator` no longer asks `may_enrol`.
    async fn a_factor_that_is_turned_off_meanwhile_cannot_be_set_up_to_the_end(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (id, options) = ada.begin_ceremony("enrol").await;
        let (credential, _) = Passkey::register(options, ORIGIN);
        let passkey = [("id", id.as_str()), ("name", "Laptop"), ("credential", credential.as_str())];
        ada.post("/profile/two-factor/authenticator", &[]).await;
        let code = code_at(&shown_secret(&ada.get("/profile/two-factor").await), NOON);
        let app = [("code", code.as_str())];
        let off = [("two_factor.passkeys", "false"), ("two_factor.authenticator", "false")];
        assert_eq!(boss.save_settings(&off).await.status, 303);
        let refused = ada.post("/api/app/passkeys/enrol-finish", &passkey).await;
        assert_eq!(refused.decided_by().as_deref(), Some("two_factor.passkeys"));
        let refused = ada.post("/profile/two-factor/authenticator/confirm", &app).await;
        assert_eq!(refused.status, 403);
        refused.assert_refused("factor-off");
        assert_eq!(server.browser().sign_in(ADA).await.location(), "/", "she has no factor");
        assert_eq!(boss.save_settings(&[]).await.status, 303);
        assert_eq!(ada.post("/api/app/passkeys/enrol-finish", &passkey).await.status, 200, "it was right all along");
        let done = ada.post("/profile/two-factor/authenticator/confirm", &app).await;
        assert_eq!(done.location(), "/profile/two-factor", "so was the code");
    }

    /// Fails when `TwoFactor::begin_passkey_sign_in` or `TwoFactor::finish_passkey_sign_in` no longer asks `may_sign_in_by_passkey`, or when
    /// the second step asks it too.
    async fn passkeys_that_are_turned_off_stay_a_second_step_and_sign_nobody_in_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut key = server.signed_in(ADA, Role::Member).await.enrol_passkey().await;
        let mut alone = server.browser();
        let (id, options) = alone.begin_ceremony("sign-in").await;
        let credential = key.answer(options, ORIGIN);
        assert_eq!(boss.save_settings(&[("two_factor.passkeys", "false")]).await.status, 303);
        let begun = [("id", id.as_str()), ("credential", credential.as_str())];
        let refused = alone.post("/api/app/passkeys/sign-in-finish", &begun).await;
        assert_eq!(refused.decided_by().as_deref(), Some("two_factor.passkeys"), "though it was begun in time");
        assert!(!alone.cookies.contains_key("bailey-3000"));
        let refused = alone.post("/api/app/passkeys/sign-in-start", &[]).await;
        assert_eq!(refused.decided_by().as_deref(), Some("two_factor.passkeys"));
        let mut browser = server.browser();
        assert_eq!(browser.sign_in(ADA).await.location(), SECOND_STEP, "it is asked for as ever");
        let done = browser.pass_ceremony("second-step", &mut key, &[]).await;
        assert_eq!((done.status, done.json()), (200, Value::from("/")));
        assert_eq!(browser.get("/profile").await.status, 200);
    }

    /// Fails when `TwoFactor::remove_passkey` no longer asks `may_remove`, or no longer calls `Sessions::credentials_changed` or
    /// `Mails::queue_to_caller`.
    async fn the_last_passkey_stays_while_one_is_required_and_removing_it_ends_the_other_sessions(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
        let mut key = ada.enrol_passkey().await;
        let remove = format!("{}/remove", ada.forms_of_passkey().await);
        let mut elsewhere = server.browser();
        assert_eq!(elsewhere.sign_in_by_passkey(&mut key, ORIGIN).await.0.status, 200);
        assert_eq!(ada.save_settings(&[("two_factor.require_admins", "true")]).await.status, 303);
        let page = ada.post(&remove, &[]).await;
        assert_eq!(page.status, 403);
        page.assert_refused("last-factor");
        assert_eq!(elsewhere.get("/profile").await.status, 200, "nothing has changed");
        assert_eq!(ada.save_settings(&[]).await.status, 303);
        server.mail().await;
        assert_eq!(ada.post(&remove, &[]).await.location(), "/profile/two-factor?notice=passkey-removed");
        assert_eq!(elsewhere.get("/profile").await.status, 303);
        assert_eq!(ada.get("/profile").await.status, 200);
        let mail = server.one_mail("A way to sign in was removed").await;
        assert!(mail.to == ADA && mail.text.contains("the passkey “Laptop”"), "{}", mail.text);
        let (gone, ..) = server.browser().sign_in_by_passkey(&mut key, ORIGIN).await;
        gone.assert_refused("wrong-passkey");
    }

    /// Fails when `passkey_sign_in_finish` no longer hands `stay` on, or `persistent_for` no longer asks the setting.
    async fn a_session_by_passkey_outlives_the_browser_only_where_that_was_wanted_and_allowed(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut key = server.signed_in(ADA, Role::Member).await.enrol_passkey().await;
        let mut stays = server.browser();
        let answer = stays.pass_ceremony("sign-in", &mut key, &[("stay", "true")]).await;
        assert!(answer.set_cookie("bailey-3000").contains("Max-Age=28800"), "{}", answer.set_cookie("bailey-3000"));
        assert!(stays.cookies.contains_key("bailey-3000-name"), "the name is remembered");
        let mut goes = server.browser();
        let answer = goes.pass_ceremony("sign-in", &mut key, &[]).await;
        assert!(!answer.set_cookie("bailey-3000").contains("Max-Age"), "{}", answer.set_cookie("bailey-3000"));
        assert!(!goes.cookies.contains_key("bailey-3000-name"));
        assert_eq!(boss.save_settings(&[("sessions.remember_me", "false")]).await.status, 303);
        assert_eq!(stays.get("/profile").await.status, 303, "the session that was kept has ended");
        assert_eq!(goes.get("/profile").await.status, 200, "and no other");
        let mut off = server.browser();
        let answer = off.pass_ceremony("sign-in", &mut key, &[("stay", "true")]).await;
        assert!(!answer.set_cookie("bailey-3000").contains("Max-Age"), "{}", answer.set_cookie("bailey-3000"));
        assert!(!off.cookies.contains_key("bailey-3000-name"));
        assert_eq!(off.get("/profile").await.status, 200);
    }

    /// Fails on PostgreSQL, in one of its races at least, when `TwoFactor::remove_passkey` or `TwoFactor::remove_authenticator` no longer
    /// calls `lock_member`.
    async fn of_two_factors_that_are_removed_at_once_one_is_left_while_one_is_required(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        assert_eq!(boss.save_settings(&[("two_factor.require_everyone", "true")]).await.status, 303);
        for n in 0..4 {
            let mut member = server.signed_in(&format!("a{n}@example.org"), Role::Member).await;
            server.enrol_app(&mut member).await;
            member.add_passkey().await;
            let passkey = format!("{}/remove", member.forms_of_passkey().await);
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
