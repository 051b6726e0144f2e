//! What protects a way in from whoever was there before, and how its owner gets back.
use crate::support::{Answer, Browser, LONG_SESSIONS, NEW_PASSWORD, PASSWORD, SECOND_STEP, TestServer, code_at};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";

async fn with_boss(db: store::testing::TestDatabase, changes: &[(&str, &str)]) -> (TestServer, Browser) {
    TestServer::with_settings(db, &[changes, &LONG_SESSIONS].concat()).await
}

/// Saves these changes, with sessions that last.
async fn save_long(boss: &mut Browser, changes: &[(&str, &str)]) -> Answer {
    boss.save_settings(&[changes, &LONG_SESSIONS].concat()).await
}

on_both! {
    /// Fails when `SignIn::let_in` no longer calls `renew_browser`.
    async fn a_cookie_that_somebody_planted_is_never_trusted(db: TestDatabase) {
        let (server, _) = with_boss(db, &[("two_factor.trusted_device_days", "7")]).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        let planted = || ("bailey-3000-device".to_owned(), "planted".to_owned());
        let mut victim = server.browser();
        victim.cookies.extend([planted()]);
        victim.sign_in(ADA).await;
        let done = victim.post(&format!("{SECOND_STEP}/recovery"), &[("recovery_code", &codes[0]), ("trust", "true")]).await;
        assert_eq!(done.location(), "/");
        assert_ne!(victim.cookies["bailey-3000-device"], "planted");
        let mut thief = server.browser();
        thief.cookies.extend([planted()]);
        assert_eq!(thief.sign_in(ADA).await.location(), SECOND_STEP);
        victim.post("/sign-out", &[]).await;
        assert_eq!(victim.sign_in(ADA).await.location(), "/", "the browser itself is trusted");
    }

    /// ASVS 5.0 7.2.4. Fails when `SignIn::let_in` no longer ends the session that the browser brought.
    async fn signing_in_again_ends_the_session_before_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut old = Browser::clone_of(&ada);
        let mut elsewhere = server.browser();
        elsewhere.sign_in(ADA).await;
        assert_eq!(ada.sign_in(ADA).await.location(), "/");
        assert_eq!(old.get("/profile").await.status, 303);
        assert_eq!((ada.get("/profile").await.status, elsewhere.get("/profile").await.status), (200, 200));
    }

    /// Fails when `Policies::follow_up` no longer calls `forget_passwords_falling_short`.
    async fn a_loosened_policy_lets_members_go_on_at_their_next_request(db: TestDatabase) {
        let (server, mut boss) = with_boss(db, &[("passwords.policy", "basic"), ("passwords.change_interval", "0")]).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let short = "tulip-Wk7";
        assert_eq!(ada.post("/profile/password", &[("current", PASSWORD), ("password", short)]).await.status, 303);
        assert_eq!(save_long(&mut boss, &[("passwords.policy", "strong")]).await.status, 303);
        assert_eq!(ada.sign_in_with(ADA, short).await.status, 303);
        assert!(ada.get("/").await.location().starts_with("/profile/password"));
        assert_eq!(save_long(&mut boss, &[("passwords.policy", "basic")]).await.status, 303);
        assert_eq!(ada.get("/").await.status, 200);
    }

    async fn a_password_that_expires_soon_is_told_of_on_every_page(db: TestDatabase) {
        let (server, mut boss) = with_boss(db, &[("passwords.max_age", "30")]).await;
        let words = "Your password has to be replaced by";
        server.clock.advance(Span::days(22));
        boss.sign_in(BOSS).await;
        assert!(!boss.get("/").await.text().contains(words));
        server.clock.advance(Span::days(2));
        assert!(boss.get("/").await.text().contains(words));
    }

    /// Fails when `due` no longer tells what is past from what is near.
    async fn a_password_that_is_overdue_is_not_called_nearly_so(db: TestDatabase) {
        let (server, mut boss) = with_boss(db, &[("passwords.max_age", "30")]).await;
        server.clock.advance(Span::days(24));
        boss.sign_in(BOSS).await;
        let near = boss.get("/profile/password").await.text();
        assert!(near.contains("It is to be replaced by") && near.contains("That is soon"), "{near}");
        server.clock.advance(Span::days(7));
        boss.sign_in(BOSS).await;
        let late = boss.get("/profile/password").await.text();
        assert!(late.contains("yours has reached that age") && late.contains("It was to be replaced by"), "{late}");
        assert!(!late.contains("That is soon") && !late.contains("It is to be"), "{late}");
    }

    /// Fails when `Policies::follow_up` no longer calls `forget_enrolment_asked_of_role`.
    async fn whoever_is_asked_to_enrol_anew_has_the_days_of_grace_anew(db: TestDatabase) {
        let (server, mut boss) = with_boss(db, &[("two_factor.require_everyone", "true"), ("two_factor.grace_days", "3")]).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        assert_eq!(ada.get("/profile").await.status, 200);
        server.clock.advance(Span::days(2));
        boss.sign_in(BOSS).await;
        assert_eq!(save_long(&mut boss, &[("two_factor.grace_days", "3")]).await.status, 303);
        server.clock.advance(Span::days(5));
        boss.sign_in(BOSS).await;
        assert_eq!(save_long(&mut boss, &[("two_factor.require_everyone", "true"), ("two_factor.grace_days", "3")]).await.status, 303);
        assert_eq!(ada.get("/profile").await.status, 200, "three days from now on");
        server.clock.advance(Span::days(3));
        assert_eq!(ada.get("/profile").await.location(), "/profile/two-factor?next=%2Fprofile");
    }

    /// Fails when `Lockouts::lift` clears every counter, or when nobody but the console removes second factors; when a page offers
    /// a form for codes without `ways_under`, or speaks of other reasons without `codes_disabled`.
    async fn disabled_codes_are_bound_anew_and_not_just_unlocked(db: TestDatabase) {
        let changes = [("lockout.two_factor.max_attempts", "20"), ("lockout.two_factor.duration", "1"), ("lockout.two_factor.window", "1")];
        let (server, mut boss) = with_boss(db, &changes).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let (secret, _) = server.enrol_app(&mut ada).await;
        let mut between = server.guess_a_hundred_codes(ADA).await;
        for page in [between.get(SECOND_STEP).await, between.post(SECOND_STEP, &[("code", "000000")]).await, ada.get("/profile/step-up").await] {
            let text = page.text();
            assert!(text.contains("codes no longer work for this account. Ask an admin"), "{text}");
            assert!(!page.page().has("[name$=code]") && !text.contains("Verify"), "no form for a code: {text}");
            assert!(!text.contains("turned off the second step") && !text.contains("You have no password"), "{text}");
        }
        boss.sign_in(BOSS).await;
        let forms = boss.forms_of(ADA).await;
        let unlock = forms.replace("/admin/members/", "/admin/lockouts/");
        assert_eq!(boss.post(&format!("{unlock}/unlock"), &[]).await.status, 303);
        let code = code_at(&secret, server.clock.now());
        assert_eq!(between.post(SECOND_STEP, &[("code", &code)]).await.status, 403, "they stay disabled");
        let reset = format!("{forms}/reset-two-factor");
        server.clock.advance(Span::minutes(20));
        assert!(boss.post(&reset, &[]).await.location().starts_with("/profile/step-up"), "it asks for a fresh proof");
        boss.sign_in(BOSS).await;
        assert_eq!(boss.post(&reset, &[]).await.location(), "/admin/members?notice=two-factor-reset");
        assert!(server.one_mail("Your second factors were removed").await.to.contains(ADA));
        assert_eq!(ada.get("/profile").await.status, 303, "she is signed out");
        assert_eq!(ada.sign_in(ADA).await.location(), "/", "she enrols anew from here");
    }

    async fn an_admin_removes_no_factor_of_a_super_admin_nor_their_own(db: TestDatabase) {
        let (server, _) = with_boss(db, &[]).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        let (of_boss, of_admin) = (server.forms_about(BOSS).await, server.forms_about("admin@example.org").await);
        assert_eq!(admin.post(&format!("{of_boss}/reset-two-factor"), &[]).await.status, 403);
        assert_eq!(admin.post(&format!("{of_admin}/reset-two-factor"), &[]).await.status, 403);
    }

    /// Fails when `TwoFactor::wrong_code` no longer looks at the lock.
    async fn whoever_knows_the_password_and_guesses_codes_is_told_of(db: TestDatabase) {
        let (server, _) = with_boss(db, &[("lockout.two_factor.max_attempts", "3")]).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        server.enrol_app(&mut ada).await;
        let mut thief = server.browser();
        thief.sign_in(ADA).await;
        for _ in 0..3 {
            thief.post(SECOND_STEP, &[("code", "000000")]).await;
        }
        assert!(server.one_mail("Wrong codes were typed for your account").await.to.contains(ADA));
    }

    /// Fails when `Passwords::verify_present` no longer calls `SignIn::note_refused`.
    async fn guesses_at_the_present_password_are_written_down_and_told_of(db: TestDatabase) {
        let (server, mut boss) = with_boss(db, &[("lockout.sign_in.max_attempts", "3")]).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        for _ in 0..3 {
            ada.post("/profile/password", &[("current", "not hers"), ("password", NEW_PASSWORD)]).await;
        }
        assert!(server.one_mail("Signing in is locked for a while").await.to.contains(ADA));
        let log = boss.get("/admin/audit?channel=sign-in").await.text();
        assert!(log.contains("wrong password"), "{log}");
    }

    /// Fails when `sessions.step_up` has no risk.
    async fn letting_old_proofs_count_takes_a_fresh_one(db: TestDatabase) {
        let (server, mut boss) = with_boss(db, &[]).await;
        server.clock.advance(Span::minutes(11));
        assert!(save_long(&mut boss, &[("sessions.step_up", "60")]).await.location().starts_with("/profile/step-up"));
    }
}
