//! The admin allowlist and the headers, enforced from the next request.
use crate::support::{Answer, TestServer};
use axum::http::Method;
use policy::{Role, Settings};
use store::on_both;

const LIST: &str = "network.admin_allowlist";

on_both! {
    /// Fails when `gate` no longer asks `network::admits`, or `outside` no longer looks at the list.
    async fn an_address_that_is_not_on_the_list_is_kept_from_the_admin_pages_only(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let saved = ada.save_settings(&[(LIST, "203.0.113.0/24 # office")]).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        assert_eq!(ada.get("/admin/settings").await.status, 200);
        ada.address = "198.51.100.7".parse().expect("an address");
        let page = ada.get("/admin/settings").await;
        assert_eq!(page.status, 403);
        page.assert_refused("address-not-allowed");
        let function = ada.post("/api/app/settings/load", &[]).await;
        assert_eq!((function.status, function.refusal().as_deref()), (403, Some("address-not-allowed")));
        let api = ada.get("/api/v1/policy").await;
        assert_eq!((api.status, api.decided_by().as_deref()), (403, Some(LIST)));
        assert_eq!(ada.get("/profile").await.status, 200, "the session survives, and member pages are open");
        ada.address = "203.0.113.9".parse().expect("an address");
        let log = ada.get("/admin/audit?channel=network").await.text();
        assert!(log.contains("Kept from the admin pages") && log.contains("198.51.100.7") && log.contains("/admin/settings"), "{log}");
    }

    /// Fails when `gate` judges the address after who asks, or a stranger's block is noted each time.
    async fn a_stranger_from_elsewhere_is_refused_and_led_nowhere(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let mut member = server.signed_in("grace@example.org", Role::Member).await;
        let mut gone = server.sign_in("ada@example.org").await;
        gone.post("/sign-out", &[]).await;
        server.enrol_app(&mut ada).await;
        let mut pending = server.pending_sign_in("ada@example.org").await;
        let mut stranger = server.browser();
        ada.has_saved_settings(&[(LIST, "203.0.113.0/24"), ("two_factor.require_everyone", "true")]).await;
        let pages: Vec<_> = server.routes().tags().iter().filter(|tag| tag.area.is_admin()).cloned().collect();
        assert!(pages.len() > 20);
        for browser in [&mut stranger, &mut pending, &mut member, &mut gone] {
            browser.address = [198, 51, 100, 7].into();
            for tag in &pages {
                let path = tag.path.replace("{id}", "01a1fc8a-d307-7768-993b-77ac04674933");
                let form = (tag.method == Method::POST).then(String::new);
                let refused = browser.send(tag.method.clone(), &path, form).await;
                assert_eq!(refused.status, 403, "{tag:?} {}", refused.location());
                refused.assert_refused("address-not-allowed");
            }
            browser.address = [203, 0, 113, 7].into();
        }
        assert_eq!(stranger.get("/admin").await.status, 303, "from the list they are led to sign in");
        let log = ada.get("/admin/audit?channel=network").await;
        let entries = log.page().texts(".log > li");
        assert_eq!(entries.len(), 2, "the strangers at once, and grace: {entries:?}");
        assert!(entries.iter().all(|entry| entry.contains("Kept from the admin pages") && entry.contains("198.51.100.7")));
        assert!(entries[0].contains("grace@example.org") || entries[1].contains("grace@example.org"), "{entries:?}");
        assert!(entries.iter().any(|entry| entry.contains("nobody")), "{entries:?}");
        server.clock.advance(policy::time::Span::minutes(1));
        stranger.address = [198, 51, 100, 7].into();
        stranger.get("/admin").await;
        let log = ada.get("/admin/audit?channel=network").await.text();
        let blocked = pages.len() * 3;
        assert!(log.contains(&blocked.to_string()), "{blocked}: {log}");
    }

    /// Fails when `admits` enforces a list that is only watched, or `outside` looks at one that is off.
    async fn a_list_that_is_only_watched_stops_nobody_and_is_noted(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let elsewhere = (LIST, "198.51.100.0/24");
        ada.save_settings(&[elsewhere, ("network.admin_allowlist_mode", "report-only")]).await;
        assert_eq!(ada.get("/admin").await.status, 200);
        let log = ada.get("/admin/audit?channel=network").await.text();
        let noted = |log: &str| log.matches("Would have been kept from the admin pages").count();
        assert!(noted(&log) > 0, "{log}");
        assert_eq!(ada.save_settings(&[elsewhere, ("network.admin_allowlist_mode", "off")]).await.status, 303);
        let before = noted(&ada.get("/admin/audit?channel=network").await.text());
        assert_eq!(ada.get("/admin").await.status, 200);
        assert_eq!(noted(&ada.get("/admin/audit?channel=network").await.text()), before, "nobody watches any more");
    }

    /// Fails when `Access::would_have_stopped` counts something else than what a watched list notes, or looks back further; or
    /// when `WatchedVisits` lets each request be noted.
    async fn the_tab_says_how_many_visits_a_watched_list_would_have_stopped(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let said = |page: String| page.split_once("Would have blocked ").map(|(_, rest)| rest.split_once(" in 7 days").expect("that long").0.to_owned());
        assert_eq!(said(ada.get("/admin/settings").await.text()), None);
        ada.save_settings(&[(LIST, "198.51.100.0/24"), ("network.admin_allowlist_mode", "report-only")]).await;
        ada.get("/admin?%22action%22:%22Would%20have%20been%20kept%20from%20the%20admin%20pages%22").await;
        assert_eq!(said(ada.get("/admin/settings").await.text()).as_deref(), Some("1 visit"), "this page is of the same");
        ada.address = [203, 0, 113, 8].into();
        assert_eq!(said(ada.get("/admin/settings").await.text()).as_deref(), Some("2 visits"), "another address is another");
        let mut elsewhere = server.sign_in("ada@example.org").await;
        assert_eq!(said(elsewhere.get("/admin/settings").await.text()).as_deref(), Some("3 visits"), "and another session");
        server.clock.advance(policy::time::Span::days(7));
        server.clock.advance(policy::time::Span::seconds(1));
        ada.sign_in("ada@example.org").await;
        assert_eq!(said(ada.get("/admin/settings").await.text()).as_deref(), Some("1 visit"));
    }

    async fn nobody_locks_themselves_out_by_mistake(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let refused = ada.save_settings(&[(LIST, "198.51.100.0/24")]).await;
        assert_eq!(refused.status, 403);
        assert!(refused.text().contains("your own address 203.0.113.7 is not on it"), "{}", refused.text());
        assert!(refused.page().value(LIST) == "198.51.100.0/24", "what was typed is still there");
        for way_out in ["[value=add-me]", "[value=wait]", "[name=lock_me_out]"] {
            assert!(refused.page().has(way_out), "{way_out}");
        }
        let review = ada.save_settings(&[(LIST, "198.51.100.0/24"), ("step", "review")]).await;
        assert!(review.text().contains("You are not on this list yourself"), "{}", review.text());
        let added = ada.save_settings(&[(LIST, "198.51.100.0/24"), ("step", "add-me")]).await;
        // In the field itself, as the button writes it where there is a script.
        assert_eq!(added.page().value(LIST), "198.51.100.0/24\n203.0.113.7/32");
        assert!(!added.text().contains("You are not on this list yourself"));
        let meant = ada.save_settings(&[(LIST, "198.51.100.0/24"), ("lock_me_out", "Lock me out ")]).await;
        assert_eq!(meant.status, 303);
        assert_eq!(ada.get("/admin").await.status, 403);
        let undone = server.bailey.rescue().allowlist_off(&server.workspace.id).await.expect("it answers");
        assert_eq!(undone.changes.len(), 1);
        assert_eq!(ada.get("/admin").await.status, 200, "the operator opens the way back in");
    }

    async fn a_list_saved_with_confirmation_lets_its_author_back_in(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        ada.save_settings(&[(LIST, "198.51.100.0/24"), ("step", "wait")]).await;
        assert_eq!(ada.get("/admin/settings/confirm").await.status, 403, "they can't confirm what keeps them out");
        server.clock.advance(policy::time::Span::minutes(5));
        server.bailey.policies().revert_overdue().await.expect("it answers");
        assert_eq!(ada.get("/admin").await.status, 200);
    }

    async fn headers_follow_the_policy_on_pages_and_errors_but_the_ways_in_keep_their_floor(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let changes = [
            ("headers.csp", "img-src https://images.example.org"),
            ("headers.referrer_policy", "same-origin"),
            ("headers.content_type_options", "false"),
            ("headers.coep", "credentialless"),
            ("headers.permissions_policy", "camera=(self)"),
        ];
        assert_eq!(ada.save_settings(&changes).await.status, 303);
        for path in ["/profile", "/nothing", "/robots.txt"] {
            let page = ada.get(path).await;
            let header = |name: &str| page.headers.get(name).map(|value| value.to_str().expect("ASCII").to_owned());
            assert_eq!(header("referrer-policy").as_deref(), Some("same-origin"), "{path}");
            assert_eq!(header("x-content-type-options"), None, "{path}");
            assert_eq!(header("cross-origin-embedder-policy").as_deref(), Some("credentialless"), "{path}");
            assert_eq!(header("permissions-policy").as_deref(), Some("camera=(self)"), "{path}");
        }
        let csp = |page: &Answer| page.headers["content-security-policy"].to_str().expect("ASCII").to_owned();
        let follows = "img-src 'self' data: https://images.example.org;";
        // The documents list these pages, from the same rows.
        for page in app::sitemap::PAGES.iter().filter(|page| !page.path.contains(':')) {
            let answer = ada.get(page.path).await;
            assert_eq!(csp(&answer).contains(follows), !page.floor_only(), "{} {}", page.path, answer.status);
        }
        assert!(!csp(&server.browser().get("/sign-in").await).contains(follows));
        assert!(!csp(&server.browser().get("/link/nobody-has-it").await).contains(follows));
        for (mut who, path) in [(server.browser(), "/nothing"), (server.browser(), "/api/v1/nothing"), (server.browser(), "/admin/nothing")] {
            let answer = who.get(path).await;
            assert!(answer.status == 404 && csp(&answer).contains(follows), "{path}: {}", csp(&answer));
        }
        assert!(csp(&ada.get("/nothing").await).contains(follows));
        let wrong_method = ada.post("/profile", &[]).await;
        assert!(wrong_method.status == 405 && csp(&wrong_method).contains(follows));
    }

    async fn the_policy_is_read_and_written_over_the_api(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::Admin).await;
        let read = ada.get("/api/v1/policy").await;
        assert_eq!((read.status, read.headers["etag"].to_str().expect("ASCII")), (200, "\"0\""));
        assert_eq!(read.json()["settings"]["sessions"]["lifetime"], 480);
        let json = [("content-type", "application/json")];
        let on = |tag| [("content-type", "application/json"), ("if-match", tag)];
        let body = || Some(r#"{"settings":{"sessions":{"lifetime":60}}}"#.to_owned());
        assert_eq!(ada.send_with(Method::PUT, "/api/v1/policy", &json, body()).await.status, 428);
        let dry = ada.send_with(Method::PUT, "/api/v1/policy?dry_run=true", &on("\"0\""), body()).await;
        assert_eq!(dry.json()["changes"][0]["setting"], "sessions.lifetime");
        let written = ada.send_with(Method::PUT, "/api/v1/policy", &on("\"0\""), body()).await;
        assert_eq!((written.status, written.headers["etag"].to_str().expect("ASCII")), (200, "\"1\""));
        let overtaken = ada.send_with(Method::PUT, "/api/v1/policy", &on("\"0\""), Some(r#"{"sessions":{"lifetime":70}}"#.to_owned())).await;
        assert_eq!((overtaken.status, overtaken.headers["etag"].to_str().expect("ASCII")), (412, "\"1\""));
        let wrong = ada.send_with(Method::PUT, "/api/v1/policy", &on("\"1\""), Some(r#"{"sessions":{"lifetime":4,"lifetme":1}}"#.to_owned())).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.json()["errors"]["sessions.lifetme"].as_str().is_some_and(|words| words.contains("sessions.lifetime")));
        assert!(wrong.json()["errors"]["sessions.lifetime"].as_str().is_some_and(|words| words.starts_with("At least 5")));
        for (tag, body) in [("\"1\", \"2\"", "{}"), ("*", "{}"), ("\"1\"", "no json")] {
            let answer = ada.send_with(Method::PUT, "/api/v1/policy", &on(tag), Some(body.to_owned())).await;
            assert!(matches!(answer.status, 400 | 428), "{tag} {body}");
        }
        let revisions = ada.get("/api/v1/policy/revisions").await.json();
        assert_eq!((revisions["revisions"][0]["origin"].as_str(), revisions["revisions"][0]["by"].as_str()), (Some("api"), Some("ada@example.org")));
    }

    /// Fails without the call of `keeps_a_super_admin` in `Policies::save_in`.
    async fn no_save_leaves_every_super_admin_outside_the_list(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.signed_in("grace@example.org", Role::SuperAdmin).await;
        let mut ada = server.signed_in("ada@example.org", Role::ItAdmin).await;
        ada.address = "198.51.100.7".parse().expect("an address");
        let words = "No super-admin could reach the settings any more";
        let mut grace = server.sign_in("grace@example.org").await;
        let list = [(LIST, "198.51.100.0/24"), ("lock_me_out", "lock me out")];
        let refused = grace.save_settings(&list).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains(words), "{}", refused.text());
        let document = r#"{"network": {"admin_allowlist": ["198.51.100.0/24"]}}"#;
        let api = ada
            .send_with(
                Method::PUT,
                "/api/v1/policy",
                &[("content-type", "application/json"), ("if-match", "\"0\"")],
                Some(document.to_owned()),
            )
            .await;
        assert_eq!((api.status, api.refusal().as_deref()), (403, Some("shuts-out-super-admins")));
        let wanted = settings_with(LIST, "198.51.100.0/24");
        let workspace = &server.workspace.id;
        assert!(server.bailey.policies().save_from_console(workspace, 0, wanted.clone(), "console", false).await.is_err());
        assert!(server.bailey.policies().review_from_console(workspace, wanted.clone(), false).await.is_err());
        let kept = ada.save_settings(&[(LIST, "198.51.100.0/24\n203.0.113.7")]).await;
        assert_eq!(kept.status, 303, "grace was seen there: {}", kept.text());
        let meant = server.bailey.policies().save_from_console(workspace, 1, wanted, "console", true).await.expect("it was meant");
        assert_eq!(meant.policy.revision, 2);
        server.bailey.rescue().allowlist_off(workspace).await.expect("it answers");
        let restore = [("revision", "2"), ("base", "3"), ("lock_me_out", "lock me out")];
        let restored = grace.post("/admin/history/restore", &restore).await;
        assert!(restored.text().contains(words), "{}", restored.text());
    }
}

fn settings_with(key: &str, text: &str) -> Settings {
    let mut settings = Settings::default();
    settings.set(Settings::find(key).expect("it is declared"), text).expect("it is valid");
    settings
}
