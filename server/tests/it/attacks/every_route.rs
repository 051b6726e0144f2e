//! The gate stands before every route: the test enumerates them, so that a new one can't be forgotten.
use crate::support::{Answer, Browser, SECOND_STEP, TestServer};
use axum::http::Method;
use policy::{Area, Role, RouteBudget, time::Span};
use server::{gate::ResponseKind, routes::Tag};
use store::on_both;

/// Calls a route with nothing in its form, as somebody would who goes around the pages.
async fn knock(browser: &mut Browser, tag: &Tag) -> Answer {
    let path = tag.path.replace("{id}", "01a1fc8a-d307-7768-993b-77ac04674933").replace("{token}", "x");
    let form = (tag.method == "POST").then(String::new);
    browser.send(tag.method.clone(), &path, form).await
}

/// Says how a refusal must look on this kind of route.
fn assert_refused(tag: &Tag, found: &Answer, code: &str, leads_to: Option<&str>) {
    let (status, location) = (found.status, found.location());
    match (tag.kind, leads_to) {
        (ResponseKind::Page | ResponseKind::Form, Some(path)) => {
            assert_eq!((status, location.starts_with(path)), (303, true), "{tag:?} {location}");
        }
        (ResponseKind::Page | ResponseKind::Form, None) => assert_eq!(status, 403, "{tag:?}"),
        (ResponseKind::ServerFunction | ResponseKind::Api | ResponseKind::Check, _) => {
            assert!(matches!(status, 401 | 403), "{tag:?} {status}");
            let problem = matches!(tag.kind, ResponseKind::Api | ResponseKind::Check);
            let kind = if problem { "application/problem+json" } else { "application/json" };
            assert_eq!(found.headers["content-type"], kind, "{tag:?}");
            assert_eq!(found.refusal().as_deref(), Some(code), "{tag:?}");
        }
        (ResponseKind::Open, _) => {}
    }
}

fn gated(server: &TestServer, areas: &[Area]) -> Vec<Tag> {
    let tags: Vec<_> = server
        .routes()
        .tags()
        .iter()
        .filter(|tag| areas.contains(&tag.area) && tag.kind != ResponseKind::Open)
        .cloned()
        .collect();
    assert!(!tags.is_empty());
    tags
}

/// Knocks wherever a member who has to enrol may not go.
async fn assert_must_enrol(server: &TestServer, browser: &mut Browser) {
    for tag in gated(server, &[Area::Password, Area::Member, Area::Admin, Area::SuperAdmin]) {
        let found = knock(browser, &tag).await;
        assert_refused(&tag, &found, "enrolment-required", Some("/profile/two-factor?next="));
    }
}

const SIGNED_IN: [Area; 6] =
    [Area::SignedIn, Area::Password, Area::Enrolment, Area::Member, Area::Admin, Area::SuperAdmin];
const ADMIN: [Area; 2] = [Area::Admin, Area::SuperAdmin];

