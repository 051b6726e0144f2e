//! `GET /api/v1/session`: what a reverse proxy asks.
use crate::support::TestServer;
use policy::Role;
use store::on_both;

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
