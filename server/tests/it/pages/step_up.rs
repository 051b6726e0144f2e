//! Proving once more who one is, before what can do harm in the wrong hands.
use crate::support::{Answer, Browser, NEW_PASSWORD, ORIGIN, PASSWORD, Passkey, TestServer, code_at, settings_saved};
use domain::members::NewMember;
use policy::{EmailAddress, Role, time::Span};
use store::on_both;

const BOSS: &str = "boss@example.org";
const STEP_UP: &str = "/profile/step-up";
const RISKY: (&str, &str) = ("sessions.lifetime", "600");

async fn with_boss(db: store::testing::TestDatabase) -> (TestServer, Browser) {
    let server = TestServer::start(db).await;
    let boss = server.signed_in(BOSS, Role::SuperAdmin).await;
    (server, boss)
}

async fn by_password(browser: &mut Browser, next: &str) -> String {
    let fields = [("current", PASSWORD), ("next", next)];
    browser.post("/profile/step-up/password", &fields).await.location().to_owned()
}

on_both! {
    /// Fails when `Policies::save_settings` no longer asks `is_fresh`.
    async fn a_risky_save_asks_for_a_fresh_proof_and_loses_nothing(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        server.clock.advance(Span::minutes(10) );
        let back = "/profile/step-up?next=%2Fadmin%2Fsettings%3Fsaved%3Dyes";
        assert_eq!(boss.save_settings(&[RISKY, ("sign_in.captcha", "true")]).await.location(), back);
        let page = boss.get(back).await;
        assert!(page.text().contains("it has been a while since you proved who you are"), "{}", page.text());
        let token = boss.cookies["bailey-3000"].clone();
        let wrong = boss.post("/profile/step-up/password", &[("current", "not hers"), ("next", "/x")]).await;
        assert!(wrong.status == 422 && wrong.text().contains("That is not your present password."));
        assert!(wrong.page().has("[name='next'][value='/x']"), "it still knows where to go");
        assert_eq!(by_password(&mut boss, "/admin/settings?saved=yes").await, "/admin/settings?saved=yes");
        assert_ne!(boss.cookies["bailey-3000"], token, "the session has a new token");
        let page = boss.get("/admin/settings?saved=yes").await;
        assert!(page.page().holds("600"), "what was typed is there");
        assert!(page.text().contains("Nothing was saved yet. What you typed is below"));
        assert_eq!(boss.save_settings(&[RISKY]).await.location(), settings_saved(1));
    }

    /// Fails when `Policies::follow_up` no longer calls `forget_proofs`, or forgets those that count.
    async fn no_proof_that_was_too_old_is_made_fresh_by_a_setting(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        server.clock.advance(Span::minutes(10));
        boss.proves_it_again().await;
        let longer = ("sessions.step_up", "60");
        boss.has_saved_settings(&[longer]).await;
        let asked = "/profile/step-up?next=%2Fadmin%2Fsettings%3Fsaved%3Dyes";
        assert_eq!(ada.save_settings(&[longer, RISKY]).await.location(), asked);
        server.clock.advance(Span::minutes(11));
        boss.has_saved_settings(&[longer, RISKY]).await;
    }

    /// Fails when `step_up::is_asked_for` asks for none of a change that loosens, or of one that only protects nobody, or
    /// when one of these settings is called cosmetic.
    async fn every_save_asks_for_a_fresh_proof_but_of_what_protects_nobody(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        server.clock.advance(Span::minutes(20));
        let asked = "/profile/step-up?next=%2Fadmin%2Fsettings%3Fsaved%3Dyes";
        for change in [
            ("two_factor.grace_days", "90"),
            ("two_factor.trusted_device_days", "90"),
            ("two_factor.email_code_lifetime", "3600"),
            ("two_factor.passkeys", "false"),
            ("two_factor.authenticator", "false"),
            ("links.password_reset", "0"),
            ("links.verification", "0"),
            ("links.passwordless", "1440"),
            ("links.email_claim", "0"),
            ("links.identity_verification", "0"),
            ("links.auto_login", "true"),
            ("passwords.reuse_limit", "0"),
            ("sign_in.captcha", "true"),
            ("sign_in.show_banner", "true"),
            ("sign_in.banner", "Call [us](https://thief.example)"),
            ("headers.hsts", "false"),
            ("headers.content_type_options", "false"),
            ("headers.referrer_policy", "unsafe-url"),
            ("headers.permissions_policy", "camera=*"),
            ("headers.corp", "cross-origin"),
        ] {
            assert_eq!(boss.save_settings(&[change]).await.location(), asked, "{}", change.0);
        }
        assert_eq!(server.revision().await, 0);
        assert_eq!(boss.save_settings(&[("headers.expect_ct", "true")]).await.location(), settings_saved(1));
        let with = [("headers.expect_ct", "false"), ("sign_in.captcha", "true")];
        assert_eq!(boss.save_settings(&with).await.location(), asked, "and with something else");
    }

    /// Fails when `Policies::confirm`, `Policies::revert`, `Policies::restore` or `Policies::undo` no longer asks `is_fresh`,
    /// or the way back does not lead to where the change waits.
    async fn whatever_becomes_of_a_change_asks_for_a_fresh_proof(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        boss.has_saved_settings(&[("sessions.step_up", "1")]).await;
        boss.press("wait", 1, &[("sessions.step_up", "1"), ("sign_in.captcha", "true")]).await;
        server.clock.advance(Span::minutes(2));
        for act in ["keep", "revert"] {
            let asked = boss.post("/admin/settings/confirm", &[("revision", "2"), ("act", act)]).await;
            assert_eq!(asked.location(), "/profile/step-up?next=%2Fadmin%2Fsettings%2Fconfirm", "{act}");
        }
        assert_eq!(by_password(&mut boss, "/admin/settings/confirm").await, "/admin/settings/confirm");
        let kept = boss.post("/admin/settings/confirm", &[("revision", "2"), ("act", "keep")]).await;
        assert_eq!(kept.location(), "/admin/settings?notice=change-confirmed");
        server.clock.advance(Span::minutes(2));
        for what in [("revision", "1"), ("undo", "2")] {
            let asked = boss.post("/admin/history/restore", &[what, ("base", "2")]).await;
            assert_eq!(asked.location(), "/profile/step-up?next=%2Fadmin%2Fhistory", "{what:?}");
        }
        assert_eq!(server.revision().await, 2);
    }

    /// Fails when `step_up::fresh` no longer reads `sessions.step_up`.
    async fn the_setting_says_how_old_a_proof_may_be(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let changes = [("sessions.step_up", "1")];
        assert_eq!(boss.save_settings(&changes).await.status, 303);
        server.clock.advance(Span::seconds(59));
        assert_eq!(boss.save_settings(&[changes[0], RISKY]).await.location(), settings_saved(2));
        server.clock.advance(Span::seconds(1));
        assert!(boss.save_settings(&changes).await.location().starts_with(STEP_UP));
    }

    /// Fails when `TwoFactor::begin_authenticator`, `TwoFactor::confirm_authenticator`, `TwoFactor::remove_authenticator`, `TwoFactor::begin_passkey`,
    /// `TwoFactor::new_recovery_codes` or, for turning codes by mail on, `TwoFactor::choose_emailed_codes` no longer asks `is_fresh`, or when
    /// `TwoFactor::step_up_by_password` takes the password of whoever has a second factor.
    async fn changes_of_factors_ask_for_a_fresh_proof(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let asked = "/profile/step-up?next=%2Fprofile%2Ftwo-factor";
        server.clock.advance(Span::minutes(10));
        for path in ["authenticator", "email/on"] {
            assert_eq!(boss.post(&format!("/profile/two-factor/{path}"), &[]).await.location(), asked, "{path}");
        }
        let answer = boss.post("/api/app/passkeys/enrol-start", &[]).await;
        assert_eq!(answer.refusal().as_deref(), Some("step-up-required"));
        assert_eq!(by_password(&mut boss, "/profile/two-factor").await, "/profile/two-factor");
        assert_eq!(boss.post("/profile/two-factor/authenticator", &[]).await.location(), "/profile/two-factor");
        server.clock.advance(Span::minutes(10));
        let late = boss.post("/profile/two-factor/authenticator/confirm", &[("code", "000000")]).await;
        assert_eq!(late.location(), asked, "the secret stood on the page meanwhile");
        boss.post("/profile/two-factor/authenticator/cancel", &[]).await;

        by_password(&mut boss, "/").await;
        let (secret, codes) = server.enrol_app(&mut boss).await;
        server.clock.advance(Span::minutes(10));
        for path in ["authenticator/remove", "recovery-codes", "email/on"] {
            assert_eq!(boss.post(&format!("/profile/two-factor/{path}"), &[]).await.location(), asked, "{path}");
        }
        let page = boss.get(STEP_UP).await;
        assert!(page.page().has_field("code") && page.page().has_field("recovery_code") && !page.page().has_field("current"));
        let answer = boss.post("/profile/step-up/password", &[("current", PASSWORD)]).await;
        assert_eq!(answer.status, 404, "a password is not enough for whoever has a second factor");
        assert_eq!(boss.post(STEP_UP, &[("code", "000000")]).await.status, 422);
        let code = code_at(&secret, server.clock.now());
        assert_eq!(boss.post(STEP_UP, &[("code", &code), ("next", "//evil.example")]).await.location(), "/");
        assert_eq!(boss.post("/profile/two-factor/recovery-codes", &[]).await.status, 200);
        server.clock.advance(Span::minutes(10));
        let answer = boss.post("/profile/step-up/recovery", &[("recovery_code", &codes[0])]).await;
        assert_eq!(answer.status, 422, "those codes were replaced");
    }

    /// Fails when a form of the page does not keep `next`, or when the way to the fresh proof and back does not.
    async fn a_fresh_proof_does_not_forget_where_one_wanted_to_go(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let (here, next) = ("/profile/two-factor?next=%2Fadmin%2Fsettings", ("next", "/admin/settings"));
        let asked = "/profile/step-up?next=%2Fprofile%2Ftwo-factor%3Fnext%3D%252Fadmin%252Fsettings";
        let kept = |page: &Answer| page.page().count("[name=next][value='/admin/settings']");
        let forms = |page: &Answer| page.page().count("form[action^='/profile/two-factor/']");
        server.clock.advance(Span::minutes(10));
        let page = boss.get(here).await;
        assert!(forms(&page) > 1 && kept(&page) == forms(&page), "{}", page.body);
        for path in ["authenticator", "email/on"] {
            assert_eq!(boss.post(&format!("/profile/two-factor/{path}"), &[next]).await.location(), asked, "{path}");
        }
        let proof = boss.get(asked).await;
        assert!(proof.page().has(&format!("[name='next'][value='{here}']")), "{}", proof.body);
        assert_eq!(by_password(&mut boss, here).await, here);
        assert_eq!(boss.post("/profile/two-factor/email/on", &[next]).await.location(), format!("{here}&notice=email-codes-on"));
        assert_eq!(boss.post("/profile/two-factor/authenticator", &[next]).await.location(), here);
        server.clock.advance(Span::minutes(9));
        by_password(&mut boss, here).await;
        boss.enrol_passkey().await;
        let page = boss.get(here).await;
        assert!(forms(&page) > 4 && kept(&page) == forms(&page), "{}", page.body);
        server.clock.advance(Span::minutes(10));
        let remove = format!("{}/remove", boss.forms_of_passkey().await);
        for path in ["/profile/two-factor/recovery-codes", "/profile/two-factor/email/off", &remove] {
            assert_eq!(boss.post(path, &[next]).await.location(), asked, "{path}");
        }
    }

    /// Fails when `TwoFactor::finish_passkey`, `TwoFactor::remove_passkey` or `TwoFactor::choose_emailed_codes` no longer asks `is_fresh`, or when
    /// `TwoFactor::finish_passkey_step_up` proves nothing.
    async fn adding_and_removing_a_passkey_and_codes_by_mail_ask_for_a_fresh_proof(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let asked = "/profile/step-up?next=%2Fprofile%2Ftwo-factor";
        // Shorter than a challenge lasts.
        assert_eq!(boss.save_settings(&[("sessions.step_up", "3")]).await.status, 303);
        let mut key = boss.enrol_passkey().await;
        let remove = format!("{}/remove", boss.forms_of_passkey().await);
        let codes = |way: &str| format!("/profile/two-factor/email/{way}");
        assert_eq!(boss.post(&codes("on"), &[]).await.location(), "/profile/two-factor?notice=email-codes-on");
        let (id, options) = boss.begin_ceremony("enrol").await;
        let (credential, _) = Passkey::register(options, ORIGIN);
        let second = [("id", id.as_str()), ("name", "Phone"), ("credential", credential.as_str())];
        server.clock.advance(Span::minutes(3));
        for path in [&codes("on"), &codes("off"), &remove] {
            assert_eq!(boss.post(path, &[]).await.location(), asked, "{path}");
        }
        let refused = boss.post("/api/app/passkeys/enrol-finish", &second).await;
        refused.assert_refused("step-up-required");
        assert_eq!(boss.pass_ceremony("step-up", &mut key, &[]).await.status, 200);
        assert_eq!(boss.post("/api/app/passkeys/enrol-finish", &second).await.status, 200, "it was right all along");
        assert_eq!(boss.post(&codes("off"), &[]).await.location(), "/profile/two-factor?notice=email-codes-off");
        assert_eq!(boss.post(&remove, &[]).await.location(), "/profile/two-factor?notice=passkey-removed");
    }

    /// Fails when `Passwords::verify_present` no longer says `at_present_password`, `show` leaves `why` out once something was tried,
    /// or the handlers no longer ask `Passwords::present_refused` after a wrong one.
    async fn a_member_who_mistypes_their_password_is_told_in_words_of_their_own(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        let changes = [("lockout.sign_in.max_attempts", "2"), ("passwords.change_interval", "0")];
        assert_eq!(boss.save_settings(&changes).await.status, 303);
        server.clock.advance(Span::minutes(10));
        let wrong = [("current", "not hers"), ("password", NEW_PASSWORD)];
        let said = |page: &Answer| {
            let (text, wait) = (page.text(), page.page().has("[data-wait='30']"));
            (text.contains("None is looked at here for 15 minutes"), wait, text.contains("Signing in is locked"))
        };
        let first = boss.post("/profile/step-up/password", &wrong).await;
        assert_eq!((first.status, said(&first)), (422, (false, false, false)));
        let last = boss.post("/profile/step-up/password", &wrong).await;
        assert_eq!((last.status, said(&last)), (422, (true, true, false)), "it was the last one that is looked at");
        let refused = boss.post("/profile/step-up/password", &[("current", PASSWORD)]).await;
        assert_eq!((refused.status, said(&refused)), (429, (true, true, false)));
        for page in [first, last, refused, boss.get(STEP_UP).await] {
            let text = page.text();
            assert!(text.contains("it has been a while since you proved who you are"), "{text}");
            assert!(text.contains("Decided by the setting Fresh second factor."), "{text}");
        }
        let refused = boss.post("/profile/password", &wrong).await;
        assert_eq!((refused.status, said(&refused)), (429, (true, true, false)));
        server.clock.advance(Span::minutes(15));
        assert_eq!(said(&boss.post("/profile/password", &wrong).await), (false, false, false));
        let last = boss.post("/profile/password", &wrong).await;
        assert_eq!((last.status, said(&last)), (422, (true, true, false)), "{}", last.text());
    }

    /// Fails when `Passwords::change` no longer asks `is_fresh` of whoever has no password yet.
    async fn a_first_password_asks_for_a_fresh_proof(db: TestDatabase) {
        let (server, _) = with_boss(db).await;
        let (ada, new) = ("ada@example.org", NEW_PASSWORD);
        let account = NewMember { name: "Ada", email: ada, password: None, role: Role::Member, confirmed: true };
        let link = server.create(account).await;
        let link = format!("/link/{}", link.expect("she signs in by link").expose());
        let mut browser = server.browser();
        assert_eq!(browser.post(&link, &[]).await.location(), "/");
        server.clock.advance(Span::minutes(10));
        let asked = browser.post("/profile/password", &[("password", new)]).await;
        assert_eq!(asked.location(), "/profile/step-up?next=%2Fprofile%2Fpassword");
        let asked = browser.post("/profile/password", &[("password", new), ("next", "/ideas")]).await;
        assert_eq!(asked.location(), "/profile/step-up?next=%2Fprofile%2Fpassword%3Fnext%3D%252Fideas");
        // With neither password nor factor, another link is her proof.
        let email = EmailAddress::parse(ada).expect("an address");
        let link = server.bailey.rescue().sign_in_link(&server.workspace.id, &email).await.expect("she is a member");
        assert_eq!(browser.post(&format!("/link/{}", link.expose()), &[]).await.location(), "/");
        let chosen = browser.post("/profile/password", &[("password", new)]).await;
        assert_eq!(chosen.location(), "/profile/password?notice=password-changed", "{}", chosen.text());
        assert_eq!(server.browser().sign_in_with(ada, new).await.location(), "/");
    }

    /// Fails when `Proof::is_fresh` takes the word of a trusted browser.
    async fn a_trusted_browser_speaks_for_nobody(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        boss.save_settings(&[("two_factor.trusted_device_days", "7")]).await;
        let (_, codes) = server.enrol_app(&mut boss).await;
        let mut browser = server.browser();
        browser.get("/sign-in").await;
        browser.sign_in(BOSS).await;
        browser.post("/sign-in/second-step/recovery", &[("recovery_code", &codes[0]), ("trust", "true")]).await;
        browser.post("/sign-out", &[]).await;
        assert_eq!(browser.sign_in(BOSS).await.location(), "/");
        assert!(browser.post("/profile/two-factor/authenticator/remove", &[]).await.location().starts_with(STEP_UP));
    }

    /// Fails when `Policies::save_settings` no longer asks `is_fresh`, or the problem names another setting.
    async fn a_program_that_saves_by_cookie_is_told_why_not(db: TestDatabase) {
        let (server, mut boss) = with_boss(db).await;
        server.clock.advance(Span::minutes(10));
        let body = r#"{"sessions.lifetime": 600}"#.to_owned();
        let headers = [("content-type", "application/json"), ("if-match", "\"0\"")];
        let answer = boss.send_with(axum::http::Method::PUT, "/api/v1/policy", &headers, Some(body)).await;
        assert_eq!(answer.status, 403, "{}", answer.body);
        assert_eq!(answer.decided_by().as_deref(), Some("sessions.step_up"));
    }
}
