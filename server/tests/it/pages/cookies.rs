//! Cookies of several installations in one browser, and by the names that versions before gave them.
use crate::support::{Browser, NEW_PASSWORD, PASSWORD, TestDatabase, TestServer};
use policy::{Role, time::Span};
use server::config::Overrides;
use std::collections::BTreeMap;
use store::{on_both, testing::Engine};

const ADA: &str = "ada@example.org";
const TRUST: (&str, &str) = ("two_factor.trusted_device_days", "7");

/// Gives every cookie of a browser the name that versions before gave it, without the port.
fn as_before(browser: &mut Browser) {
    let cookies = std::mem::take(&mut browser.cookies).into_iter();
    let of_today = cookies.filter(|(name, _)| name.starts_with("bailey-3000"));
    browser.cookies = of_today.map(|(name, value)| (name.replacen("-3000", "", 1), value)).collect();
}

/// The cookies of a browser whose names begin so, each by the rest of its name.
fn named(browser: &Browser, start: &str) -> BTreeMap<String, String> {
    let own = browser.cookies.iter().filter_map(|(name, value)| Some((name.strip_prefix(start)?, value)));
    own.map(|(rest, value)| (rest.to_owned(), value.clone())).collect()
}

on_both! {
    /// Fails when `Cookies::name` leaves the port out: one signs out of the other.
    async fn two_installations_at_ports_of_one_host_leave_each_other_alone(db: TestDatabase) {
        let engine = if db.dir().is_some() { Engine::Sqlite } else { Engine::Postgres };
        let here = TestServer::start(db).await;
        let flags = Overrides { public_url: Some("http://localhost:3001".to_owned()), ..Overrides::default() };
        let there = TestServer::configured(TestDatabase::new(engine).await, flags).await;
        here.member(ADA, Role::Member).await;
        let mut at_here = here.browser();
        at_here.get("/sign-in").await;
        assert_eq!(at_here.sign_in(ADA).await.status, 303);
        there.member(ADA, Role::Member).await;
        let mut at_there = there.browser();
        at_there.cookies.clone_from(&at_here.cookies);
        at_there.get("/sign-in").await;
        assert_eq!(at_there.sign_in(ADA).await.status, 303);
        at_here.cookies.clone_from(&at_there.cookies);
        assert_eq!(at_here.get("/profile").await.status, 200, "it is still signed in here");
        for start in ["bailey-3000", "bailey-3001"] {
            assert!(["", "-device"].iter().all(|rest| named(&at_here, start).contains_key(*rest)), "{start}");
        }
        at_there.post("/sign-out", &[]).await;
        at_here.cookies.clone_from(&at_there.cookies);
        assert_eq!(at_here.get("/profile").await.status, 200, "and signs out of there alone");
        assert_eq!(at_there.get("/profile").await.status, 303);
    }

    /// Fails when `session_by_its_name` is not asked, forgets for how long the cookie is kept, or is asked of a form, whose
    /// own answer may set another one.
    async fn a_session_of_before_goes_on_under_its_name_of_today(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        for (stays, kept) in [("true", true), ("", false)] {
            let mut ada = server.browser();
            ada.post("/sign-in", &[("email", ADA), ("password", PASSWORD), ("stay_signed_in", stays)]).await;
            let token = ada.cookies["bailey-3000"].clone();
            as_before(&mut ada);
            assert_eq!(ada.call("profile/sessions", &[]).await.status, 200, "a call is let in by it");
            let page = ada.get("/profile").await;
            assert_eq!((page.status, page.set_cookie("bailey-3000").contains("Max-Age=28800")), (200, kept));
            assert_eq!(ada.cookies["bailey-3000"], token);
            assert!(!ada.cookies.contains_key("bailey"), "the old one is taken away");
            assert_eq!(ada.post("/sign-out", &[]).await.status, 303);
            assert_eq!(ada.get("/profile").await.status, 303);
        }
    }

    /// Fails when one of them is not read by its old name: the second step, the right to choose a password, the trusted
    /// browser, the remembered name, what was typed.
    async fn nothing_else_that_a_browser_had_is_lost_either(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.has_saved_settings(&[TRUST]).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        let (_, codes) = server.enrol_app(&mut ada).await;

        let mut between = server.browser();
        between.get("/sign-in").await;
        between.post("/sign-in", &[("email", ADA), ("password", PASSWORD), ("stay_signed_in", "true")]).await;
        as_before(&mut between);
        let step = "/sign-in/second-step/recovery";
        assert_eq!(between.post(step, &[("recovery_code", &codes[0]), ("trust", "true")]).await.location(), "/");
        assert!(!between.cookies.contains_key("bailey-step"), "it was used up by both names");
        between.post("/sign-out", &[]).await;

        as_before(&mut between);
        assert!(between.get("/sign-in").await.page().holds(ADA), "the name is remembered");
        assert!(between.cookies.contains_key("bailey-3000-name") && !between.cookies.contains_key("bailey-name"));
        assert!(between.cookies.contains_key("bailey-3000-device"), "and so is the browser");
        as_before(&mut between);
        assert_eq!(between.sign_in(ADA).await.location(), "/", "it is trusted");

        let mut typed = server.sign_in("boss@example.org").await;
        server.clock.advance(Span::minutes(31));
        typed.press("save", 1, &[("sessions.lifetime", "77")]).await;
        as_before(&mut typed);
        typed.sign_in("boss@example.org").await;
        assert!(typed.get("/admin/settings?saved=yes").await.page().holds("77"), "what was typed is there");

        server.mail().await;
        let mut chooser = server.browser();
        chooser.post("/forgot-password", &[("email", "boss@example.org")]).await;
        let link = server.one_mail("Choose a new password").await.link();
        chooser.post(&link, &[]).await;
        as_before(&mut chooser);
        assert_eq!(chooser.choose_password(NEW_PASSWORD).await.status, 303);
        assert!(!chooser.cookies.contains_key("bailey-grant"));
    }

    /// Fails when what may be another installation's is taken away before it is known to be ours.
    async fn a_cookie_by_an_old_name_that_is_not_ours_stays(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(ADA, Role::Member).await;
        let mut browser = server.browser();
        let theirs = || [("bailey".to_owned(), "theirs".to_owned()), ("bailey-device".to_owned(), "theirs".to_owned())];
        browser.cookies.extend(theirs());
        assert_eq!(browser.get("/profile").await.status, 303);
        browser.sign_in(ADA).await;
        assert_eq!(browser.get("/profile").await.status, 200);
        browser.post("/sign-out", &[]).await;
        for (name, value) in theirs() {
            assert_eq!(browser.cookies.get(&name), Some(&value), "{name}");
        }
        assert_eq!(browser.get("/profile").await.status, 303);
    }
}
