//! Nothing that was typed is lost, in whatever form it was typed: the session may be over when it is posted, or a fresh
//! proof wanted first.
use crate::support::{Answer, Browser, ORIGIN, PASSWORD, Page, TestServer};
use policy::{Area, Role, time::Span};
use server::{gate::ResponseKind, respond::FormContent, routes::Tag};
use store::on_both;

const ADA: &str = "ada@example.org";

/// What is typed into every field: it can be none of what the page says by itself.
const TYPED: &str = "typed-by-hand";

/// Every form of a server with something of everything, as it stands on its page.
async fn forms(browser: &mut Browser) -> Vec<(String, Vec<(String, String)>, Page)> {
    let mut pages: Vec<_> = app::sitemap::PAGES.iter().map(|page| page.path.to_owned()).collect();
    pages.retain(|path| !path.contains(':'));
    for (list, below) in [
        ("/ideas", "/ideas/"),
        ("/conversations", "/conversations/"),
        ("/assessments", "/assessments/"),
        ("/admin/members", "/admin/members/"),
        ("/admin/communities", "/admin/communities/"),
    ] {
        let page = browser.get(list).await.page();
        pages.extend(page.attributes(&format!("main a[href^='{below}']"), "href"));
    }
    let mut found = Vec::new();
    for path in pages {
        let answer = browser.get(&path).await;
        if answer.status == 200 {
            found.extend(answer.page().forms().into_iter().map(|(action, fields)| (action, fields, answer.page())));
        }
    }
    found
}

/// The route to which a form is posted.
fn route<'a>(tags: &'a [Tag], action: &str) -> &'a Tag {
    let same = |tag: &&Tag| {
        let (parts, given) = (tag.path.split('/'), action.split('/'));
        let fits = |(part, given): (&str, &str)| part == given || part.starts_with('{');
        tag.method == "POST" && parts.clone().count() == given.clone().count() && parts.zip(given).all(fits)
    };
    let exact = tags.iter().find(|tag| tag.method == "POST" && tag.path == action);
    exact.or_else(|| tags.iter().find(same)).unwrap_or_else(|| panic!("nothing answers {action}"))
}

/// The fields of a form with something typed into each that takes a text.
fn filled(page: &Page, action: &str, fields: &[(String, String)]) -> (Vec<(String, String)>, bool) {
    let mut typed = false;
    let fill = |(name, value): &(String, String)| {
        let kinds = ["textarea", "input:not([type])", "input[type='text']", "input[type='email']"];
        let is_text = kinds.iter().any(|kind| page.has(&format!("form[action='{action}'] {kind}[name='{name}']")));
        typed |= is_text;
        let value = if name == "community" {
            value
        } else if is_text {
            TYPED
        } else {
            value
        };
        (name.clone(), value.to_owned())
    };
    (fields.iter().map(fill).collect(), typed)
}

async fn with_something_of_everything(db: store::testing::TestDatabase) -> (TestServer, Browser) {
    let server = TestServer::start(db).await;
    let mut ada = server.signed_in(ADA, Role::SuperAdmin).await;
    let mut grace = server.signed_in("grace@example.org", Role::Member).await;
    ada.has_saved_settings(&[("members.registration", "by-approval")]).await;
    server.browser().post("/register", &[("name", "Joan"), ("email", "joan@example.org")]).await;
    let confirm = server.one_mail("Confirm that you want to join").await.link();
    assert_eq!(server.browser().post(&confirm, &[]).await.status, 303);
    server.needs_help("grace@example.org").await;
    let lab = ada.add_community("Lab", &[ADA, "grace@example.org"]).await;
    let idea = [("community", lab.as_str()), ("title", "Plants"), ("body", "More of them")];
    for browser in [&mut ada, &mut grace] {
        assert_eq!(browser.post("/ideas", &idea).await.status, 303);
    }
    assert_eq!(ada.post("/ideas", &[&idea[..], &[("step", "draft")]].concat()).await.status, 303);
    let approved = server.sql_column("SELECT id FROM ideas WHERE state = 'approved'").await;
    let idea = format!("idea-{}", approved.first().expect("a super-admin's needs nobody's word"));
    let talk = [("community", lab.as_str()), ("to", "grace@example.org"), ("subject", "Plants"), ("body", "Shall we?")];
    assert_eq!(ada.post("/conversations", &talk).await.status, 303);
    let asked = [("kind", "review-scale"), ("title", "Spring"), ("assessors", ADA), (idea.as_str(), "true")];
    assert_eq!(ada.post(&format!("/assessments/new/{lab}"), &asked).await.status, 303);
    (server, ada)
}

async fn post(browser: &mut Browser, action: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(action, &fields).await
}

/// Fails when a route declares that a form holds nothing that was typed, and its page has a field for it.
async fn declares_what_it_holds(server: &TestServer, browser: &mut Browser) -> usize {
    let (routes, mut typed) = (server.routes(), 0);
    for (action, fields, page) in forms(browser).await {
        let tag = route(routes.tags(), &action);
        if tag.area == Area::Public {
            continue;
        }
        let secret = fields
            .iter()
            .any(|(name, _)| matches!(name.as_str(), "password" | "current" | "code" | "recovery_code" | "webhook"));
        let (_, takes_text) = filled(&page, &action, &fields);
        let file = page.has(&format!("form[action='{action}'] input[type='file']"));
        if file {
            assert!(matches!(tag.content, FormContent::File | FormContent::Upload), "{action}");
            continue;
        }
        let wanted = match (secret, takes_text && action != "/admin/history/restore") {
            (true, _) => FormContent::Secret,
            (false, true) => FormContent::Typed,
            (false, false) => FormContent::Buttons,
        };
        typed += usize::from(wanted == FormContent::Typed);
        assert_eq!(tag.content, wanted, "{action}: {fields:?}");
    }
    typed
}

