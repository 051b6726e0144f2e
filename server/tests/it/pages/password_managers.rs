//! What password managers read: whose password a form asks for.
use crate::support::{Answer, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";

/// The accounts that the forms of a page name which ask for a password; fails where one names none, or more than one.
fn accounts(at: &str, answer: &Answer) -> Vec<String> {
    let page = answer.page();
    let named = page.count("form:has(input[type=password]):has(input[type=text][autocomplete~=username], input[type=email][autocomplete~=username])");
    assert_eq!(named, page.count("form:has(input[type=password])"), "{at}: {}", answer.body);
    let accounts = page.attributes("form:has(input[type=password]) input[autocomplete~=username]", "value");
    assert!(page.count("form:has(input[type=password]) input[autocomplete~=username]") == named, "{at}: {accounts:?}");
    accounts
}

on_both! {
    /// Fails when a page asks for a password without an `AccountName` or a field of the address, or names another account.
    async fn every_form_that_asks_for_a_password_names_its_account(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let link = server.bailey.members().set_up_link(&server.workspace.id).await.expect("it answers").expect("nobody is here");
        let set_up = format!("/set-up?token={}", link.expose());
        let mut stranger = server.browser();
        for at in [set_up.as_str(), "/sign-in"] {
            let page = stranger.get(at).await;
            assert!(page.page().has("input[type=password]"), "{at}");
            accounts(at, &page);
        }
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let mut choosing = server.choosing_password(ADA).await;
        for wrong in [choosing.get("/choose-password").await, choosing.choose_password("short").await] {
            assert_eq!(accounts("/choose-password", &wrong), [ADA]);
        }
        for page in [ada.get("/profile/password").await, ada.change_password("not it", "short").await, ada.get("/profile/step-up").await] {
            assert_eq!(accounts("/profile", &page), [ADA]);
        }
        let wrong = ada.post("/profile/step-up/password", &[("current", "not it"), ("next", "/")]).await;
        assert_eq!(accounts("/profile/step-up", &wrong), [ADA]);
        boss.has_saved_settings(&[("passwords.max_age", "1"), ("passwords.change_interval", "0"), ("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")]).await;
        server.clock.advance(Span::days(1));
        let mut forced = server.browser();
        assert_eq!(forced.sign_in_with(ADA, PASSWORD).await.status, 303);
        let at = forced.get("/").await.location().to_owned();
        assert!(at.starts_with("/profile/password"), "{at}");
        assert_eq!(accounts(&at, &forced.get(&at).await), [ADA]);
        for page in app::sitemap::PAGES {
            accounts(page.path, &boss.get(&page.path.replace(":id", "x").replace(":token", "x")).await);
        }
    }
}
