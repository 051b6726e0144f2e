//! The link in the mail with a code: its button passes the second step of the very sign-in that the code is for.
use crate::support::{Browser, TestServer};
use axum::http::Method;
use policy::time::Span;
use store::{on_both, testing::TestDatabase};

const ADA: &str = "ada@example.org";
const CODE: &str = "Your code for signing in";

/// A server on which Ada gets codes by e-mail under these settings, and a browser in which she is signed in.
async fn with_codes(db: TestDatabase, settings: &[(&str, &str)]) -> (TestServer, Browser, Browser) {
    let (server, boss, mut ada) = TestServer::with_member_and_settings(db, ADA, settings).await;
    assert_eq!(
        ada.post("/profile/two-factor/email/on", &[]).await.location(),
        "/profile/two-factor?notice=email-codes-on"
    );
    server.mail().await;
    (server, boss, ada)
}

/// A browser between the two steps, and the path of the link that was mailed for it.
async fn between(server: &TestServer) -> (Browser, String) {
    let browser = server.pending_sign_in(ADA).await;
    (browser, server.one_mail(CODE).await.link())
}

/// Everything that is known of links and of sign-ins between their steps.
async fn state(server: &TestServer) -> Vec<String> {
    let mut found =
        server.sql_column("SELECT token_hash || COALESCE(CAST(used_at AS TEXT), '') FROM links ORDER BY 1").await;
    found.extend(server.sql_column("SELECT id || CAST(expires_at AS TEXT) FROM pending_sign_ins ORDER BY 1").await);
    found.extend(
        server.sql_column("SELECT id || COALESCE(CAST(used_at AS TEXT), '') FROM emailed_codes ORDER BY 1").await,
    );
    found
}

