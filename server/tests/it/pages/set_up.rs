//! `/set-up`: the first start.
use crate::support::{PASSWORD, TestServer};
use policy::{time::Span, value::PasswordPolicy};
use store::on_both;

on_both! {
    async fn the_first_super_admin_is_created_once(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let link = server.bailey.members().set_up_link(&server.workspace.id).await.expect("the database answers").expect("nobody is here");
        let path = format!("/set-up?token={}", link.expose());
        let mut browser = server.browser();
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        assert!(page.text().contains("Create super-admin"));
        assert_eq!(browser.get(&path).await.status, 200, "opening it uses nothing up");

        let form = |password: &'static str| [
            ("token", link.expose().to_owned()), ("name", "Ada".to_owned()), ("email", "ada@example.org".to_owned()), ("password", password.to_owned()),
        ];
        let short = form("short");
        let fields: Vec<_> = short.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let page = browser.post("/set-up", &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("Use at least 12 characters; 7 characters to go."));
        assert!(page.page().holds("ada@example.org") && page.page().holds("Ada"), "nothing typed is lost");
        assert!(!page.body.contains("short"), "but the password is not sent back");

        let right = form(PASSWORD);
        let fields: Vec<_> = right.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(browser.post("/set-up", &fields).await.location(), "/sign-in?notice=set-up-done");
        assert_eq!(browser.post("/set-up", &fields).await.status, 410, "the link works once");
        assert_eq!(browser.get(&path).await.status, 410);
        assert_eq!(browser.sign_in("ada@example.org").await.location(), "/");
        assert_eq!(browser.get("/admin/settings").await.status, 200);
        assert!(server.bailey.members().set_up_link(&server.workspace.id).await.expect("it answers").is_none());
    }

    /// Fails when the link of the first start, which journals keep, works for longer than a day.
    async fn the_link_works_for_a_day(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let link = server.bailey.members().set_up_link(&server.workspace.id).await.expect("the database answers").expect("nobody is here");
        let path = format!("/set-up?token={}", link.expose());
        server.clock.advance(Span::seconds(86_399));
        assert_eq!(server.browser().get(&path).await.status, 200);
        server.clock.advance(Span::seconds(1));
        assert_eq!(server.browser().get(&path).await.status, 410);
    }

    /// Fails when the page says another least length than the one by which `create` judges.
    async fn the_page_says_what_the_policy_that_holds_asks_for(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let workspace = &server.workspace.id;
        let link = server.bailey.members().set_up_link(workspace).await.expect("the database answers").expect("nobody is here");
        let path = format!("/set-up?token={}", link.expose());
        let mut browser = server.browser();
        for (policy, least) in [(PasswordPolicy::Basic, 8), (PasswordPolicy::Standard, 12), (PasswordPolicy::Strong, 15)] {
            let now = server.bailey.policies().now(workspace).await.expect("the database answers");
            let mut wanted = now.settings.clone();
            wanted.passwords.policy = policy;
            let saved = server.bailey.policies().save_from_console(workspace, now.revision, wanted, "console", false).await;
            saved.expect("nothing contradicts itself");
            let said = format!("At least {least} characters, and at most 256");
            let page = browser.get(&path).await;
            assert!(page.text().contains(&said), "{policy:?}: {}", page.text());
            assert_eq!(page.text().matches("At least").count(), page.text().matches(&said).count(), "{}", page.text());
            let fields = [("token", link.expose()), ("name", "Ada"), ("email", "ada@example.org"), ("password", "short")];
            let page = browser.post("/set-up", &fields).await;
            assert!(page.text().contains(&said) && page.text().contains(&format!("Use at least {least} characters")));
        }
    }

    async fn a_link_that_never_was_opens_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        for path in ["/set-up", "/set-up?token=", "/set-up?token=x", "/link/x"] {
            let page = server.browser().get(path).await;
            assert_eq!(page.status, 410, "{path}");
            page.assert_refused("link-dead");
        }
    }
}
