//! `GET /api/v1/session`: what a reverse proxy asks.
use crate::support::TestServer;
use axum::http::Method;
use policy::{Role, time::Span};
use server::config::Overrides;
use store::on_both;

const CHECK: &str = "/api/v1/session";

on_both! {
    async fn a_proxy_learns_who_is_signed_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::ItAdmin).await;
        let answer = browser.get("/api/v1/session").await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.headers["x-bailey-email"], "ada@example.org");
        assert_eq!(answer.headers["x-bailey-roles"], "it-admin");
        assert_eq!(answer.headers["x-bailey-member"].to_str().expect("ASCII"), answer.json()["member"]);
    }

    /// Fails when `Routes::check` passes its route as activity, or the gate takes what a browser fetches ahead for that.
    async fn what_no_person_asked_for_keeps_no_session_alive(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        for _ in 0..29 {
            server.clock.advance(Span::minutes(1));
            assert_eq!(ada.get(CHECK).await.status, 200);
            let ahead = [("sec-purpose", "prefetch;prerender")];
            assert_eq!(ada.send_with(Method::GET, "/profile", &ahead, None).await.status, 200);
        }
        let left = ada.get("/session/left").await.json()["seconds"].as_i64();
        assert_eq!(left, Some(60), "and it is told how long is left");
        server.clock.advance(Span::minutes(1));
        let over = ada.get(CHECK).await;
        assert_eq!((over.status, over.decided_by().as_deref()), (401, Some("sessions.idle_timeout")));
    }

    /// Fails when the gate no longer asks `is_a_persons`, or a call that the application makes by itself is declared as one
    /// that somebody causes.
    async fn only_what_somebody_does_keeps_a_session_alive(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let by_itself: [(_, _, &[(&str, &str)]); 7] = [
            (Method::GET, "/profile", &[("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")]),
            (Method::GET, "/profile", &[("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")]),
            (Method::GET, "/profile", &[("purpose", "prefetch")]),
            (Method::GET, "/profile", &[("x-moz", "prefetch")]),
            (Method::GET, "/profile", &[("connection", "upgrade"), ("upgrade", "websocket")]),
            (Method::GET, "/api/v1/policy", &[]),
            (Method::POST, "/api/app/settings/waiting", &[("content-type", "application/x-www-form-urlencoded")]),
        ];
        for (n, (method, path, headers)) in by_itself.into_iter().enumerate() {
            server.clock.advance(Span::minutes(4));
            let body = (method == Method::POST).then(String::new);
            assert_eq!(ada.send_with(method, path, headers, body).await.status, 200, "{n} {path}");
        }
        let left = ada.get("/session/left").await.json()["seconds"].as_i64();
        assert_eq!(left, Some(2 * 60), "28 minutes of it have idled away");
        let navigation = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert_eq!(ada.send_with(Method::GET, "/profile", &navigation, None).await.status, 200);
        server.clock.advance(Span::minutes(29));
        assert_eq!(ada.call("settings/load", &[]).await.status, 200, "a click's call");
        server.clock.advance(Span::minutes(29));
        assert_eq!(ada.post("/profile/sessions/end-others", &[]).await.status, 303, "a form");
        server.clock.advance(Span::minutes(29));
        assert_eq!(ada.get("/profile").await.status, 200, "a browser that says nothing");
    }

    /// Fails when `session_check_is_activity` is read nowhere.
    async fn where_the_operator_says_so_the_check_is_activity(db: TestDatabase) {
        let flags = Overrides { session_check_is_activity: Some("on".to_owned()), ..Overrides::default() };
        let server = TestServer::configured(db, flags).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        for _ in 0..3 {
            server.clock.advance(Span::minutes(29));
            assert_eq!(ada.get(CHECK).await.status, 200);
        }
        server.clock.advance(Span::minutes(20));
        for by_itself in [("sec-fetch-dest", "image"), ("sec-fetch-mode", "websocket"), ("sec-purpose", "prefetch")] {
            assert_eq!(ada.send_with(Method::GET, CHECK, &[by_itself], None).await.status, 200, "{by_itself:?}");
        }
        assert_eq!(ada.get("/session/left").await.json()["seconds"], 10 * 60, "nobody caused these");
    }

    /// Fails when `origin::check` judges a token that is none of Bailey's, or lets it stand for a same-origin request.
    async fn a_bearer_of_somebody_else_is_ignored(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        for token in ["Bearer eyJhbGciOi.e30.x", "bearer", "Basic YWRhOng="] {
            let answer = ada.send_with(Method::GET, CHECK, &[("authorization", token)], None).await;
            assert_eq!((answer.status, answer.headers["x-bailey-email"].to_str().ok()), (200, Some("ada@example.org")), "{token}");
            let form = [("authorization", token), ("sec-fetch-site", "cross-site"), ("content-type", "application/x-www-form-urlencoded")];
            for browser in [&mut ada, &mut server.browser()] {
                let crossing = browser.send_with(Method::POST, "/sign-in", &form, Some("email=a&password=b".to_owned())).await;
                assert_eq!(crossing.status, 403, "{token}");
            }
        }
        assert_eq!(server.browser().send_with(Method::GET, CHECK, &[("authorization", "Bearer x")], None).await.status, 401);
    }

    async fn without_a_session_the_answer_says_where_to_sign_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let answer = server.browser().get("/api/v1/session").await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        assert_eq!(answer.location(), "http://localhost:3000/sign-in");
        answer.assert_refused("sign-in-required");
    }

    async fn a_wrong_method_and_a_wrong_address_are_problems_too(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.browser();
        assert_eq!(browser.post("/api/v1/session", &[]).await.json()["status"], 405);
        assert_eq!(browser.get("/api/v1/nothing").await.json()["status"], 404);
        assert_eq!(browser.post("/profile", &[]).await.status, 405);
        let page = browser.get("/nothing").await;
        assert_eq!(page.status, 404);
        assert!(!page.text().is_empty());
    }
}
