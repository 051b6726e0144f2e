//! What leaves the server besides what was asked for: nothing of the database, and nothing for a cache to keep.
use crate::support::TestServer;
use policy::{EmailAddress, Role};
use store::on_both;

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";

on_both! {
    /// Fails when `missing` answers with another status, or the edge no longer says `no-store` about whatever is no
    /// file with a name of its own.
    async fn an_address_that_looks_like_a_file_shows_no_page_and_is_kept_by_no_cache(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let mut stranger = server.browser();
        for path in ["/profile/x.css", "/admin/settings.css", "/admin/settings/x.js", "/profile.png"] {
            for browser in [&mut boss, &mut stranger] {
                let page = browser.get(path).await;
                assert_eq!(page.status, 404, "{path}");
                assert_eq!(page.headers["cache-control"], "no-store", "{path}");
            }
        }
        for path in ["/profile", "/admin/settings", "/admin/audit", "/api/v1/session"] {
            let page = boss.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(page.headers["cache-control"], "no-store", "{path}");
        }
    }

    /// Fails when `Sessions::sign_out`, or `end` for one's own session, no longer sends `CLEAR_SITE_DATA`.
    async fn signing_out_clears_what_the_browser_keeps(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let out = ada.post("/sign-out", &[]).await;
        assert_eq!(out.location(), "/sign-in?notice=signed-out");
        assert_eq!(out.headers["clear-site-data"], "\"storage\"");
        assert_eq!(ada.sign_in(ADA).await.location(), "/");
        let email = EmailAddress::parse(ADA).expect("an address");
        let mut tx = server.db.store.read().await.expect("it answers");
        let row = tx.member_by_email(&server.workspace.id, &email).await.expect("it reads").expect("she is there");
        let sessions = tx.sessions_of(&row.id).await.expect("it reads");
        drop(tx);
        assert_eq!(sessions.len(), 1, "the one before has ended");
        let ended = ada.post(&format!("/profile/sessions/{}/end", sessions[0].id), &[]).await;
        assert_eq!(ended.location(), "/sign-in?notice=signed-out");
        assert_eq!(ended.headers["clear-site-data"], "\"storage\"");
    }

    /// Fails when `explain`, whose answer `Failure` shows, `fault_page` or `Problem::failed` passes on what the
    /// database said.
    async fn a_broken_database_is_told_of_in_no_answer(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let broken = [
            "ALTER TABLE communities RENAME TO lost_communities",
            "ALTER TABLE challenges RENAME TO lost_challenges",
        ];
        server.execute_sql(&broken).await;
        let page = boss.get("/admin/settings/communities").await;
        assert!(page.text().contains("Something broke on the server."), "{}", page.text());
        page.assert_tells_nothing();
        let answers = [
            boss.post("/admin/settings/communities", &[("name", "Research")]).await,
            boss.post("/api/app/communities/load", &[]).await,
            boss.post("/api/app/passkeys/enrol-start", &[]).await,
        ];
        for answer in &answers {
            assert_eq!(answer.status, 500, "{}", answer.body);
            answer.assert_tells_nothing();
        }
        server.execute_sql(&["ALTER TABLE sessions RENAME TO lost_sessions"]).await;
        let answers = [
            boss.get("/profile").await,
            boss.save_settings(&[("sessions.lifetime", "60")]).await,
            boss.post("/api/app/settings/load", &[]).await,
            boss.get("/api/v1/session").await,
            server.browser().sign_in(BOSS).await,
        ];
        for answer in &answers {
            assert_eq!(answer.status, 500, "{}", answer.body);
            answer.assert_tells_nothing();
        }
        assert_eq!(answers[3].json()["type"], "/problems/failed");
    }
}
