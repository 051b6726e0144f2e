//! How long a session lives, and `/profile/sessions`.
use crate::support::TestServer;
use policy::{Role, time::Span};
use store::on_both;

on_both! {
    /// Fails when `session::ended` is taken from the gate or from `admit`.
    async fn idling_ends_a_session_and_the_page_says_why(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        server.clock.advance(Span::minutes(30) );
        assert_eq!(browser.get("/profile").await.location(), "/sign-in?next=%2Fprofile");
        let page = browser.get("/sign-in?next=%2Fprofile").await;
        assert!(page.text().contains("You were signed out because nothing happened for 30 minutes."));

        let mut browser = server.browser();
        browser.sign_in("ada@example.org").await;
        server.clock.advance(Span::minutes(29));
        assert_eq!(browser.get("/profile").await.status, 200);
        server.clock.advance(Span::minutes(29));
        assert_eq!(browser.get("/profile").await.status, 200, "activity was recorded");
    }

    async fn the_lifetime_ends_a_session_whatever_the_activity(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
        for _ in 0..23 {
            server.clock.advance(Span::minutes(20));
            assert_eq!(browser.get("/profile").await.status, 200);
        }
        server.clock.advance(Span::minutes(20));
        assert_eq!(browser.get("/profile").await.status, 303, "after 480 minutes");
        assert!(browser.get("/sign-in").await.text().contains("a session lasts 8 hours here"));
    }

    async fn a_shorter_lifetime_acts_on_running_sessions_at_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut member = server.signed_in("grace@example.org", Role::Member).await;
        server.clock.advance(Span::minutes(10));
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        assert_eq!(member.get("/profile").await.status, 200);
        crate::settings::save(&mut ada, 0, &[("sessions.lifetime", "10")]).await;
        assert_eq!(member.get("/profile").await.status, 303);
        assert_eq!(ada.get("/profile").await.status, 200, "their own session is younger");
    }

    async fn a_member_sees_and_ends_their_other_sessions(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut here = server.signed_in("ada@example.org", Role::Admin).await;
        let mut there = server.browser();
        there.sign_in("ada@example.org").await;
        let page = here.get("/profile/sessions").await.text();
        assert!(page.contains("This session") && page.contains("Firefox on Linux") && page.contains("203.0.113.7"));
        assert_eq!(here.post("/profile/sessions/end-others", &[]).await.location(), "/profile/sessions?notice=other-sessions-ended");
        assert_eq!(there.get("/profile").await.status, 303);
        assert!(there.get("/sign-in").await.text().contains("this session was ended from another browser"));
        assert_eq!(here.get("/profile").await.status, 200);
    }

    async fn nobody_ends_the_session_of_somebody_else(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        let mut there = server.browser();
        there.sign_in("ada@example.org").await;
        let page = ada.get("/profile/sessions").await.body;
        let id = page.split("/profile/sessions/").find_map(|rest| rest.split_once("/end\"").map(|(id, _)| id.to_owned()));
        let id = id.filter(|id| id.len() == 36).expect("the page has a button that ends the session");
        grace.post(&format!("/profile/sessions/{id}/end"), &[]).await;
        assert_eq!(there.get("/profile").await.status, 200, "it is not hers to end");
        ada.post(&format!("/profile/sessions/{id}/end"), &[]).await;
        assert_eq!(there.get("/profile").await.status, 303);
    }
}
