//! A link to a setting leads to it without a script, too, whatever somebody has to prove on the way.
use crate::support::{Browser, PASSWORD, SECOND_STEP, TestServer, code_at};
use policy::{Role, setting_link, time::Span};
use store::on_both;
use url::form_urlencoded::byte_serialize;

const BOSS: &str = "boss@example.org";
const KEY: &str = "headers.csp";
const PLACE: &str = "/admin/settings#headers.csp";

/// The address of a page that leads on to the setting.
fn on_to_setting(page: &str) -> String {
    let next: String = byte_serialize(setting_link::to(KEY).as_bytes()).collect();
    format!("{page}?next={next}")
}

/// Where the link leads in the end.
async fn lands(browser: &mut Browser) -> String {
    browser.get(&setting_link::to(KEY)).await.location().to_owned()
}

on_both! {
    /// Fails when `settings::page` no longer asks `setting_link::place`, or a step on the way drops the query.
    async fn a_link_to_a_setting_is_kept_through_the_sign_in_and_the_second_step(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        assert_eq!(lands(&mut boss).await, PLACE);
        let (secret, _) = server.enrol_app(&mut boss).await;
        let mut browser = server.browser();
        let asked = browser.get(&setting_link::to(KEY)).await;
        assert_eq!(asked.location(), on_to_setting("/sign-in"));
        let next = browser.get(asked.location()).await.page().value("next");
        let first = browser.post("/sign-in", &[("email", BOSS), ("password", PASSWORD), ("next", &next)]).await;
        assert_eq!(first.location(), on_to_setting(SECOND_STEP));
        server.clock.advance(Span::seconds(60));
        let code = code_at(&secret, server.clock.now());
        let passed = browser.post(SECOND_STEP, &[("code", &code)]).await;
        assert_eq!(passed.location(), setting_link::to(KEY), "{}", passed.text());
        assert_eq!(lands(&mut browser).await, PLACE);
    }

    /// Fails when an enrolment that is asked for leads on to another address than the one that was asked for.
    async fn a_link_to_a_setting_is_kept_through_an_enrolment(db: TestDatabase) {
        let (server, mut boss) = TestServer::with_settings(db, &[("two_factor.require_admins", "true")]).await;
        let enrol = boss.get(&setting_link::to(KEY)).await;
        assert_eq!(enrol.location(), on_to_setting("/profile/two-factor"));
        server.enrol_app(&mut boss).await;
        assert_eq!(lands(&mut boss).await, PLACE);
    }

    /// Fails when `Decided` leads away from what was typed on the Security tab, or nowhere from other pages.
    async fn on_the_page_of_the_settings_a_link_to_one_stays_there(db: TestDatabase) {
        let days = [("two_factor.require_admins", "true"), ("two_factor.grace_days", "7")];
        let (_server, mut boss) = TestServer::with_settings(db, &days).await;
        let key = "two_factor.require_admins";
        assert!(boss.get("/admin/settings").await.page().links_to(&format!("#{key}")));
        assert!(boss.get("/admin/members").await.page().links_to(&setting_link::to(key)));
    }

    /// Fails when the page leads on to whatever its address names.
    async fn an_address_that_names_no_setting_shows_the_page(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::SuperAdmin).await;
        for query in ["setting=", "setting=nonsense", "setting=//evil.example", "saved=yes"] {
            assert_eq!(boss.get(&format!("/admin/settings?{query}")).await.status, 200, "{query}");
        }
        let saved = boss.get("/admin/settings?setting=headers.csp&notice=settings-saved").await;
        assert_eq!(saved.location(), "/admin/settings?notice=settings-saved#headers.csp");
    }
}
