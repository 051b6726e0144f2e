//! `/`: what is asked of whoever looks, what is new for them, and the first run.
use crate::support::TestServer;
use policy::Role;
use store::on_both;

const STEPS: &str = ".first-run li:not(.done) a";

on_both! {
    /// Fails when `load_home` no longer asks for the ideas of the caller's own communities.
    async fn the_start_page_shows_what_is_new_in_ones_own_communities(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut joan = server.signed_in("joan@example.org", Role::Member).await;
        assert!(joan.get("/").await.text().contains("You belong to no community yet."));
        let community = boss.add_community("Research", &["boss@example.org", "joan@example.org"]).await;
        assert!(joan.get("/").await.text().contains("Nobody in your communities has posted an idea yet."));
        for title in ["Plants in the stairwell", "A bell that rings"] {
            let fields = [("community", community.as_str()), ("title", title), ("body", "A secret within.")];
            assert_eq!(boss.post("/ideas", &fields).await.status, 303);
            server.clock.advance(policy::time::Span::minutes(1));
        }
        let home = joan.get("/").await;
        assert_eq!(home.page().texts("[aria-labelledby='new'] li strong"), ["A bell that rings", "Plants in the stairwell"]);
        assert!(!home.body.contains("A secret within."), "only what is shown is sent");
        let mut eve = server.signed_in("eve@example.org", Role::Member).await;
        assert!(!eve.get("/").await.text().contains("Plants"));
    }

    /// Fails when somebody else than a super-admin is led through the first run, or may leave it.
    async fn the_first_run_is_for_super_admins(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut admin = server.signed_in("admin@example.org", Role::Admin).await;
        assert!(boss.get("/").await.page().has(STEPS));
        for path in ["/", "/admin"] {
            assert!(!admin.get(path).await.page().has(".first-run"), "{path}");
        }
        assert_eq!(admin.post("/admin/first-run/leave", &[]).await.status, 403);
        assert!(boss.get("/").await.page().has(STEPS));
    }

    /// Fails when `leave_first_run` writes nothing down, or what is left undone no longer stands on the overview.
    async fn the_first_run_is_left_and_what_is_undone_stands_on_the_overview(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let undone = boss.get("/").await.page().texts(STEPS);
        assert!(undone.contains(&"Set up your own second factor".to_owned()), "{undone:?}");
        assert_eq!(boss.get("/admin").await.page().texts(STEPS), undone);
        let left = boss.post("/admin/first-run/leave", &[]).await;
        assert_eq!(left.location(), "/?notice=first-run-left");
        assert!(boss.get(left.location()).await.text().contains("You left the first steps."));
        assert_eq!(boss.post("/admin/first-run/leave", &[]).await.status, 303, "twice is once");
        let mut other = server.signed_in("other@example.org", Role::SuperAdmin).await;
        for browser in [&mut boss, &mut other] {
            assert!(!browser.get("/").await.page().has(".first-run"));
            assert!(browser.get("/admin").await.page().has(STEPS));
        }
        let log = boss.get("/admin/audit?channel=settings").await.page().texts(".log .what");
        assert_eq!(log, ["Left the first steps"]);
    }

    /// Fails when a step that is done is not ticked.
    async fn a_step_that_is_done_is_ticked(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        server.enrol_app(&mut boss).await;
        let done = boss.get("/").await.page().texts(".first-run li.done a");
        assert!(done.contains(&"Set up your own second factor".to_owned()), "{done:?}");
    }

    /// Fails when `find_members` answers a single letter, or somebody who is no admin.
    async fn members_are_found_for_admins_by_two_letters_or_more(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let mut joan = server.signed_in("joan@example.org", Role::Member).await;
        for n in 0..9 {
            server.member(&format!("grace{n}@example.org"), Role::Member).await;
        }
        let found = boss.call("members/find", &[("holds", "joan")]).await.json();
        assert_eq!(found, serde_json::json!([{"name": "Somebody", "email": "joan@example.org"}]));
        assert_eq!(boss.call("members/find", &[("holds", " j ")]).await.json(), serde_json::json!([]));
        assert_eq!(boss.call("members/find", &[("holds", "grace")]).await.json().as_array().map(Vec::len), Some(8));
        assert_eq!(joan.call("members/find", &[("holds", "grace")]).await.status, 403);
    }
}
