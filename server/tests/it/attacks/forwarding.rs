//! The address by which somebody is known behind proxies: nobody chooses their own.
use crate::support::{Answer, Browser, TestServer};
use axum::http::Method;
use policy::Role;
use server::config::Overrides;
use store::on_both;

/// Asks for an admin page through a proxy that sends this list.
async fn through(browser: &mut Browser, hops: &str) -> Answer {
    browser.address = "10.0.0.1".parse().expect("an address");
    browser.send_with(Method::GET, "/admin/settings", &[("x-forwarded-for", hops)], None).await
}

on_both! {
    /// Fails when `client` believes a hop that no proxy has put there.
    async fn a_client_beside_the_proxy_does_not_choose_its_address(db: TestDatabase) {
        let flags = Overrides { trusted_proxies: Some("10.0.0.1".to_owned()), ..Overrides::default() };
        let server = TestServer::configured(db, flags).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.has_saved_settings(&[("network.admin_allowlist", "203.0.113.0/24")]).await;
        assert_eq!(through(&mut boss, "203.0.113.9, 10.5.5.5").await.status, 403);
        assert_eq!(through(&mut boss, "10.5.5.5, \"203.0.113.9:443\", ").await.status, 200);
    }

    /// Fails when `find` no longer counts the hops that `proxy_hops` says.
    async fn with_two_proxies_it_is_the_second_from_the_right(db: TestDatabase) {
        let flags = Overrides { proxy_hops: Some("2".to_owned()), ..Overrides::default() };
        let server = TestServer::configured(db, flags).await;
        server.member("ada@example.org", Role::Member).await;
        for hops in ["203.0.113.9, 10.5.5.5, 10.0.0.2", "10.5.5.5, 203.0.113.9, 10.0.0.2"] {
            let headers = [("x-forwarded-for", hops), ("content-type", "application/x-www-form-urlencoded")];
            let fields = "email=ada%40example.org&password=correct+horse+battery+staple".to_owned();
            let answer = server.browser().send_with(Method::POST, "/sign-in", &headers, Some(fields)).await;
            assert_eq!(answer.status, 303, "{hops}: {}", answer.text());
        }
        assert_eq!(server.sql_column("SELECT address FROM sessions ORDER BY address").await, ["10.5.5.5", "203.0.113.9"]);
    }

    /// Fails when `Forwarding::note` is taken from `find`, or the overview no longer reads `is_ignored`.
    async fn headers_of_a_proxy_that_nobody_trusts_are_told_of_on_the_overview(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let told = async |boss: &mut Browser| boss.get("/admin").await.text().contains("Headers of a proxy came");
        assert!(!told(&mut boss).await);
        through(&mut boss, "203.0.113.9").await;
        assert!(told(&mut boss).await);
    }
}
