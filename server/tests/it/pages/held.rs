//! Whoever has to do something first sees only what they can do: nothing on those pages leads nowhere.
use crate::support::{Browser, TestServer};
use policy::{Role, time::Span};
use std::collections::BTreeSet;
use store::on_both;

/// Where the gate leads whoever has to do something first.
const REFUSED: [&str; 3] = ["/profile/two-factor?next=", "/profile/password?next=", "/sign-in"];

/// Follows every link and posts every form of a page, and of those that it leads to, and signs out. Returns where the
/// forms were posted to.
async fn assert_nothing_leads_nowhere(browser: &mut Browser, page: &str) -> BTreeSet<String> {
    let (mut ahead, mut seen, mut posted) = (vec![page.to_owned()], BTreeSet::new(), BTreeSet::new());
    while let Some(path) = ahead.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = browser.get(&path).await;
        assert!(!REFUSED.iter().any(|refused| answer.location().starts_with(refused)), "{page}: {path} leads nowhere");
        if answer.status != 200 || path.starts_with("/forgot-password") {
            continue;
        }
        let found = answer.page();
        let links = found.attributes("a[href]", "href").into_iter();
        ahead.extend(links.filter(|href| href.starts_with('/') && !href.starts_with("//")));
        for (action, fields) in found.forms().into_iter().filter(|(action, _)| action != "/sign-out") {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let done = browser.post(&action, &fields).await;
            let location = done.location();
            assert!(
                !REFUSED.iter().any(|refused| location.starts_with(refused)),
                "{page}: {action} leads to {location}"
            );
            posted.insert(action);
        }
    }
    assert_eq!(browser.post("/sign-out", &[]).await.status, 303);
    posted
}

on_both! {
    /// Fails when the page of the second factors offers a form or a link that the gate refuses meanwhile.
    async fn whoever_has_to_enrol_is_offered_what_they_can_do(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        let mut fresh = server.signed_in("fresh@example.org", Role::Admin).await;
        let mut by_mail = server.signed_in("mail@example.org", Role::Member).await;
        by_mail.post("/profile/two-factor/email/on", &[]).await;
        let mut begun = server.signed_in("begun@example.org", Role::Member).await;
        let mut stale = server.signed_in("stale@example.org", Role::Member).await;
        server.clock.advance(Span::minutes(5));
        stale.post("/profile/two-factor/authenticator", &[]).await;
        server.clock.advance(Span::minutes(6));
        boss.proves_it_again().await;
        begun.proves_it_again().await;
        by_mail.proves_it_again().await;
        begun.post("/profile/two-factor/authenticator", &[]).await;
        boss.has_saved_settings(&[("two_factor.require_everyone", "true")]).await;
        let page = "/profile/two-factor";
        for (browser, offers) in [
            (&mut fresh, "/profile/two-factor/email/on"),
            (&mut by_mail, "/profile/two-factor/email/off"),
            (&mut begun, "/profile/two-factor/authenticator/confirm"),
            (&mut stale, "/profile/two-factor/authenticator/cancel"),
        ] {
            let held = browser.get(page).await.page();
            assert_eq!(held.count("nav a:not([href='/profile/two-factor'])"), 0, "{offers}");
            let posted = assert_nothing_leads_nowhere(browser, page).await;
            assert!(posted.contains(offers), "{offers}: {posted:?}");
        }
        assert_eq!(boss.get("/profile/password").await.location(), "/profile/two-factor?next=%2Fprofile%2Fpassword");
    }

    /// Fails when codes by e-mail can't be turned off meanwhile although the page offers it.
    async fn codes_by_mail_are_turned_off_while_a_factor_is_missing(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.post("/profile/two-factor/email/on", &[]).await;
        boss.has_saved_settings(&[("two_factor.require_everyone", "true")]).await;
        let done = boss.post("/profile/two-factor/email/off", &[]).await;
        assert_eq!(done.location(), "/profile/two-factor?notice=email-codes-off");
        let page = boss.get(done.location()).await.text();
        assert!(page.contains("Codes by e-mail are off.") && page.contains("Turn codes by e-mail on"), "{page}");
    }

    /// Fails when the page of the password offers what the gate refuses while a new one has to be chosen.
    async fn whoever_has_to_choose_a_password_is_offered_what_they_can_do(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
        boss.has_saved_settings(&[("passwords.max_age", "30"), ("two_factor.require_everyone", "true")]).await;
        server.clock.advance(Span::days(30));
        boss.sign_in("boss@example.org").await;
        assert_eq!(boss.get("/profile/two-factor").await.location(), "/profile/password?next=%2Fprofile%2Ftwo-factor");
        let page = boss.get("/profile/password").await.page();
        assert_eq!(page.count("nav a:not([href='/profile/password'])"), 0);
        let posted = assert_nothing_leads_nowhere(&mut boss, "/profile/password").await;
        assert!(posted.contains("/profile/password"), "{posted:?}");
    }
}
