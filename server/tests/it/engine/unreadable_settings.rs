//! Settings whose stored values can't be read: nothing is loosened by it, and nothing is saved before they are mended.
use crate::support::{Browser, TestServer, code_at};
use domain::{Error, Vault, policies::Wanted};
use policy::{Role, Settings, time::Span};
use store::{AuditFilter, on_both};

const BOSS: &str = "boss@example.org";
const LIFETIME: &str = "sessions.lifetime";
const REQUIRE: &str = "two_factor.require_admins";
const LIST: &str = "network.admin_allowlist";

const DAMAGED: &[&str] = &[
    "UPDATE policy_revisions SET document = REPLACE(document, '\"sessions.lifetime\":\"60\"', '\"sessions.lifetime\":\"1h\"')",
    "UPDATE policy_revisions SET document = REPLACE(document, '\"two_factor.require_admins\":\"true\"', '\"two_factor.require_admins\":\"yes\"')",
];

/// A super-admin with a second factor, who has saved these settings one after the other.
async fn saved(db: store::testing::TestDatabase, saves: &[&[(&str, &str)]]) -> (TestServer, Browser) {
    let server = TestServer::start(db).await;
    let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
    server.enrol_app(&mut boss).await;
    for changes in saves {
        boss.has_saved_settings(changes).await;
    }
    (server, boss)
}

/// Another node, which has cached nothing, and the browser of the super-admin there.
async fn later(server: &TestServer, boss: &Browser) -> (TestServer, Browser) {
    let node = server.node(Vault::new([7; 32])).await;
    let mut later = node.browser();
    later.cookies = boss.cookies.clone();
    (node, later)
}

/// The newest entries of the audit log about settings.
async fn log(server: &TestServer) -> String {
    let of_settings = AuditFilter { channel: Some("settings".to_owned()), ..AuditFilter::default() };
    let mut tx = server.db.store.read().await.expect("it answers");
    let found = tx.audit_entries(&server.workspace.id, &of_settings, 1).await.expect("it reads");
    found.first().map(|entry| entry.body.clone()).unwrap_or_default()
}

