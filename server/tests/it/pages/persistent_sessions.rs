//! Sessions that outlive the browser: their cookie is replaced every hour, and one that comes back is a copy
//! (SECURITY.md A36).
use crate::support::{Browser, LONG_SESSIONS, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";

/// Ada, who stays signed in, and somebody who has read the cookies of her browser.
async fn copied(db: store::testing::TestDatabase) -> (TestServer, Browser, Browser) {
    let server = TestServer::start(db).await;
    let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
    assert_eq!(boss.save_settings(&LONG_SESSIONS).await.status, 303);
    server.member(ADA, Role::Member).await;
    let mut ada = server.browser();
    let fields = [("email", ADA), ("password", PASSWORD), ("stay_signed_in", "true")];
    assert_eq!(ada.post("/sign-in", &fields).await.status, 303);
    let thief = Browser::clone_of(&ada);
    (server, ada, thief)
}

/// Whether this browser is signed in.
async fn is_in(browser: &mut Browser) -> bool {
    browser.get("/profile").await.status == 200
}

on_both! {
    /// Fails when `judge_replaced_token` no longer answers `Copied`, when `pass` no longer calls `Sessions::renew_token`, or when
    /// `Sessions::find` no longer looks for spent tokens.
    async fn a_copied_cookie_ends_the_session_for_both_and_the_member_hears_of_it(db: TestDatabase) {
        let (server, mut ada, mut thief) = copied(db).await;
        let first = ada.cookies["bailey-3000"].clone();
        server.clock.advance(Span::minutes(61));
        assert!(is_in(&mut ada).await);
        assert_ne!(ada.cookies["bailey-3000"], first, "another token took its place");
        assert!(is_in(&mut ada).await, "which is in use from now on");
        server.mail().await;
        server.clock.advance(Span::minutes(2));
        assert!(!is_in(&mut thief).await);
        let said = thief.get("/sign-in").await.text();
        assert!(said.contains("the cookie of this session was used in two places"), "{said}");
        assert!(!is_in(&mut ada).await, "which of the two is hers can't be told");
        let mail = server.one_mail("We ended a session that somebody may have copied · Bailey").await;
        assert_eq!(mail.to, ADA);
        assert!(!is_in(&mut thief).await);
        assert!(server.mail().await.is_empty(), "she is told once");
        let mut boss = server.browser();
        boss.sign_in("boss@example.org").await;
        assert!(boss.get("/admin/audit?channel=session").await.text().contains("Ended a session that was copied"));
    }

    /// Fails when `Sessions::find` no longer notes that a token was seen, or a copy is found out by who came first.
    async fn the_owner_who_comes_second_ends_the_copy_that_the_thief_uses(db: TestDatabase) {
        let (server, mut ada, mut thief) = copied(db).await;
        server.clock.advance(Span::minutes(61));
        assert!(is_in(&mut thief).await && is_in(&mut thief).await);
        server.clock.advance(Span::minutes(2));
        assert!(!is_in(&mut ada).await);
        assert!(!is_in(&mut thief).await);
    }

    /// Fails when `judge_replaced_token` takes a token for a copy at once.
    async fn requests_that_were_under_way_pass_with_the_token_before(db: TestDatabase) {
        let (server, mut ada, mut tab) = copied(db).await;
        server.clock.advance(Span::minutes(61));
        assert!(is_in(&mut ada).await);
        let replaced = tab.cookies["bailey-3000"].clone();
        assert!(is_in(&mut tab).await);
        assert_eq!(tab.cookies["bailey-3000"], replaced, "one of them replaces it");
        assert!(is_in(&mut ada).await);
        server.clock.advance(Span::seconds(59));
        assert!(is_in(&mut tab).await, "for a minute after the new one came");
    }

    /// Fails when `judge_replaced_token` no longer asks whether the present token was seen.
    async fn an_answer_that_got_lost_signs_nobody_out(db: TestDatabase) {
        let (server, mut ada, mut lost) = copied(db).await;
        server.clock.advance(Span::minutes(61));
        assert!(is_in(&mut lost).await, "the new token came, and the browser crashed");
        for _ in 0..3 {
            server.clock.advance(Span::minutes(30));
            assert!(is_in(&mut ada).await);
        }
        assert_ne!(ada.cookies["bailey-3000"], lost.cookies["bailey-3000"], "an hour later it got another one");
        server.clock.advance(Span::minutes(2));
        assert!(is_in(&mut ada).await);
    }

    /// Fails when `token_is_due` no longer asks whether the session is kept.
    async fn the_cookie_of_a_session_that_ends_with_the_browser_stays(db: TestDatabase) {
        let (server, _, _) = copied(db).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let token = grace.cookies["bailey-3000"].clone();
        server.clock.advance(Span::minutes(61));
        assert!(is_in(&mut grace).await);
        assert_eq!(grace.cookies["bailey-3000"], token);
    }
}
