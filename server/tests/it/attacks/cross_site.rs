//! What another site asks for in somebody's name is not done, on whatever route.
use crate::support::TestServer;
use axum::http::Method;
use policy::Role;
use server::{gate::ResponseKind, routes::Tag};
use store::on_both;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// An address that the route answers to.
fn address_of(tag: &Tag) -> String {
    let id = "01a1fc8a-d307-7768-993b-77ac04674933";
    tag.path.replace("{id}", id).replace("{token}", "x").replace("{key}", "passwords.reuse_limit")
}

on_both! {
    /// Fails when `origin::check` is taken from the edge, or lets another route pass than that of the reports.
    async fn no_route_does_what_another_site_asks_for(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let routes = server.routes();
        let changing = || routes.tags().iter().filter(|tag| tag.method != Method::GET && tag.kind != ResponseKind::Open);
        for kind in [ResponseKind::Form, ResponseKind::ServerFunction, ResponseKind::Api] {
            assert!(changing().any(|tag| tag.kind == kind), "{kind:?}");
        }
        for tag in changing() {
            for site in ["cross-site", "same-site"] {
                let (method, headers) = (tag.method.clone(), [FORM, ("sec-fetch-site", site)]);
                let answer = boss.send_with(method, &address_of(tag), &headers, Some(String::new())).await;
                assert_eq!(answer.status, 403, "{site} {tag:?}");
                assert!(answer.text().contains("requests that another site causes"), "{site} {tag:?}: {}", answer.body);
                if tag.path.starts_with("/api/") {
                    assert_eq!(answer.refusal().as_deref(), Some("cross-site"), "{site} {tag:?}: {}", answer.body);
                }
            }
        }
        assert_eq!(boss.get("/admin/settings").await.status, 200, "nothing was done, not even signing out");
    }

    /// Fails when `headers::set` no longer marks a page under no-referrer, or `decide` takes an origin that is not told
    /// for ours without the mark.
    async fn a_form_of_a_page_that_tells_nobody_where_it_stands_is_taken_from_ours_alone(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member("ada@example.org", Role::Member).await;
        let link = server.sign_in_link("ada@example.org").await;
        let nowhere = [FORM, ("origin", "null")];
        let mut ada = server.browser();
        ada.says_site = false;
        assert_eq!(ada.send_with(Method::POST, &link, &nowhere, Some(String::new())).await.status, 403);
        let page = ada.get(&link).await;
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        assert!(page.set_cookie("bailey-3000-page").contains("SameSite=Strict"));
        let page = ada.get("/sign-in").await;
        let again = page.headers.get_all("set-cookie").iter().filter(|line| line.as_bytes().starts_with(b"bailey-3000-page"));
        assert_eq!(again.count(), 0, "once is enough");
        assert_eq!(ada.send_with(Method::POST, &link, &nowhere, Some(String::new())).await.location(), "/");
        // Every page is one where the setting says so.
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.has_saved_settings(&[("headers.referrer_policy", "no-referrer")]).await;
        boss.says_site = false;
        boss.get("/profile").await;
        assert_eq!(boss.send_with(Method::POST, "/sign-out", &nowhere, Some(String::new())).await.status, 303);
    }

    /// Fails when an answer, of whatever route and also to what asks beforehand, lets another origin read it.
    async fn no_answer_can_be_read_by_another_origin(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let routes = server.routes();
        let asks = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("access-control-request-method", "POST")];
        for tag in routes.tags() {
            for method in [tag.method.clone(), Method::OPTIONS] {
                let answer = boss.send_with(method, &address_of(tag), &asks, None).await;
                let allows = answer.headers.keys().any(|name| name.as_str().starts_with("access-control-"));
                assert!(!allows, "{tag:?}: {:?}", answer.headers);
            }
        }
        assert_eq!(boss.get("/profile").await.status, 200, "nothing was done, not even signing out");
    }

    /// Fails when a server function is declared with an input that a link can bring.
    async fn no_server_function_answers_a_link(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let routes = server.routes();
        let functions: Vec<_> = routes.tags().iter().filter(|tag| tag.kind == ResponseKind::ServerFunction).collect();
        assert!(!functions.is_empty());
        for tag in functions {
            assert_eq!(tag.method, Method::POST, "{tag:?}");
            assert_eq!(boss.get(&tag.path).await.status, 405, "{tag:?}");
        }
    }
}