on_both! {
    /// Fails when a form is declared in `routes.rs` to hold something else than it does, or its page does not take it
    /// back: a new one is walked like all others.
    async fn every_form_comes_back_that_was_posted_after_its_session_was_over(db: TestDatabase) {
        let (server, mut ada) = with_something_of_everything(db).await;
        assert!(declares_what_it_holds(&server, &mut ada).await >= 5);
        let routes = server.routes();
        let mut walked = Vec::new();
        for (action, fields, page) in forms(&mut ada).await {
            let tag = route(routes.tags(), &action);
            if tag.content != FormContent::Typed || walked.contains(&tag.path) {
                continue;
            }
            walked.push(tag.path.clone());
            let (fields, _) = filled(&page, &action, &fields);
            server.clock.advance(Span::minutes(31));
            let ended = post(&mut ada, &action, &fields).await;
            let next = ended.location().strip_prefix("/sign-in?next=").unwrap_or_else(|| panic!("{action}: {}", ended.location()));
            let next = url::form_urlencoded::parse(format!("next={next}").as_bytes()).next().expect("it is there").1.into_owned();
            assert!(next.ends_with("?saved=yes"), "{action}: {next}");
            let back = ada.post("/sign-in", &[("email", ADA), ("password", PASSWORD), ("next", &next)]).await;
            assert_eq!(back.location(), next, "{action}");
            let shown = ada.get(&next).await;
            assert_eq!(shown.status, 200, "{action}");
            assert!(shown.text().contains("Nothing was saved yet. What you typed is below"), "{action}: {}", shown.text());
            assert!(shown.body.contains(TYPED), "{action}: {}", shown.body);
        }
        let declared: Vec<_> = routes.tags().iter().filter(|tag| tag.content == FormContent::Typed).map(|tag| &tag.path).collect();
        let left: Vec<_> = declared.iter().filter(|path| !walked.contains(path) && !path.ends_with("/rename")).collect();
        assert!(left.is_empty(), "no page has the form of {left:?}");
    }

    /// Fails when the gate no longer keeps the name of a passkey, which nobody without one can be asked for.
    async fn the_new_name_of_a_passkey_comes_back(db: TestDatabase) {
        let (server, mut ada) = with_something_of_everything(db).await;
        let (mut key, _) = ada.add_passkey().await;
        let action = ada.get("/profile/two-factor").await.page().attribute("form[action$='/rename']", "action");
        server.clock.advance(Span::minutes(31));
        let ended = ada.post(&action, &[("name", TYPED)]).await;
        assert_eq!(ended.location(), "/sign-in?next=%2Fprofile%2Ftwo-factor%3Fsaved%3Dyes");
        ada.sign_in_by_passkey(&mut key, ORIGIN).await;
        let page = ada.get("/profile/two-factor?saved=yes").await;
        assert!(page.page().holds(TYPED), "{}", page.body);
    }

    /// Fails when an act that asks for a fresh proof loses what was typed.
    async fn what_was_typed_comes_back_after_a_fresh_proof(db: TestDatabase) {
        let (server, mut ada) = with_something_of_everything(db).await;
        server.clock.advance(Span::minutes(11));
        let communities = "/admin/settings/communities";
        let overrides = ada.get(communities).await.page().attribute("form[action$='/passwords.reuse_limit']", "action");
        for (action, field) in [(communities, "name"), (overrides.as_str(), "value")] {
            let asked = ada.post(action, &[(field, TYPED)]).await;
            assert_eq!(asked.location(), "/profile/step-up?next=%2Fadmin%2Fsettings%2Fcommunities%3Fsaved%3Dyes", "{action}");
            let page = ada.get("/admin/settings/communities?saved=yes").await;
            assert!(page.page().holds(TYPED), "{action}: {}", page.body);
        }
        ada.proves_it_again().await;
        assert_eq!(ada.post(communities, &[("name", "Another")]).await.status, 303);
        let after = ada.get("/admin/settings/communities?saved=yes").await;
        assert!(!after.page().holds(TYPED), "it was taken meanwhile");
    }

    /// Fails when the gate keeps a form only where its session is over, and not where something else comes first.
    async fn what_was_typed_comes_back_after_enrolling(db: TestDatabase) {
        let (server, mut ada) = with_something_of_everything(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.has_saved_settings(&[("two_factor.require_admins", "true")]).await;
        let asked = ada.post("/admin/settings/communities", &[("name", TYPED)]).await;
        assert_eq!(asked.location(), "/profile/two-factor?next=%2Fadmin%2Fsettings%2Fcommunities%3Fsaved%3Dyes");
        server.enrol_app(&mut ada).await;
        let page = ada.get("/admin/settings/communities?saved=yes").await;
        assert!(page.page().holds(TYPED), "{}", page.body);
    }

    /// Fails when a password or a code is kept.
    async fn no_secret_is_kept(db: TestDatabase) {
        let (server, mut ada) = with_something_of_everything(db).await;
        let routes = server.routes();
        server.clock.advance(Span::minutes(31));
        for tag in routes.tags().iter().filter(|tag| tag.kind == ResponseKind::Form && tag.content != FormContent::Typed) {
            let path = tag.path.replace("{id}", "01a1fc8a-d307-7768-993b-77ac04674933").replace("{token}", "x");
            let fields = ["current", "password", "code", "recovery_code", "name"].map(|name| (name, TYPED));
            ada.post(&path, &fields).await;
            assert!(server.sql_column("SELECT page FROM kept_forms").await.is_empty(), "{path}");
        }
    }
}
