//! Where one can go from a page, and what waits for whoever looks.
use crate::support::{Browser, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const SIDEBAR: &str = "nav.side.wide";

/// What the bell lists.
async fn waiting(browser: &mut Browser, path: &str) -> Vec<String> {
    browser.get(path).await.page().texts(".bell .sheet a")
}

on_both! {
    /// Fails when `of_admins` no longer derives from the site map's groups, or marks another page than the one shown.
    async fn an_admin_finds_the_pages_of_the_admins_by_group_and_the_way_back(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::Admin).await;
        let page = boss.get("/admin/settings/communities").await.page();
        let links = ["Overview", "Members", "Communities", "Invitations", "Help requests", "Lockouts", "Settings", "History", "Audit log", "Mail", "Reports", "Back to the workspace"];
        for place in [SIDEBAR, ".narrow nav[aria-label='Admin']"] {
            assert_eq!(page.texts(&format!("{place} a")), links, "{place}");
            assert_eq!(page.attributes(&format!("{place} ul"), "aria-label"), ["People", "Policy", "Activity"]);
            assert_eq!(page.texts(&format!("{place} a[aria-current='true']")), ["Settings"]);
        }
        assert_eq!(page.texts("header.top > nav a"), ["Home", "Ideas", "Conversations", "Admin"]);
        assert_eq!(page.texts("header.top > nav a[aria-current]"), ["Admin"]);
        assert_eq!(page.texts(".tabs a"), ["General", "Security", "Communities"]);
        assert_eq!(page.texts(".tabs a[aria-current='page']"), ["Communities"]);
        let home = boss.get("/").await.page();
        assert!(!home.has("nav[aria-label='Admin']"), "the workspace is another area");
        assert_eq!(home.texts("header.top > nav a[aria-current='page']"), ["Home"]);
    }

    /// Fails when `of_workspace` offers the admin panel to whoever does not reach it.
    async fn a_member_is_offered_the_workspace_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut joan = server.signed_in("joan@example.org", Role::Moderator).await;
        let page = joan.get("/ideas").await.page();
        assert_eq!(page.texts("header.top > nav a"), ["Home", "Ideas", "Conversations"]);
        assert_eq!(page.texts(".account nav a"), ["My profile"]);
        assert!(!page.links_to("/admin") && page.has(".account form[action='/sign-out'] button"));
    }

    /// Fails when `Waiting::list` no longer asks what is locked or pending, or tells a member of it.
    async fn the_bell_tells_admins_what_waits_in_the_workspace(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut joan = server.signed_in("joan@example.org", Role::Member).await;
        assert_eq!(waiting(&mut boss, "/admin").await, [""; 0]);
        assert!(boss.get("/").await.text().contains("Nothing waits for you."));
        boss.has_saved_settings(&[("lockout.sign_in.max_attempts", "1")]).await;
        server.browser().sign_in_with("joan@example.org", "wrong").await;
        assert_eq!(waiting(&mut boss, "/admin").await, ["1 member is locked out"]);
        let page = boss.get("/profile").await.page();
        assert!(page.links_to("/admin/lockouts") && page.has(".bell .badge"));
        assert_eq!(boss.get("/admin/mail").await.page().texts(&format!("{SIDEBAR} .badge")), ["1"]);
        boss.press("wait", 1, &[("sessions.lifetime", "100")]).await;
        assert_eq!(
            waiting(&mut boss, "/admin").await,
            ["Confirm the last change of settings", "1 member is locked out"]
        );
        assert_eq!(waiting(&mut joan, "/").await, [""; 0]);
    }

    /// Fails when `Waiting::list` asks for what an admin could not reach from where they are.
    async fn the_bell_leads_nobody_where_the_allowlist_keeps_them_out(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        server.member("joan@example.org", Role::Member).await;
        let list = [("network.admin_allowlist", "203.0.113.0/24"), ("lockout.sign_in.max_attempts", "1")];
        boss.has_saved_settings(&list).await;
        server.browser().sign_in_with("joan@example.org", "wrong").await;
        assert_eq!(waiting(&mut boss, "/profile").await, ["1 member is locked out"]);
        boss.address = std::net::IpAddr::from([198, 51, 100, 1]);
        assert_eq!(waiting(&mut boss, "/profile").await, [""; 0]);
    }

    /// Fails when `waiting_for` no longer tells a deadline, or the bell not until when.
    async fn the_bell_tells_everybody_what_is_asked_of_them_and_until_when(db: TestDatabase) {
        let asked = [
            ("two_factor.require_everyone", "true"),
            ("two_factor.grace_days", "14"),
            ("passwords.max_age", "8"),
            ("sessions.lifetime", "43200"),
            ("sessions.idle_timeout", "0"),
        ];
        let (server, _, mut ada) = TestServer::with_member_and_settings(db, "ada@example.org", &asked).await;
        assert_eq!(waiting(&mut ada, "/").await, ["Set up two-factor authentication"]);
        server.clock.advance(Span::days(2));
        assert_eq!(
            waiting(&mut ada, "/").await,
            ["Choose a new password", "Set up two-factor authentication"],
            "the nearest first"
        );
        let page = ada.get("/").await.page();
        assert_eq!(page.count(".bell .sheet time"), 2);
    }

    /// Fails when the header offers more than signing out to whoever has to do something first.
    async fn whoever_has_to_do_something_first_meets_no_navigation(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.has_saved_settings(&[("two_factor.require_everyone", "true")]).await;
        let page = boss.get("/profile/two-factor").await.page();
        assert_eq!(page.texts("header a"), [""; 0]);
        assert_eq!(page.texts("header button"), ["Sign out"]);
        assert_eq!(page.attributes("header form", "action"), ["/sign-out"]);
        assert!(!page.has(".bell") && !page.has(".side") && !page.has(".narrow"));
    }
}
