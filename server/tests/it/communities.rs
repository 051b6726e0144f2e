//! Settings by community: inherited, overridden, reset.
use crate::support::{Browser, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const PAGE: &str = "/admin/settings/communities";

/// The address of a community's forms, as its first form names it.
async fn community(browser: &mut Browser) -> String {
    let page = browser.get(PAGE).await.body;
    let at = page.find(&format!("action=\"{PAGE}/")).expect("there is a community") + "action=\"".len();
    let id = page[at + PAGE.len() + 1..].split('/').next().expect("an identifier");
    format!("{PAGE}/{id}")
}

on_both! {
    async fn a_community_inherits_overrides_and_resets_a_setting(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        assert!(ada.get(PAGE).await.text().contains("There is no community yet"));
        assert_eq!(ada.post(PAGE, &[("name", " ")]).await.status, 422);
        assert_eq!(ada.post(PAGE, &[("name", "Research")]).await.location(), "/admin/settings/communities?notice=community-created");
        assert!(ada.post(PAGE, &[("name", "Research")]).await.text().contains("A community with this name is already there."));
        let at = community(&mut ada).await;
        let form = format!("{at}/passwords.reuse_limit");
        let refused = ada.post(&form, &[("value", "25")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("At most 24 passwords.") && refused.body.contains("value=\"25\""), "{}", refused.text());
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
        let members = format!("{}/members", community(&mut ada).await);
        assert!(ada.post(&members, &[("email", "grace@example.org")]).await.text().contains("No member has this address."));
        server.member("grace@example.org", Role::Member).await;
        for _ in 0..2 {
            assert_eq!(ada.post(&members, &[("email", "Grace@Example.org")]).await.status, 303);
        }
        assert!(ada.get(PAGE).await.text().contains("1 member"));
    }

    /// Fails when an override no longer asks for a fresh proof where the setting is risky.
    async fn a_risky_override_asks_for_a_fresh_proof(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.post(PAGE, &[("name", "Research")]).await;
        let at = community(&mut ada).await;
        server.clock.advance(Span::minutes(10));
        assert_eq!(ada.post(&format!("{at}/passwords.reuse_limit"), &[("value", "9")]).await.location(), "/admin/settings/communities?notice=setting-overridden");
        let asked = "/profile/step-up?next=%2Fadmin%2Fsettings%2Fcommunities";
        assert_eq!(ada.post(&format!("{at}/members.max_inactive"), &[("value", "90")]).await.location(), asked);
        ada.post("/profile/step-up/password", &[("current", PASSWORD)]).await;
        assert_eq!(ada.post(&format!("{at}/members.max_inactive"), &[("value", "90")]).await.status, 303);
        server.clock.advance(Span::minutes(10));
        assert_eq!(ada.post(&format!("{at}/members.max_inactive/reset"), &[]).await.location(), asked);
    }
}
