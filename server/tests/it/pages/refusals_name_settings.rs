//! Whatever holds somebody up names the setting that decided it, with the way to it for whoever may look.
use crate::support::{Answer, Browser, OTHER_PASSWORDS, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
const BOSS: &str = "boss@example.org";
const PASSWORD_PAGE: &str = "/profile/password";
const ENROL: &str = "/profile/two-factor";

/// A page names a setting, without the way to it.
fn plain(page: &Answer, label: &str) {
    assert!(page.text().contains(&format!("Decided by the setting {label}.")), "{label}: {}", page.text());
    assert!(!page.page().has("a[href^='/admin/settings?setting=']"), "{label}");
}

/// A page names a setting, with the way to it.
fn linked(page: &Answer, key: &str, label: &str) {
    assert!(page.text().contains(&format!("Decided by the setting {label}.")), "{label}: {}", page.text());
    assert!(page.page().links_to(&policy::setting_link::to(key)), "{key}: {}", page.body);
}

/// The page of somebody's own, for a member and for whoever reaches the admin pages.
async fn both(ada: &mut Browser, boss: &mut Browser, path: &str, (key, label): (&str, &str)) {
    plain(&ada.get(path).await, label);
    linked(&boss.get(path).await, key, label);
}

/// The page of somebody who has to do something first: it names the setting, and leads nobody where they can't go yet.
async fn held(ada: &mut Browser, boss: &mut Browser, path: &str, label: &str) {
    for browser in [ada, boss] {
        plain(&browser.get(path).await, label);
    }
}

on_both! {
    /// Fails when the page of the password no longer shows `required` by `Why`, or `Why` no longer shows `Because`.
    async fn a_password_that_must_be_replaced_names_what_asks_for_it(db: TestDatabase) {
        let (server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &[("passwords.change_interval", "0")]).await;
        for browser in [&mut ada, &mut boss] {
            browser.has_changed_password(PASSWORD, "tulip-Wk7-ox").await;
        }
        assert_eq!(boss.save_settings(&[("passwords.policy", "strong")]).await.status, 303);
        for (browser, email) in [(&mut ada, ADA), (&mut boss, BOSS)] {
            assert_eq!(browser.sign_in_with(email, "tulip-Wk7-ox").await.status, 303);
        }
        held(&mut ada, &mut boss, PASSWORD_PAGE, "Password policy").await;
        drop(server);
    }

    /// Fails when `expires_soon` or `convert::password` names no setting, or the frame no longer shows it.
    async fn a_password_that_ages_names_what_asks_for_another_one(db: TestDatabase) {
        let long = [("passwords.max_age", "30"), ("passwords.change_interval", "0"), ("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")];
        let (server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &long).await;
        server.clock.advance(Span::days(29));
        ada.sign_in(ADA).await;
        boss.sign_in(BOSS).await;
        for path in ["/profile", PASSWORD_PAGE] {
            both(&mut ada, &mut boss, path, ("passwords.max_age", "Force password reset")).await;
        }
        server.clock.advance(Span::days(1));
        ada.sign_in(ADA).await;
        boss.sign_in(BOSS).await;
        held(&mut ada, &mut boss, PASSWORD_PAGE, "Force password reset").await;
    }

    /// Fails when `convert::password` names no setting for the interval or the last passwords, or
    /// `known_before` none.
    async fn what_keeps_a_password_from_being_changed_is_named(db: TestDatabase) {
        let (_server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &[]).await;
        both(&mut ada, &mut boss, PASSWORD_PAGE, ("passwords.reuse_limit", "Password reuse limit")).await;
        let used = ada.change_password(PASSWORD, PASSWORD).await;
        assert!(used.text().contains("Decided by the setting “Password reuse limit”."), "{}", used.text());
        ada.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
        boss.has_changed_password(PASSWORD, OTHER_PASSWORDS[0]).await;
        both(&mut ada, &mut boss, PASSWORD_PAGE, ("passwords.change_interval", "Password change interval")).await;
        let page = ada.get(PASSWORD_PAGE).await.text();
        assert!(page.contains("If somebody else may know it, ask an admin to reset it."), "{page}");
    }

    /// Fails when the page of the factors or the frame no longer shows `Because`, or `Waiting::setting` names none.
    async fn who_has_to_enrol_is_told_by_which_switch(db: TestDatabase) {
        let grace = [("two_factor.require_everyone", "true"), ("two_factor.grace_days", "3"), ("sessions.lifetime", "43200"), ("sessions.idle_timeout", "0")];
        let by = ("two_factor.require_everyone", "Require MFA for everyone");
        let (server, mut boss, mut ada) = TestServer::with_member_and_settings(db, ADA, &grace).await;
        both(&mut ada, &mut boss, "/profile", by).await;
        server.clock.advance(Span::days(3));
        held(&mut ada, &mut boss, ENROL, by.1).await;
        let mut eve = server.signed_in("eve@example.org", Role::Member).await;
        server.clock.advance(Span::days(3));
        plain(&eve.get(ENROL).await, by.1);
        eve.sign_in("eve@example.org").await;
        server.enrol_app(&mut eve).await;
        plain(&eve.get(ENROL).await, by.1);
    }
}
