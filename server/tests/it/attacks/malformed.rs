//! What nobody asks who uses a browser.
use crate::support::TestServer;
use axum::http::Method;
use policy::Role;
use store::on_both;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

on_both! {
    /// Fails when `well_formed::check` lets a NUL through, when `KnownBrowsers::end_trust` looks for any name, or `Audit::page` asks the database for any channel.
    async fn a_character_that_stands_in_no_text_is_no_fault(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        server.enrol_app(&mut ada).await;
        for address in ["/admin/audit?channel=%00", "/admin/members?holds=a%00b"] {
            assert_eq!(ada.get(address).await.status, 400, "{address}");
        }
        for address in ["/ideas/%00", "/nothing%00", "/link/%00"] {
            assert!(ada.get(address).await.status < 500, "{address}");
        }
        assert_eq!(ada.post("/profile/sessions/trusted/%00/end", &[]).await.status, 303);
        for channel in ["\0", "nothing\0", "unheard-of"] {
            let page = ada.post("/api/app/audit/load", &[("channel", channel)]).await;
            assert_eq!((page.status, page.json()["entries"].as_array().map(Vec::len)), (200, Some(0)));
        }
        for holds in ["\0", "a\0b"] {
            let page = ada.post("/api/app/members/load", &[("query", &format!("holds={holds}&after={holds}"))]).await;
            assert!(page.status < 500, "{}", page.body);
        }
    }

    /// Fails when `well_formed::check` no longer says to Leptos that a program asks.
    async fn a_server_function_leads_nobody_to_where_they_say_they_came_from(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let headers = [FORM, ("accept", "text/html"), ("referer", "https://evil.example/")];
        let answer = ada.send_with(Method::POST, "/api/app/audit/load", &headers, Some(String::new())).await;
        assert!(!(300..400).contains(&answer.status), "{} {}", answer.status, answer.location());
        assert!(!answer.location().contains("evil.example"));
    }
}