on_both! {
    /// Fails when `posture` no longer names what can't be read, or leaves out what holds instead.
    async fn a_setting_that_cannot_be_read_is_named_on_the_overview_with_what_holds_instead(db: TestDatabase) {
        let (server, boss) = saved(db, &[&[(LIFETIME, "60"), ("links.verification", "30"), (REQUIRE, "true")]]).await;
        server.execute_sql(DAMAGED).await;
        let (_node, mut later) = later(&server, &boss).await;
        let page = later.get("/admin").await;
        let text = page.text().replace("<!>", "");
        assert!(text.contains("What is stored for these settings can't be read"), "{text}");
        for (key, said) in [(LIFETIME, "Session lifetime: 480 minutes"), (REQUIRE, "Require MFA for admins: on")] {
            assert!(text.contains(said), "{said}: {text}");
            assert!(page.page().links_to(&policy::setting_link::to(key)), "{key}");
        }
        assert!(!text.contains("Idle timeout:"), "the others are as they were saved");
    }

    /// Fails when `stored::load` no longer looks back, or a setting no longer says its safe value.
    async fn the_latest_value_that_can_be_read_holds_or_else_the_safe_one(db: TestDatabase) {
        let (server, mut boss) = saved(db, &[
            &[(LIST, "203.0.113.0/24"), ("two_factor.require_everyone", "true")],
            &[(LIST, "203.0.113.7"), ("two_factor.require_everyone", "true"), (LIFETIME, "90")],
        ]).await;
        boss.press("wait", 2, &[(LIST, "203.0.113.7"), ("two_factor.require_everyone", "true"), (LIFETIME, "400")]).await;
        boss.post("/admin/settings/confirm", &[("revision", "3"), ("act", "revert")]).await;
        server.execute_sql(&[
            "UPDATE policy_revisions SET document = REPLACE(document, '\"203.0.113.7/32\"', '\"203.0.113.7/99\"')",
            "UPDATE policy_revisions SET document = REPLACE(document, '\"two_factor.require_everyone\":\"true\"', '\"two_factor.require_everyone\":\"1\"')",
            "UPDATE policy_revisions SET document = REPLACE(document, '\"sessions.lifetime\":\"90\"', '\"sessions.lifetime\":\"9O\"') WHERE revision = 4",
        ]).await;
        let (node, mut later) = later(&server, &boss).await;
        let settings = node.bailey.policies().now(&node.workspace.id).await.expect("it reads").settings.clone();
        let text = |key: &str| settings.print(Settings::find(key).expect("it is declared"));
        assert_eq!(text(LIST), "203.0.113.0/24", "of the first revision");
        assert_eq!(text("two_factor.require_everyone"), "true", "none could be read");
        assert_eq!(text(LIFETIME), "90", "of the second, not of the one that was put back");
        assert_eq!(later.get("/admin").await.status, 200);
        later.address = "198.51.100.7".parse().expect("an address");
        assert_eq!(later.get("/admin").await.status, 403);
        let mut stranger = node.signed_in("grace@example.org", Role::Member).await;
        assert_eq!(stranger.get("/profile").await.location(), "/profile/two-factor?next=%2Fprofile");
    }

    /// Fails when the safe allowlist lets somebody in, or the console waits until what can't be read was mended.
    async fn a_list_that_never_could_be_read_lets_nobody_in_but_by_the_console(db: TestDatabase) {
        let (server, boss) = saved(db, &[&[(LIST, "203.0.113.0/24"), (LIFETIME, "60")]]).await;
        server.execute_sql(&[DAMAGED[0], "UPDATE policy_revisions SET document = REPLACE(document, '203.0.113.0/24', '0.0.0.0/1\\n128.0.0.0/1')"]).await;
        let (node, mut later) = later(&server, &boss).await;
        assert_eq!(later.get("/admin").await.status, 403);
        let opened = node.bailey.rescue().allowlist_off(&node.workspace.id).await.expect("it always works");
        assert_eq!(opened.changes.len(), 1, "{:?}", opened.changes);
        let page = later.get("/admin/settings").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.page().value(LIST), "0.0.0.0/1\n128.0.0.0/1", "it stays as it was stored");
        assert_eq!(page.page().value(LIFETIME), "1h");
    }

    /// Fails when a save, a restore, an undo or a put-back writes another value over what can't be read.
    async fn nothing_is_saved_before_what_cannot_be_read_is_given_a_value(db: TestDatabase) {
        let first = [(LIFETIME, "60"), (REQUIRE, "true")];
        let (server, boss) = saved(db, &[&[("links.idea_view", "99")], &first]).await;
        server.execute_sql(DAMAGED).await;
        let (node, mut later) = later(&server, &boss).await;
        let page = later.get("/admin/settings").await.page();
        assert_eq!(page.value(LIFETIME), "1h", "the field holds what is stored");
        let chosen = "select[name='two_factor.require_admins'] option[selected]";
        assert_eq!(page.attribute(chosen, "value"), "yes", "a switch could not show it");
        let words = "What is stored here can't be read; instead of it, this holds: off.";
        assert!(page.text_of("[id='two_factor.require_admins-error']").contains(words));
        for step in ["save", "wait", "review"] {
            let left = later.press(step, 2, &[(LIFETIME, "1h"), (REQUIRE, "yes"), ("links.idea_view", "77")]).await;
            assert_eq!(left.status, 422, "{step}");
            for key in [LIFETIME, REQUIRE] {
                let beside = left.page().text_of(&format!("[id='{key}-error']"));
                assert!(beside.contains("Give it a value: nothing is saved before."), "{step} {key}: {beside}");
            }
            assert!(left.page().holds("77"), "{step}: what was typed is still there");
        }
        let read = later.get("/api/v1/policy").await.json();
        assert_eq!(read["unreadable"], serde_json::json!([LIFETIME, REQUIRE]));
        assert_eq!(read["settings"]["sessions"].get("lifetime"), None, "whoever sends it back gives it no value by the way");
        for (query, document) in [("", r#"{"links.idea_view": 77}"#.to_owned()), ("?dry_run=true", read.to_string())] {
            let refused = later.put_policy(query, "2", &document).await;
            assert_eq!(refused.status, 422, "{}", refused.body);
            assert!([LIFETIME, REQUIRE].iter().all(|key| refused.json()["errors"].get(key).is_some()), "{}", refused.body);
        }
        for what in [("revision", "1"), ("revision", "2"), ("undo", "1")] {
            let refused = later.post("/admin/history/restore", &[what, ("base", "2")]).await;
            assert!(refused.status == 422 && refused.text().contains("Give it a value"), "{what:?}: {}", refused.text());
        }
        assert!(later.get("/admin/history?restore=1").await.text().contains("Session lifetime: What is stored here"));
        let policies = node.bailey.policies();
        let some = Wanted::naming(Settings::default(), [Settings::find(LIFETIME).expect("it is declared")]);
        let console = policies.save_from_console(&node.workspace.id, 2, some, "console", false).await;
        assert!(matches!(&console, Err(Error::Invalid(found)) if found.len() == 1), "{console:?}");
        assert_eq!(node.revision().await, 2);
    }

    /// Fails when the change is not told from the text that was stored, or asks for no fresh proof.
    async fn a_value_that_is_given_on_purpose_is_a_change_like_any_other(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        let (secret, _) = server.enrol_app(&mut boss).await;
        boss.has_saved_settings(&[(LIFETIME, "60"), (REQUIRE, "true")]).await;
        server.execute_sql(DAMAGED).await;
        let (node, mut later) = later(&server, &boss).await;
        let review = later.press("review", 1, &[(REQUIRE, "false")]).await;
        assert!(review.text().contains("“yes”, which can't be read"), "{}", review.text());
        node.clock.advance(Span::minutes(11));
        let same = [(LIFETIME, "480"), (REQUIRE, "true")];
        assert!(later.press("reviewed", 1, &same).await.location().starts_with("/profile/step-up"), "also where it held so");
        let code = code_at(&secret, node.clock.now());
        assert_eq!(later.post("/profile/step-up", &[("code", &code)]).await.status, 303);
        assert_eq!(later.press("reviewed", 1, &same).await.status, 303);
        let told = log(&node).await;
        for words in ["Updated application settings", "“yes”, which can't be read", "“1h”, which can't be read"] {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert!(!later.get("/admin").await.text().contains("can't be read"), "it is mended");
    }

    /// Fails when a put-back by hand is done all the same, or the one by itself waits until somebody has mended the rest.
    async fn a_change_that_nobody_confirms_goes_back_by_itself_over_what_cannot_be_read(db: TestDatabase) {
        let (server, mut boss) = saved(db, &[&[(LIFETIME, "60")]]).await;
        assert_eq!(boss.press("wait", 1, &[(LIFETIME, "90")]).await.status, 303);
        server.execute_sql(DAMAGED).await;
        let (node, mut later) = later(&server, &boss).await;
        let refused = later.post("/admin/settings/confirm", &[("revision", "2"), ("act", "revert")]).await;
        assert!(refused.status == 422 && refused.text().contains("Give it a value"), "{}", refused.text());
        node.clock.advance(Span::minutes(5));
        assert_eq!(node.bailey.policies().revert_overdue().await.expect("it answers"), 1);
        assert_eq!((node.revision().await, node.session_lifetime().await), (3, 480), "not what nobody confirmed");
        assert_eq!(later.get("/admin/settings").await.page().value(LIFETIME), "1h");
    }
}
