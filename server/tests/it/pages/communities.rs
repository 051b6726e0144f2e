//! Settings by community: inherited, overridden, reset.
use crate::support::{Answer, Browser, NEW_PASSWORD, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const PAGE: &str = "/admin/settings/communities";

/// Changes a password, a second after whatever was before.
async fn change(server: &TestServer, browser: &mut Browser, current: &str, new: &str) -> Answer {
    server.clock.advance(Span::seconds(1));
    browser.post("/profile/password", &[("current", current), ("password", new)]).await
}

on_both! {
    async fn a_community_inherits_overrides_and_resets_a_setting(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        assert!(ada.get(PAGE).await.text().contains("There is no community yet"));
        assert_eq!(ada.post(PAGE, &[("name", " ")]).await.status, 422);
        assert_eq!(ada.post(PAGE, &[("name", "Research")]).await.location(), "/admin/settings/communities?notice=community-created");
        assert!(ada.post(PAGE, &[("name", "Research")]).await.text().contains("A community with this name is already there."));
        let at = ada.community().await;
        let form = format!("{at}/passwords.reuse_limit");
        let refused = ada.post(&form, &[("value", "25")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("At most 24 passwords.") && refused.page().holds("25"), "{}", refused.text());
        assert_eq!(ada.post(&form, &[("value", "9")]).await.status, 303);
        let text = ada.get(PAGE).await.text();
        assert!(text.contains("9 passwords; the workspace has 5 passwords"), "{text}");
        assert!(ada.get("/admin/settings").await.text().contains("Overridden in 1 community"));
        assert_eq!(ada.post(&format!("{form}/reset"), &[]).await.status, 303);
        assert!(!ada.get(PAGE).await.text().contains("Overridden"));
        let log = ada.get("/admin/audit").await.text();
        assert!(log.contains("Overrode a setting for a community") && log.contains("Reset a setting of a community"), "{log}");
        assert_eq!(ada.post(&format!("{at}/sessions.lifetime"), &[("value", "9")]).await.status, 404, "no community may override it");
    }

    async fn members_are_added_by_their_address(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.post(PAGE, &[("name", "Research")]).await;
        let members = format!("{}/members", ada.community().await);
        assert!(ada.post(&members, &[("email", "grace@example.org")]).await.text().contains("No member has this address."));
        server.member("grace@example.org", Role::Member).await;
        for _ in 0..2 {
            assert_eq!(ada.post(&members, &[("email", "Grace@Example.org")]).await.status, 303);
        }
        assert!(ada.get(PAGE).await.text().contains("1 member"));
    }

    /// Fails when `Passwords::reuse_limit` no longer asks `communities_of`, or takes another value than the strictest.
    async fn a_change_of_password_is_bound_by_the_strictest_of_a_members_communities(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let workspace = [("passwords.reuse_limit", "1"), ("passwords.change_interval", "0")];
        assert_eq!(boss.save_settings(&workspace).await.status, 303);
        let mut grace = server.signed_in("grace@example.org", Role::Member).await;
        for name in ["Archive", "Research"] {
            assert_eq!(boss.post(PAGE, &[("name", name)]).await.status, 303);
        }
        let places = boss.communities().await;
        assert_eq!(places.len(), 2);
        for (at, limit) in places.iter().zip(["2", "3"]) {
            assert_eq!(boss.post(&format!("{at}/passwords.reuse_limit"), &[("value", limit)]).await.status, 303);
            assert_eq!(boss.post(&format!("{at}/members"), &[("email", "grace@example.org")]).await.status, 303);
        }
        let (second, third) = (NEW_PASSWORD, "seven crates of marmalade");
        assert_eq!(change(&server, &mut grace, PASSWORD, second).await.status, 303);
        assert_eq!(change(&server, &mut grace, second, third).await.status, 303);
        let page = change(&server, &mut grace, third, PASSWORD).await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("That is one of your last 3 passwords."), "{}", page.text());
        assert_eq!(boss.post(&format!("{}/passwords.reuse_limit/reset", places[1]), &[]).await.status, 303);
        let page = change(&server, &mut grace, third, second).await;
        assert!(page.text().contains("That is one of your last 2 passwords."), "{}", page.text());
        assert_eq!(change(&server, &mut grace, third, PASSWORD).await.status, 303, "the other community asks for less");
    }

    /// Fails when one of the acts of `Communities` no longer asks `is_fresh`.
    async fn every_act_on_a_community_asks_for_a_fresh_proof(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.post(PAGE, &[("name", "Research")]).await;
        let at = ada.community().await;
        server.clock.advance(Span::minutes(10));
        let asked = "/profile/step-up?next=%2Fadmin%2Fsettings%2Fcommunities%3Fsaved%3Dyes";
        assert_eq!(ada.post(PAGE, &[("name", "Archive")]).await.location(), asked);
        assert_eq!(ada.post(&format!("{at}/members"), &[("email", "ada@example.org")]).await.location(), asked);
        assert_eq!(ada.post(&format!("{at}/passwords.reuse_limit"), &[("value", "9")]).await.location(), asked);
        assert_eq!(ada.post(&format!("{at}/members.max_inactive"), &[("value", "90")]).await.location(), asked);
        ada.post("/profile/step-up/password", &[("current", PASSWORD)]).await;
        assert_eq!(ada.post(&format!("{at}/members.max_inactive"), &[("value", "90")]).await.status, 303);
        server.clock.advance(Span::minutes(10));
        assert_eq!(ada.post(&format!("{at}/members.max_inactive/reset"), &[]).await.location(), asked.trim_end_matches("%3Fsaved%3Dyes"));
    }
}