on_both! {
    /// Fails when the gate layer is taken from `Routes::gated`.
    async fn nobody_gets_behind_the_gate(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let areas = [&SIGNED_IN[..], &[Area::SecondStep]].concat();
        for tag in gated(&server, &areas) {
            let found = knock(&mut server.browser(), &tag).await;
            assert_refused(&tag, &found, "sign-in-required", Some("/sign-in?next="));
        }
    }

    /// Fails when `obstacles` no longer asks for the role.
    async fn a_plain_member_reaches_nothing_of_the_admins(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut member = server.signed_in("grace@example.org", Role::Member).await;
        for tag in gated(&server, &ADMIN) {
            let found = knock(&mut member, &tag).await;
            assert_refused(&tag, &found, "role-required", None);
        }
        let page = member.get("/admin/settings").await;
        page.assert_refused("role-required");
    }

    /// Fails when `enrolment::enough` is taken from `obstacles`, or `required_by` no longer looks at
    /// `require_admins`.
    async fn an_admin_who_must_enrol_is_stopped_on_the_next_request(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let mut admin = server.signed_in("grace@example.org", Role::Admin).await;
        assert_eq!(admin.get("/admin/settings").await.status, 200, "before the save");
        let saved = boss.save_settings(&[("two_factor.require_admins", "true")]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        for browser in [&mut admin, &mut boss] {
            assert_must_enrol(&server, browser).await;
        }
        let page = admin.get("/profile/two-factor").await;
        assert_eq!(page.status, 200);
        let words = "Two-factor authentication is required by your organisation. Set it up to continue.";
        assert!(page.text().contains(words));
        assert_eq!(admin.get("/api/v1/session").await.decided_by().as_deref(), Some("two_factor.require_admins"));
        assert_eq!(admin.post("/sign-out", &[]).await.status, 303, "signing out stays possible");
    }

    /// Fails when `required_by` no longer looks at `require_everyone`.
    async fn a_plain_member_who_must_enrol_is_stopped_on_the_next_request(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let mut member = server.signed_in("grace@example.org", Role::Member).await;
        assert_eq!(member.get("/profile").await.status, 200, "before the save");
        let saved = boss.save_settings(&[("two_factor.require_everyone", "true")]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert_must_enrol(&server, &mut member).await;
        assert_eq!(member.get("/profile/two-factor").await.status, 200);
        assert_eq!(member.get("/api/v1/session").await.decided_by().as_deref(), Some("two_factor.require_everyone"));
        assert_eq!(member.post("/sign-out", &[]).await.status, 303, "signing out stays possible");
    }

    /// Fails when `password::serves` is taken from `obstacles`, or asked after one of the areas was let through.
    async fn whoever_has_to_replace_their_password_is_led_there_from_everywhere(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        server.member("grace@example.org", Role::Member).await;
        let saved = boss.save_settings(&[("passwords.max_age", "30")]).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        server.clock.advance(Span::days(30));
        let mut member = server.browser();
        for (browser, email) in [(&mut boss, "ada@example.org"), (&mut member, "grace@example.org")] {
            assert_eq!(browser.sign_in(email).await.location(), "/");
            for tag in gated(&server, &[Area::Enrolment, Area::Member, Area::Admin, Area::SuperAdmin]) {
                let found = knock(browser, &tag).await;
                assert_refused(&tag, &found, "new-password-required", Some("/profile/password?next="));
            }
            assert_eq!(browser.get("/api/v1/session").await.decided_by().as_deref(), Some("passwords.max_age"));
            assert_eq!(browser.get("/profile/password").await.status, 200, "there it can be replaced");
            assert_eq!(browser.post("/sign-out", &[]).await.status, 303, "signing out stays possible");
        }
    }

    /// Fails when a form takes what is no identifier for something that is there, or breaks over it.
    async fn what_is_no_identifier_names_nothing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let routes = server.routes();
        let forms = routes.tags().iter().filter(|tag| tag.kind == ResponseKind::Form).map(|tag| &tag.path);
        // A session that is over already is what was wanted.
        for path in forms.filter(|path| path.contains("{id}") && !path.starts_with("/profile/sessions/")) {
            for none in ["nobody", "..", "01a1fc8a-d307-7768-993b", "%00", "%ff"] {
                let named = path.replace("{id}", none).replace("{key}", "passwords.reuse_limit");
                let answer = boss.post(&named, &[]).await;
                assert_eq!(answer.status, 404, "{named}: {}", answer.text());
                assert!(answer.text().contains("There is no such thing here"), "{named}: {}", answer.text());
            }
        }
    }

    /// Fails when a route that is open to anybody is declared without a budget: a server function without `within`, say.
    async fn each_route_that_is_open_to_anybody_names_its_budget(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let routes = server.routes();
        let of = |tag: &&Tag| tag.area == Area::Public;
        let without: Vec<_> = routes.tags().iter().filter(of).filter(|tag| tag.budget.is_none()).collect();
        assert!(without.is_empty(), "{without:?}");
        for budget in RouteBudget::ALL {
            assert!(routes.tags().iter().any(|tag| tag.budget == Some(*budget)), "no route needs {budget:?}");
        }
        assert!(routes.tags().iter().all(|tag| tag.area == Area::Public || tag.budget.is_none()), "only of strangers");
    }

    /// Fails when a route names `Reads` or `Token` and writes something for a stranger who brings no token.
    async fn what_only_reads_or_needs_a_token_writes_nothing_for_a_stranger(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member("ada@example.org", Role::Member).await;
        let routes = server.routes();
        let silent = [RouteBudget::Reads, RouteBudget::Token, RouteBudget::Requests];
        let tags: Vec<_> =
            routes.tags().iter().filter(|tag| tag.budget.is_some_and(|budget| silent.contains(&budget))).collect();
        let before = server.rows().await;
        for tag in tags {
            for _ in 0..2 {
                assert!(knock(&mut server.browser(), tag).await.status < 500, "{tag:?}");
            }
            assert_eq!(server.rows().await, before, "{tag:?}");
        }
    }

    /// Fails when `pass` no longer asks `RequestBudgets::spend`, or does so after the database was asked.
    async fn requests_beyond_the_budget_of_an_address_are_refused(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let routes = server.routes();
        for tag in routes.tags() {
            let Some(most) = tag.budget.and_then(RouteBudget::requests_a_minute) else { continue };
            let mut browser = server.browser();
            for n in 0..most {
                assert_ne!(knock(&mut browser, tag).await.status, 429, "{tag:?} {n}");
            }
            let beyond = knock(&mut browser, tag).await;
            beyond.assert_refused("too-many-requests");
            assert_eq!((beyond.status, beyond.headers["retry-after"].to_str().ok()), (429, Some("60")));
            let mut elsewhere = server.browser();
            elsewhere.address = std::net::IpAddr::from([198, 51, 100, 1]);
            assert_ne!(knock(&mut elsewhere, tag).await.status, 429, "{tag:?}");
            server.clock.advance(Span::minutes(1));
            assert_ne!(knock(&mut browser, tag).await.status, 429, "{tag:?}");
        }
    }

    /// Fails when `gate` takes somebody between the steps for a member.
    async fn a_stranger_between_the_steps_reaches_only_the_second_step(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        server.enrol_app(&mut browser).await;
        let mut between = server.pending_sign_in("ada@example.org").await;
        for tag in gated(&server, &SIGNED_IN) {
            let found = knock(&mut between, &tag).await;
            assert_refused(&tag, &found, "second-step-required", Some(SECOND_STEP));
        }
    }

    /// Fails when a route takes a method that it does not declare: one that is added by `any`, say.
    async fn each_route_refuses_the_methods_that_it_does_not_declare(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let routes = server.routes();
        let declared = |path: &str, method: &Method| {
            let asked = if method == Method::HEAD { &Method::GET } else { method };
            routes.tags().iter().any(|tag| tag.path == path && tag.method == asked)
        };
        for tag in routes.tags() {
            for method in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND"] {
                let method = Method::from_bytes(method.as_bytes()).expect("a method");
                if declared(&tag.path, &method) {
                    continue;
                }
                let other = Tag { method, ..tag.clone() };
                let stranger = knock(&mut server.browser(), &other).await;
                assert!(!(200..300).contains(&stranger.status), "{other:?} {}", stranger.status);
                let found = knock(&mut boss, &other).await;
                assert!(matches!(found.status, 404 | 405), "{other:?} {}", found.status);
            }
        }
    }
}
