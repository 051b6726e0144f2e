//! Codes by e-mail as the second step.
use crate::support::{Answer, Browser, SECOND_STEP, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";

/// A server on which Ada gets codes by e-mail, and a browser in which she is signed in.
async fn with_codes(db: store::testing::TestDatabase) -> (TestServer, Browser) {
    let server = TestServer::start(db).await;
    let mut ada = server.signed_in(ADA, Role::Member).await;
    let answer = ada.post("/profile/two-factor/email/on", &[]).await;
    assert_eq!(answer.location(), "/profile/two-factor?notice=email-codes-on");
    server.one_mail("A way to sign in was added").await;
    (server, ada)
}

async fn with_code(browser: &mut Browser, code: &str) -> Answer {
    browser.post("/sign-in/second-step/email", &[("code", code)]).await
}

on_both! {
    async fn a_member_who_chose_codes_by_mail_is_asked_for_one_and_it_works_once(db: TestDatabase) {
        let (server, _ada) = with_codes(db).await;
        let mut browser = server.pending_sign_in(ADA).await;
        let mail = server.one_mail("Your code for signing in").await;
        let code = mail.code();
        assert!(mail.text.contains("It works once, and for 10 minutes.") && !mail.subject.contains(&code[..4]));
        let page = browser.get(SECOND_STEP).await;
        assert!(page.text().contains("The eight digits in the mail that we have sent you."), "{}", page.text());
        let wrong = with_code(&mut browser, "0000 0000").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("That code is not right, or it no longer works."), "{}", wrong.text());
        assert!(wrong.text().contains("ask for another code") && !wrong.text().contains("next code"));
        assert_eq!(with_code(&mut browser, &code).await.location(), "/");
        assert_eq!(browser.get("/profile").await.status, 200);
        let mut again = server.pending_sign_in(ADA).await;
        assert_eq!(with_code(&mut again, &code).await.status, 422, "it was used, and belongs to another sign-in");
    }

    /// Fails when neither the hash of a code nor `Tx::emailed_code` depends on the sign-in.
    async fn the_code_of_one_sign_in_does_not_open_another(db: TestDatabase) {
        let (server, _ada) = with_codes(db).await;
        let mut first = server.pending_sign_in(ADA).await;
        let code = server.one_mail("Your code").await.code();
        server.clock.advance(Span::seconds(30));
        let mut second = server.pending_sign_in(ADA).await;
        let other = server.one_mail("Your code").await.code();
        assert_eq!(with_code(&mut second, &code).await.status, 422);
        assert_eq!(with_code(&mut first, &other).await.status, 422);
        assert_eq!(with_code(&mut second, &other).await.location(), "/");
    }

    /// Fails when `Lifespan::until` no longer looks at what was said.
    async fn a_code_that_has_lapsed_is_not_revived_by_a_longer_lifetime(db: TestDatabase) {
        let (server, _ada) = with_codes(db).await;
        let mut boss = server.change_settings(&[("two_factor.email_code_lifetime", "60")]).await;
        let mut browser = server.pending_sign_in(ADA).await;
        let code = server.one_mail("Your code").await.code();
        server.clock.advance(Span::seconds(60));
        boss.has_saved_settings(&[("two_factor.email_code_lifetime", "600")]).await;
        assert_eq!(with_code(&mut browser, &code).await.status, 422);
    }

    /// Fails when `TwoFactor::takes_emailed_code` no longer asks `email_code::works`, or that no longer reads
    /// `two_factor.email_code_lifetime`.
    async fn a_code_works_for_its_lifetime(db: TestDatabase) {
        let (server, _ada) = with_codes(db).await;
        server.change_settings(&[("two_factor.email_code_lifetime", "120")]).await;
        let mut browser = server.pending_sign_in(ADA).await;
        let code = server.one_mail("Your code").await.code();
        server.clock.advance(Span::seconds(120));
        assert_eq!(with_code(&mut browser, &code).await.status, 422);
        assert_eq!(browser.post("/sign-in/second-step/email/send", &[]).await.location(), "/sign-in/second-step?notice=code-sent");
        let code = server.one_mail("Your code").await.code();
        server.clock.advance(Span::seconds(119));
        assert_eq!(with_code(&mut browser, &code).await.location(), "/");
    }

    /// Fails when `TwoFactor::send_code` no longer calls `keep_pending`, or `keep_pendings_of` makes a sign-in shorter.
    async fn a_code_works_for_as_long_as_its_mail_says_however_long_that_is(db: TestDatabase) {
        let (server, _ada) = with_codes(db).await;
        server.change_settings(&[("two_factor.email_code_lifetime", "3600"), ("lockout.two_factor.max_attempts", "1"), ("lockout.two_factor.duration", "1")]).await;
        let mut browser = server.pending_sign_in(ADA).await;
        let mail = server.one_mail("Your code").await;
        assert!(mail.text.contains("for 60 minutes"), "{}", mail.text);
        assert_eq!(with_code(&mut browser, "1111 1111").await.status, 422, "which locks codes for a minute");
        server.clock.advance(Span::seconds(3_599));
        assert_eq!(with_code(&mut browser, &mail.code()).await.location(), "/");
        let mut browser = server.pending_sign_in(ADA).await;
        server.clock.advance(Span::seconds(3_600));
        assert_eq!(browser.get(SECOND_STEP).await.location(), "/sign-in?notice=second-step-lapsed", "and no longer");
    }

    /// Fails when sending a code ends the ones before, `GOOD_AT_ONCE` is another number, or using one leaves the others.
    async fn the_last_three_codes_of_a_sign_in_are_good_until_one_is_used(db: TestDatabase) {
        let (server, _ada) = with_codes(db).await;
        for (typed, good) in [(0, false), (1, true), (2, true), (3, true)] {
            let mut browser = server.pending_sign_in(ADA).await;
            let mut codes = vec![server.one_mail("Your code").await.code()];
            for _ in 0..3 {
                server.clock.advance(Span::seconds(120));
                browser.post("/sign-in/second-step/email/send", &[]).await;
                codes.push(server.one_mail("Your code").await.code());
            }
            let mut same = Browser::clone_of(&browser);
            let answer = with_code(&mut browser, &codes[typed]).await;
            assert_eq!(answer.location() == "/", good, "{typed}: {}", answer.text());
            if good {
                let other = if typed == 3 { 2 } else { 3 };
                assert_ne!(with_code(&mut same, &codes[other]).await.location(), "/", "the sign-in is used up");
            }
            server.clock.advance(Span::minutes(60));
        }
    }

    async fn another_code_has_to_wait_and_the_one_before_works_as_well(db: TestDatabase) {
        let (server, _ada) = with_codes(db).await;
        let mut browser = server.pending_sign_in(ADA).await;
        let first = server.one_mail("Your code").await.code();
        let page = browser.post("/sign-in/second-step/email/send", &[]).await;
        assert_eq!(page.status, 429);
        assert!(page.text().contains("another one can be sent in 30 seconds"), "{}", page.text());
        assert!(server.mail().await.is_empty());
        server.clock.advance(Span::seconds(30));
        browser.post("/sign-in/second-step/email/send", &[]).await;
        let second = server.one_mail("Your code").await.code();
        assert_ne!(first, second);
        assert_eq!(with_code(&mut browser, &first).await.location(), "/", "its mail was the quicker one");
    }

    async fn a_mailbox_is_not_flooded_by_new_sign_ins(db: TestDatabase) {
        let (server, _ada) = with_codes(db).await;
        for _ in 0..20 {
            server.pending_sign_in(ADA).await;
            server.clock.advance(Span::seconds(60));
        }
        let codes = server.mail().await.into_iter().filter(|mail| mail.subject.starts_with("Your code")).count();
        assert!(codes <= 5, "{codes} codes in twenty minutes");
    }

    /// Fails when `TwoFactor::second_step_by_emailed_code` no longer reserves an attempt.
    async fn wrong_codes_are_counted(db: TestDatabase) {
        let (server, _ada) = with_codes(db).await;
        let mut browser = server.pending_sign_in(ADA).await;
        let code = server.one_mail("Your code").await.code();
        for _ in 0..5 {
            assert_eq!(with_code(&mut browser, "1111 1111").await.status, 422);
        }
        let page = with_code(&mut browser, &code).await;
        assert_eq!(page.status, 429);
        page.assert_refused("codes-paused");
    }

    /// Fails when `SignIn::first_step_done` no longer asks `email_code::serves`, or that or `may_choose` no longer reads
    /// `two_factor.email`.
    async fn turning_codes_by_mail_off_is_reviewed_and_ends_their_use(db: TestDatabase) {
        let (server, mut ada) = with_codes(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let review = boss.save_settings(&[("two_factor.email", "false"), ("step", "review")]).await;
        assert!(review.text().contains("1 member has no other second step and will sign in by password alone."), "{}", review.text());
        assert!(review.text().contains(ADA));
        assert_eq!(boss.save_settings(&[("two_factor.email", "false")]).await.status, 303);
        assert_eq!(server.browser().sign_in(ADA).await.location(), "/");
        assert!(ada.get("/profile/two-factor").await.text().contains("turned off “E-mailed codes”"));
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        assert_eq!(grace.post("/profile/two-factor/email/on", &[]).await.status, 403);
    }

    async fn a_code_by_mail_never_satisfies_what_is_required_nor_replaces_a_better_factor(db: TestDatabase) {
        let (server, mut ada) = with_codes(db).await;
        server.change_settings(&[("two_factor.require_everyone", "true")]).await;
        let mut browser = server.pending_sign_in(ADA).await;
        let code = server.one_mail("Your code").await.code();
        assert_eq!(with_code(&mut browser, &code).await.location(), "/");
        assert_eq!(browser.get("/profile").await.location(), "/profile/two-factor?next=%2Fprofile");
        server.enrol_app(&mut ada).await;
        server.mail().await;
        let mut browser = server.pending_sign_in(ADA).await;
        assert!(!browser.get(SECOND_STEP).await.text().contains("by e-mail"), "the app is what is required");
        assert_eq!(browser.post("/sign-in/second-step/email/send", &[]).await.status, 404);
        assert!(server.mail().await.is_empty());
    }

    async fn one_code_in_twenty_parallel_requests_begins_one_session(db: TestDatabase) {
        let (server, _ada) = with_codes(db).await;
        server.change_settings(&[("lockout.two_factor.max_attempts", "20")]).await;
        let browser = server.pending_sign_in(ADA).await;
        let code = server.one_mail("Your code").await.code();
        let mut racing = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let mut same = server.browser();
            same.cookies.clone_from(&browser.cookies);
            let code = code.clone();
            racing.spawn(async move { (with_code(&mut same, &code).await.location().to_owned(), same.cookies["bailey-3000"].clone()) });
        }
        let through: std::collections::BTreeSet<_> = racing.join_all().await.into_iter().collect();
        assert_eq!(through.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["/"], "it is one form");
    }
}