on_both! {
    /// Fails when `Links::redeem` does not use the link up, or `second_step_by_link` begins no session.
    async fn its_button_passes_the_step_once_in_the_browser_that_waits(db: TestDatabase) {
        let (server, _, _) = with_codes(db, &[]).await;
        let mut browser = server.browser();
        let next = [("email", ADA), ("password", crate::support::PASSWORD), ("next", "/ideas")];
        assert_eq!(browser.post("/sign-in", &next).await.location(), "/sign-in/second-step?next=%2Fideas");
        let mail = server.one_mail(CODE).await;
        assert!(mail.text.contains("in no other") && mail.text.contains("It works once, until "), "{}", mail.text);
        let page = browser.get(&mail.link()).await;
        assert!(page.status == 200 && page.text().contains(&format!("This signs you in as {ADA}")), "{}", page.text());
        let mut same = Browser::clone_of(&browser);
        assert_eq!(browser.post(&mail.link(), &[]).await.location(), "/ideas", "where they wanted to go");
        assert_eq!(browser.get("/profile").await.status, 200);
        assert_eq!(same.post(&mail.link(), &[("page", "another")]).await.status, 410, "once");
        assert_eq!(same.post("/sign-in/second-step/email", &[("code", &mail.code())]).await.location(), "/sign-in?notice=second-step-lapsed");
        let log = server.sql_column("SELECT body FROM audit_entries").await;
        assert!(log.iter().any(|body| body.contains("password and e-mailed link")));
    }

    /// Fails when `judge_link` no longer compares the sign-in of the link with the one of the browser.
    async fn in_another_browser_it_says_so_and_spends_nothing(db: TestDatabase) {
        let (server, _, mut ada) = with_codes(db, &[]).await;
        let (mut first, link) = between(&server).await;
        server.clock.advance(Span::seconds(30));
        let (mut second, _) = between(&server).await;
        let mut stranger = server.browser();
        let before = state(&server).await;
        for other in [&mut stranger, &mut second, &mut ada] {
            for answer in [other.get(&link).await, other.post(&link, &[]).await] {
                assert_eq!(answer.status, 409);
                answer.assert_refused("link-of-another-browser");
                assert!(answer.text().contains("Nothing was used up"), "{}", answer.text());
            }
        }
        assert_eq!(state(&server).await, before);
        assert_eq!(first.post(&link, &[]).await.location(), "/");
    }

    /// Fails when looking at it, however often, counts as a use.
    async fn fifty_looks_change_nothing(db: TestDatabase) {
        let (server, _, _) = with_codes(db, &[]).await;
        let (mut browser, link) = between(&server).await;
        let before = state(&server).await;
        for n in 0..50 {
            let method = if n % 2 == 0 { Method::HEAD } else { Method::GET };
            assert_eq!(Browser::clone_of(&browser).send(method, &link, None).await.status, 200);
        }
        assert_eq!(state(&server).await, before);
        assert_eq!(browser.post(&link, &[]).await.location(), "/");
    }

    /// Fails when `link::lapses` no longer takes the shorter of `two_factor.email_code_lifetime` and `links.verification`.
    async fn it_lives_the_shorter_of_two_settings(db: TestDatabase) {
        let (server, mut boss, _) = with_codes(db, &[]).await;
        for (code, verification, lives) in [("600", "5", 300), ("60", "1440", 60), ("120", "0", 120)] {
            boss.has_saved_settings(&[("two_factor.email_code_lifetime", code), ("links.verification", verification)]).await;
            let (mut browser, link) = between(&server).await;
            server.clock.advance(Span::seconds(lives - 1));
            assert_eq!(browser.get(&link).await.status, 200, "{code} {verification}");
            server.clock.advance(Span::seconds(1));
            assert_eq!(browser.get(&link).await.status, 410, "{code} {verification}");
            assert_eq!(browser.post(&link, &[]).await.status, 410, "{code} {verification}");
            server.clock.advance(Span::minutes(20));
            boss.proves_it_again().await;
        }
    }

    /// Fails when `mail_code` no longer makes the link in place of the one before.
    async fn a_new_code_voids_the_link_of_the_one_before(db: TestDatabase) {
        let (server, _, _) = with_codes(db, &[]).await;
        let (mut browser, first) = between(&server).await;
        server.clock.advance(Span::seconds(30));
        assert_eq!(browser.post("/sign-in/second-step/email/send", &[]).await.status, 303);
        let second = server.one_mail(CODE).await.link();
        browser.get(&first).await.assert_refused("link-superseded");
        assert_eq!(browser.post(&first, &[]).await.status, 410);
        assert_eq!(browser.post(&second, &[]).await.location(), "/");
    }

    /// Fails when `judge_link` no longer asks `code_refused`, `is_pending` or `two_factor.email`.
    async fn locks_and_settings_are_judged_again_when_it_is_pressed(db: TestDatabase) {
        let (server, mut boss, mut ada) = with_codes(db, &[("lockout.two_factor.max_attempts", "2")]).await;
        let (mut browser, link) = between(&server).await;
        for _ in 0..2 {
            assert_eq!(browser.post("/sign-in/second-step/email", &[("code", "1111 1111")]).await.status, 422);
        }
        let locked = browser.post(&link, &[]).await;
        assert_eq!(locked.status, 429);
        locked.assert_refused("codes-paused");
        server.clock.advance(Span::minutes(15));
        boss.proves_it_again().await;
        let (mut browser, link) = between(&server).await;
        boss.has_saved_settings(&[("two_factor.email", "false")]).await;
        browser.post(&link, &[]).await.assert_refused("factor-off");
        boss.has_saved_settings(&[]).await;
        browser.get(&link).await;
        let given_up = browser.post("/sign-in/second-step/cancel", &[]).await;
        assert_eq!(given_up.location(), "/sign-in");
        assert_eq!(browser.post(&link, &[]).await.status, 410, "the sign-in was given up");
        server.clock.advance(Span::minutes(5));
        let (mut browser, link) = between(&server).await;
        ada.proves_it_again().await;
        server.enrol_app(&mut ada).await;
        assert_eq!(browser.post(&link, &[]).await.status, 410, "a better factor took its place");
    }

    /// Fails when two presses at once pass the step twice.
    async fn twenty_presses_at_once_begin_one_session(db: TestDatabase) {
        let (server, _, _) = with_codes(db, &[]).await;
        let (browser, link) = between(&server).await;
        let mut racing = tokio::task::JoinSet::new();
        for n in 0..20 {
            let (mut same, link) = (Browser::clone_of(&browser), link.clone());
            racing.spawn(async move { same.post(&link, &[("page", &n.to_string())]).await.location() == "/" });
        }
        assert_eq!(racing.join_all().await.into_iter().filter(|passed| *passed).count(), 1);
        let live = server.sql_column("SELECT id FROM sessions WHERE ended_at IS NULL").await.len();
        assert_eq!(live, 3, "of the boss, of Ada, and this one");
    }

    /// Fails when `judge_link` takes a sign-in of another workspace or of another member for its own.
    async fn a_ban_meanwhile_ends_it(db: TestDatabase) {
        let (server, mut boss, _) = with_codes(db, &[]).await;
        let (mut browser, link) = between(&server).await;
        let ada = server.member_row(ADA).await.id;
        assert_eq!(boss.post(&format!("/admin/members/{ada}/ban"), &[]).await.status, 303);
        assert_eq!(browser.post(&link, &[]).await.status, 410);
        assert_ne!(browser.get("/profile").await.status, 200);
    }
}
