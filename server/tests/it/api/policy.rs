//! `/api/v1/policy`: what it does not take, and what it says then.
use crate::support::TestServer;
use axum::http::Method;
use policy::Role;
use store::on_both;

const PATH: &str = "/api/v1/policy";

async fn now(server: &TestServer) -> (i64, u32) {
    let policy = server.bailey.policies().now(&server.workspace.id).await.expect("it answers");
    (policy.revision, policy.settings.sessions.lifetime.0)
}

on_both! {
    /// Fails when `Document` takes the last of two keys, or `document::read` the last of two ways to name one setting.
    async fn what_stands_in_a_document_twice_is_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        for (document, status) in [
            (r#"{"sessions": {"lifetime": 60, "lifetime": 70}}"#, 400),
            (r#"{"sessions": {"lifetime": 60}, "sessions": {"idle_timeout": 10}}"#, 400),
            (r#"{"settings": {"sessions": {"lifetime": 60}}, "settings": {}}"#, 400),
            (r#"{"sessions.lifetime": 60, "sessions": {"lifetime": 90}}"#, 422),
        ] {
            let refused = ada.put_policy("", "0", document).await;
            let detail = refused.json()["detail"].as_str().unwrap_or_default().to_lowercase();
            assert_eq!(refused.status, status, "{document}: {detail}");
            assert!(detail.contains("stands there twice"), "{document}: {detail}");
        }
        assert_eq!(now(&server).await, (0, 480));
    }

    /// Fails when `unwrap` drops what stands beside the settings, or a query takes what it does not know.
    async fn what_the_api_does_not_know_is_refused_and_named(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let beside = r#"{"settings": {"sessions": {"lifetime": 60}}, "sessions": {"lifetime": 70}, "nonsense": 1}"#;
        let refused = ada.put_policy("", "0", beside).await.json();
        for key in ["sessions", "nonsense"] {
            assert!(refused["errors"][key].as_str().is_some_and(|said| said.starts_with("Only “revision”")), "{refused}");
        }
        let other = ada.put_policy("", "0", r#"{"settings": {}, "revision": 1}"#).await;
        assert_eq!(other.json()["errors"]["revision"], "Is not the revision that If-Match names.");
        for query in ["dryrun=true", "dry_run=true&dry_run=false", "dry_run=yes", "dry_run=true&x=1"] {
            let document = r#"{"sessions": {"lifetime": 60}}"#;
            assert_eq!(ada.put_policy(&format!("?{query}"), "0", document).await.status, 400, "{query}");
        }
        for path in ["/api/v1/policy?revision=1", "/api/v1/policy/revisions?befor=3", "/api/v1/policy/revisions?before=x"] {
            assert_eq!(ada.get(path).await.status, 400, "{path}");
        }
        assert_eq!(now(&server).await, (0, 480));
        let mut whole = ada.get(PATH).await.json();
        whole["settings"]["sessions"]["lifetime"] = 60.into();
        assert_eq!(ada.put_policy("", "0", &whole.to_string()).await.status, 200, "what GET answers is taken whole");
        assert_eq!(now(&server).await, (1, 60));
    }

    /// Fails when a document is refused in other words than the form's.
    async fn the_form_and_the_api_say_the_same_about_the_same_text(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        for (key, typed, value) in [
            ("sessions.lifetime", "", r#""""#),
            ("sessions.lifetime", "8h", r#""8h""#),
            ("sessions.lifetime", "99999999999999999999", "99999999999999999999"),
            ("two_factor.require_admins", "maybe", r#""maybe""#),
            ("passwords.policy", "best", r#""best""#),
        ] {
            let form = ada.save_settings(&[(key, typed)]).await;
            let api = ada.put_policy("", "0", &format!(r#"{{"{key}": {value}}}"#)).await;
            let said = api.json()["errors"][key].as_str().unwrap_or_default().replace('\u{a0}', " ");
            assert!(!said.is_empty() && form.text().contains(&said), "{key} {typed}: {said}");
        }
    }

    /// Fails when `Problem::failed` blames Bailey for what was sent.
    async fn a_body_that_is_too_large_is_said_to_be(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let large = format!(r#"{{"sign_in": {{"banner": "{}"}}}}"#, "x".repeat(2_000_000));
        let headers = [("content-type", "application/json"), ("if-match", "\"0\"")];
        let length = large.len().to_string();
        for headers in [&headers[..], &[headers[0], headers[1], ("content-length", length.as_str())]] {
            let refused = ada.send_with(Method::PUT, PATH, headers, Some(large.clone())).await;
            let said = refused.json();
            assert_eq!((refused.status, said["type"].as_str()), (413, Some("/problems/too-large")), "{said}");
            assert!(said["detail"].as_str().is_some_and(|said| said.contains("larger than what is read here")), "{said}");
        }
    }

    /// Fails when `revision_of` takes the tag of a compressed answer for none, or a list for a tag.
    async fn the_tag_of_a_compressed_answer_names_its_revision(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let mut put = async |tag: &str, minutes: u32| {
            let headers = [("content-type", "application/json"), ("if-match", tag)];
            let document = format!(r#"{{"sessions": {{"lifetime": {minutes}}}}}"#);
            ada.send_with(Method::PUT, PATH, &headers, Some(document)).await.status
        };
        for (at, tag) in ["\"0\"", "W/\"1\"", "\"2-gzip\"", "W/\"3;gzip\"", " W/\"4-br\" "].into_iter().enumerate() {
            assert_eq!(put(tag, 60 + u32::try_from(at).expect("small")).await, 200, "{tag}");
        }
        for tag in ["W/\"5", "w/5", "\"5\", \"6\"", "\"5-other\"", "*", "W/\"\""] {
            assert_eq!(put(tag, 90).await, 428, "{tag}");
        }
        assert_eq!(put("W/\"4\"", 90).await, 412);
    }

    /// Fails when a revision that never was is told of as if somebody had saved meanwhile.
    async fn a_tag_of_no_revision_is_called_that(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        for tag in ["999", "-1"] {
            let refused = ada.put_policy("", tag, r#"{"sessions": {"lifetime": 60}}"#).await;
            let words = format!("There is no revision {tag}: 0 stands now. Nothing was overwritten.");
            assert_eq!((refused.status, refused.json()["detail"].as_str()), (412, Some(words.as_str())));
        }
    }
}
