//! `/sign-in/second-step` and the enrolment that leads to it.
use crate::support::{Answer, NEW_PASSWORD, NOON, PASSWORD, SECOND_STEP, TestServer, code_at};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";

on_both! {
    /// Fails when `TwoFactor::confirm_authenticator` no longer calls `Sessions::rotate` or forgets the step of the first code, or
    /// when `SignIn::first_step_done` no longer looks for factors.
    async fn an_app_is_enrolled_and_asked_for_from_then_on(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        let before = browser.cookies["bailey-3000"].clone();
        let (secret, codes) = server.enrol_app(&mut browser).await;
        assert_eq!(codes.len(), 10);
        assert_ne!(browser.cookies["bailey-3000"], before, "enrolling rotates the token");
        let mut old = server.browser();
        old.cookies.insert("bailey-3000".to_owned(), before);
        assert_eq!(old.get("/profile").await.status, 303, "the old token is dead");

        let mut browser = server.pending_sign_in(ADA).await;
        let used = code_at(&secret, NOON);
        let page = browser.post(SECOND_STEP, &[("code", &used)]).await;
        assert_eq!(page.status, 422, "the code that enrolled is not taken again");
        assert!(page.text().contains("That code is not right, or it was used before."));
        server.clock.advance(Span::seconds(30));
        let next = code_at(&secret, NOON + Span::seconds(30));
        assert_eq!(browser.post(SECOND_STEP, &[("code", &next)]).await.location(), "/");
        assert_eq!(browser.get("/profile").await.status, 200);
        assert!(!browser.cookies.contains_key("bailey-3000-step"));
    }

    /// Fails when `use_recovery_code` no longer asks for `used_at IS NULL`, or the second step hashes what was typed
    /// without `Code::read`.
    async fn a_recovery_code_works_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        let (_, codes) = server.enrol_app(&mut browser).await;
        let typed = codes[3].to_uppercase().replace('-', " ");
        let mut browser = server.pending_sign_in(ADA).await;
        assert_eq!(browser.post("/sign-in/second-step/recovery", &[("recovery_code", &typed)]).await.location(), "/");
        let mut again = server.pending_sign_in(ADA).await;
        let page = again.post("/sign-in/second-step/recovery", &[("recovery_code", &codes[3])]).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("each works once. Try another one") && !page.text().contains("next code"), "{}", page.text());
    }

    /// Fails when a code is counted before `Code::read` has judged its shape.
    async fn what_cannot_be_a_code_is_said_beside_its_field_and_is_no_try(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        let (secret, codes) = server.enrol_app(&mut browser).await;
        server.mail().await;
        server.clock.advance(Span::seconds(30));
        let mut between = server.pending_sign_in(ADA).await;
        for _ in 0..3 {
            for (way, field, typed, words) in [
                ("", "code", "", "Enter the code that your authenticator app shows."),
                ("", "code", "abc", "has six digits"),
                ("", "code", "1234 5678", "has six digits"),
                ("/recovery", "recovery_code", " - ", "Enter one of your recovery codes."),
                ("/recovery", "recovery_code", "123456", "four groups"),
                ("/email", "code", "", "Enter the code from the mail."),
                ("/email", "emailed_code", "123456", "has eight digits"),
            ] {
                let page = between.post(&format!("/sign-in/second-step{way}"), &[(field, typed)]).await;
                assert_eq!(page.status, 422, "{way} {typed}");
                if way != "/email" {
                    assert!(page.text().contains(words), "{way} {typed}: {}", page.text());
                    assert!(page.page().has(&format!("#{field}-error")), "{way} {typed}");
                }
                assert!(!page.text().contains("not right"), "{way} {typed}");
            }
        }
        let right = code_at(&secret, NOON + Span::seconds(30));
        let spaced = format!("{} {}", &right[..3], &right[3..]);
        assert_eq!(between.post(SECOND_STEP, &[("code", &spaced)]).await.location(), "/", "none was counted");
        assert!(server.mail().await.iter().all(|mail| !mail.subject.contains("Wrong codes")));
        server.clock.advance(Span::minutes(10));
        for typed in ["", "12345", "abcdef"] {
            let page = between.post("/profile/step-up", &[("code", typed)]).await;
            assert!(page.status == 422 && page.page().has("#code-error"), "{typed}");
        }
        let page = between.post("/profile/step-up/recovery", &[("recovery_code", "12")]).await;
        assert!(page.page().has("#recovery_code-error") && page.text().contains("four groups"));
        assert_eq!(between.post("/profile/step-up/recovery", &[("recovery_code", &codes[0])]).await.location(), "/profile");
    }

    /// Fails when `read` is no longer asked before `between.takes_emailed_code`, the factors or the lock are.
    async fn what_cannot_be_a_code_tells_nothing_about_the_account(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut with = server.signed_in("ada@example.org", Role::Admin).await;
        server.enrol_app(&mut with).await;
        let mut between = server.pending_sign_in(ADA).await;
        let before = between.post(SECOND_STEP, &[("code", "12345")]).await;
        assert_eq!(before.status, 422);
        for _ in 0..5 {
            server.pending_sign_in(ADA).await.post(SECOND_STEP, &[("code", "000000")]).await;
        }
        let locked = between.post(SECOND_STEP, &[("code", "12345")]).await;
        assert_eq!(locked.status, 422, "the shape comes first");
        assert_eq!(locked.text(), before.text());
    }

    /// Fails when `TwoFactor::codes_refused` is no longer asked after a wrong code and before the page is shown, or when `Said` no
    /// longer tells the instant apart from the words.
    async fn a_locked_second_step_says_until_when_and_its_forms_wait(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        server.enrol_app(&mut browser).await;
        let mut between = server.pending_sign_in(ADA).await;
        for _ in 0..4 {
            let page = between.post(SECOND_STEP, &[("code", "000000")]).await;
            assert!(!page.page().has("[data-wait]"), "{}", page.text());
        }
        let last = between.post(SECOND_STEP, &[("code", "000000")]).await;
        assert_eq!(last.status, 422);
        assert!(last.text().contains("That code is not right"), "this one was looked at");
        assert!(!last.text().contains("Wait for the next code"), "none is taken: {}", last.text());
        for page in [last, between.get(SECOND_STEP).await, between.post(SECOND_STEP, &[("code", "000000")]).await] {
            let text = page.text();
            // NOON is 2027-01-15 08:00 UTC.
            assert!(text.contains("No code is taken for 15 minutes, until 2027-01-15 08:15 UTC."), "{text}");
            assert!(page.page().has("time[datetime='2027-01-15T08:15:00Z']"), "a browser tells it in its own zone");
            assert!(text.contains("UTC. An admin can unlock it earlier."), "no word of a passkey, since she has none: {text}");
            assert_eq!(page.page().count("[data-wait='900']"), 2, "the code and the recovery code");
        }
        server.clock.advance(Span::minutes(5));
        assert!(server.pending_sign_in(ADA).await.get(SECOND_STEP).await.page().has("[data-wait='600']"));
        server.clock.advance(Span::minutes(10));
        assert!(!server.pending_sign_in(ADA).await.get(SECOND_STEP).await.page().has("[data-wait]"));
    }

    /// Fails when `TwoFactor::reserve_attempt` is no longer called before a code is looked at.
    async fn after_five_wrong_codes_even_the_right_one_waits(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        let (secret, _) = server.enrol_app(&mut browser).await;
        server.clock.advance(Span::seconds(30));
        for _ in 0..5 {
            // A new sign-in does not reset the count.
            let page = server.pending_sign_in(ADA).await.post(SECOND_STEP, &[("code", "000000")]).await;
            assert_eq!(page.status, 422);
        }
        let right = code_at(&secret, NOON + Span::seconds(30));
        let page = server.pending_sign_in(ADA).await.post(SECOND_STEP, &[("code", &right)]).await;
        assert_eq!(page.status, 429);
        assert!(page.text().contains("Too many wrong codes. No code is taken for 15 minutes, until "), "{}", page.text());
        server.clock.advance(Span::minutes(15));
        let later = code_at(&secret, server.clock.now());
        assert_eq!(server.pending_sign_in(ADA).await.post(SECOND_STEP, &[("code", &later)]).await.location(), "/");
    }

    /// Fails when `Tx::pending` no longer looks at `expires_at`, or `second_step::LASTS` is longer.
    async fn a_sign_in_between_its_steps_lapses_after_ten_minutes(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        server.enrol_app(&mut browser).await;
        let mut browser = server.pending_sign_in(ADA).await;
        server.clock.advance(Span::minutes(10));
        let lapsed = browser.get(SECOND_STEP).await.location().to_owned();
        assert_eq!(lapsed, "/sign-in?notice=second-step-lapsed");
        assert!(browser.get(&lapsed).await.text().contains("The second step took too long, or was passed already."));
    }

    /// Fails when `TwoFactor::wrong_code` no longer calls `keep_pendings_of`, or that revives what has lapsed.
    async fn whoever_waits_for_the_end_of_a_lock_goes_on_where_they_were(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        let (secret, _) = server.enrol_app(&mut ada).await;
        let mut lapsed = server.pending_sign_in(ADA).await;
        server.clock.advance(Span::minutes(1));
        let (mut waits, mut elsewhere, mut too_late) =
            (server.pending_sign_in(ADA).await, server.pending_sign_in(ADA).await, server.pending_sign_in(ADA).await);
        server.clock.advance(Span::minutes(9));
        for _ in 0..5 {
            assert_eq!(waits.post(SECOND_STEP, &[("code", "000000")]).await.status, 422);
        }
        server.clock.advance(Span::seconds(899));
        assert!(waits.get(SECOND_STEP).await.page().has("[data-wait='1']"));
        server.clock.advance(Span::seconds(1));
        let right = code_at(&secret, server.clock.now());
        assert_eq!(waits.post(SECOND_STEP, &[("code", &right)]).await.location(), "/");
        assert_eq!(elsewhere.get(SECOND_STEP).await.status, 200, "it was locked as well");
        assert_eq!(lapsed.get(SECOND_STEP).await.location(), "/sign-in?notice=second-step-lapsed", "it was over before");
        server.clock.advance(Span::minutes(10));
        assert_eq!(too_late.get(SECOND_STEP).await.location(), "/sign-in?notice=second-step-lapsed", "ten minutes, as ever");
    }

    /// Fails when `SignIn::first_step_done` no longer asks until when codes are locked.
    async fn a_sign_in_begun_during_a_lock_outlives_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let (secret, _) = server.enrol_app(&mut ada).await;
        assert_eq!(ada.save_settings(&[("lockout.two_factor.duration", "1440")]).await.status, 303);
        for _ in 0..5 {
            server.pending_sign_in(ADA).await.post(SECOND_STEP, &[("code", "000000")]).await;
        }
        let mut waits = server.pending_sign_in(ADA).await;
        let page = waits.get(SECOND_STEP).await;
        assert!(page.text().contains("No code is taken for 24 hours, until"), "{}", page.text());
        assert!(page.page().has("[data-wait='86400']"), "the button counts down from the same");
        server.clock.advance(Span::days(1));
        server.bailey.tidy_up().await.expect("the database answers");
        let right = code_at(&secret, server.clock.now());
        assert_eq!(waits.post(SECOND_STEP, &[("code", &right)]).await.location(), "/");
    }

    /// Fails when `Sessions::credentials_changed` no longer takes the sign-ins away that stand between their steps.
    async fn a_sign_in_that_waits_for_the_end_of_a_lock_ends_with_the_password_that_began_it(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        server.enrol_app(&mut ada).await;
        let mut waits = server.pending_sign_in(ADA).await;
        for _ in 0..5 {
            waits.post(SECOND_STEP, &[("code", "000000")]).await;
        }
        assert_eq!(waits.get(SECOND_STEP).await.status, 200);
        let fields = [("current", PASSWORD), ("password", NEW_PASSWORD)];
        assert_eq!(ada.post("/profile/password", &fields).await.status, 303);
        assert_eq!(waits.get(SECOND_STEP).await.location(), "/sign-in?notice=second-step-lapsed");
    }

    /// Fails when `Attempt::between` or `Attempt::of` no longer tells `code_attempt` which factors the member has.
    async fn a_lock_of_codes_says_whether_a_passkey_still_works(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        server.enrol_app(&mut ada).await;
        let mut key = ada.add_passkey().await.0;
        let mut waits = server.pending_sign_in(ADA).await;
        for _ in 0..5 {
            waits.post(SECOND_STEP, &[("code", "000000")]).await;
        }
        let code = [("code", "000000")];
        for page in [waits.get(SECOND_STEP).await, waits.post(SECOND_STEP, &code).await, ada.post("/profile/step-up", &code).await] {
            assert!(page.text().contains("Your passkey still works, and an admin can unlock it"), "{}", page.text());
        }
        assert_eq!(waits.pass_ceremony("second-step", &mut key, &[]).await.status, 200, "and it does");
    }

    /// Fails when `TwoFactor::remove_authenticator` no longer asks `may_remove`.
    async fn the_last_factor_cannot_be_removed_while_it_is_required(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        server.enrol_app(&mut browser).await;
        browser.save_settings(&[("two_factor.require_admins", "true")]).await;
        let page = browser.post("/profile/two-factor/authenticator/remove", &[]).await;
        assert_eq!(page.status, 403);
        page.assert_refused("last-factor");
        let offered = |page: &Answer| (page.text().contains("this is your only factor"), page.page().count("form[action$='/remove']"));
        let page = browser.get("/profile/two-factor").await;
        assert_eq!(offered(&page), (true, 0), "the reason stands in the place of its button: {}", page.text());
        assert!(page.page().links_to("/admin/settings?setting=two_factor.require_admins"), "{}", page.body);
        browser.add_passkey().await;
        assert_eq!(offered(&browser.get("/profile/two-factor").await), (false, 2), "either may go");
        browser.save_settings(&[]).await;
        let removed = browser.post("/profile/two-factor/authenticator/remove", &[]).await;
        assert_eq!(removed.location(), "/profile/two-factor?notice=authenticator-removed");
    }

    /// Fails when the gate no longer asks `grace_until`, or that no longer reads `two_factor.grace_days`.
    async fn the_days_of_grace_let_members_postpone_and_remind_them(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let long = ("sessions.lifetime", "43200");
        let changes = [("two_factor.require_everyone", "true"), ("two_factor.grace_days", "3"), long, ("sessions.idle_timeout", "0")];
        assert_eq!(boss.save_settings(&changes).await.status, 303);
        let page = grace.get("/profile").await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Your organisation asks you to set up two-factor authentication by"), "{}", page.text());
        server.clock.advance(Span::days(3) );
        assert_eq!(grace.get("/profile").await.location(), "/profile/two-factor?next=%2Fprofile");
        let mut late = server.signed_in("late@example.org", Role::Member).await;
        assert_eq!(late.get("/profile").await.status, 200, "whoever joins later has the same time");
    }

    /// Fails when `SignIn::first_step_done` no longer asks `skips_second_step`, or `trust` no longer reads
    /// `two_factor.trusted_device_days`.
    async fn a_trusted_browser_skips_the_second_step_until_its_day_or_until_a_change(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        let mut browser = server.browser();
        browser.get("/sign-in").await;
        browser.sign_in("ada@example.org").await;
        assert!(!browser.get(SECOND_STEP).await.page().has_field("trust"), "off by default");
        ada.save_settings(&[("two_factor.trusted_device_days", "7"), ("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")]).await;
        assert!(browser.get(SECOND_STEP).await.text().contains("Don't ask on this browser for 7 days"));
        let step = "/sign-in/second-step/recovery";
        assert_eq!(browser.post(step, &[("recovery_code", &codes[0]), ("trust", "true")]).await.location(), "/");
        browser.post("/sign-out", &[]).await;
        assert_eq!(browser.sign_in("ada@example.org").await.location(), "/", "the box was ticked");
        assert_eq!(server.browser().sign_in("ada@example.org").await.location(), SECOND_STEP, "only there");
        browser.post("/sign-out", &[]).await;
        server.clock.advance(Span::days(7) );
        assert_eq!(browser.sign_in("ada@example.org").await.location(), SECOND_STEP, "after its days");
        browser.post(step, &[("recovery_code", &codes[1]), ("trust", "true")]).await;
        let page = browser.get("/profile/sessions").await.page();
        let end = page.attribute("form[action^='/profile/sessions/trusted/']", "action");
        assert_eq!(browser.post(&end, &[]).await.location(), "/profile/sessions?notice=trust-ended");
        browser.post("/sign-out", &[]).await;
        assert_eq!(browser.sign_in("ada@example.org").await.location(), SECOND_STEP, "it was revoked");
        browser.post(step, &[("recovery_code", &codes[2]), ("trust", "true")]).await;
        let new = NEW_PASSWORD;
        let answer = browser.post("/profile/password", &[("current", PASSWORD), ("password", new)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        browser.post("/sign-out", &[]).await;
        assert_eq!(browser.sign_in_with("ada@example.org", new).await.location(), SECOND_STEP, "a new password ends it");
    }

    /// Fails when `Lifespan::until` no longer looks at what was said.
    async fn a_browser_whose_trust_has_ended_is_not_trusted_again_by_more_days(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let (_, codes) = server.enrol_app(&mut ada).await;
        let long = [("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0"), ("sessions.step_up", "60")];
        ada.has_saved_settings(&[&[("two_factor.trusted_device_days", "7")], &long[..]].concat()).await;
        let mut browser = server.browser();
        browser.get("/sign-in").await;
        browser.sign_in("ada@example.org").await;
        let fields = [("recovery_code", codes[0].as_str()), ("trust", "true")];
        assert_eq!(browser.post("/sign-in/second-step/recovery", &fields).await.location(), "/");
        server.clock.advance(Span::days(8));
        ada.post("/profile/step-up/recovery", &[("recovery_code", &codes[1])]).await;
        ada.has_saved_settings(&[&[("two_factor.trusted_device_days", "30")], &long[..]].concat()).await;
        assert_eq!(browser.sign_in("ada@example.org").await.location(), SECOND_STEP);
        browser.post("/sign-in/second-step/recovery", &[("recovery_code", &codes[2])]).await;
        assert!(!browser.get("/profile/sessions").await.page().has("form[action^='/profile/sessions/trusted/']"));
    }

    /// Fails when `TwoFactor::remove_authenticator` no longer calls `Sessions::credentials_changed`.
    async fn removing_a_factor_ends_the_other_sessions(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let mut elsewhere = server.browser();
        elsewhere.sign_in("ada@example.org").await;
        server.enrol_app(&mut ada).await;
        assert_eq!(elsewhere.get("/profile").await.status, 200);
        assert_eq!(ada.post("/profile/two-factor/authenticator/remove", &[]).await.status, 303);
        assert_eq!(elsewhere.get("/profile").await.status, 303);
        assert_eq!(ada.get("/profile").await.status, 200);
    }
}
