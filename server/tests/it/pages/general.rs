//! Admin, settings, *General*: how the workspace presents itself.
use crate::support::{TestServer, shown_secret};
use policy::{Role, time::Span};
use store::on_both;

const GENERAL: &str = "/admin/settings/general";
const BOSS: &str = "boss@example.org";

on_both! {
    /// Fails when `present` stores nothing, or a title, a mail or an authenticator app goes on with the old name.
    async fn the_name_stands_in_titles_in_mails_and_in_authenticator_apps(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        boss.post("/profile/two-factor/authenticator", &[]).await;
        let page = boss.get(GENERAL).await.page();
        assert_eq!([page.value("name"), page.value("from_name"), page.value("time_zone")], ["Bailey", "", "UTC"]);
        let fields = [("name", "Söhne & Co: Rowing"), ("from_name", "Rowing club"), ("time_zone", "europe/zurich")];
        let saved = boss.post(GENERAL, &fields).await;
        assert_eq!((saved.status, saved.location().split('?').next()), (303, Some(GENERAL)), "{}", saved.text());
        let page = boss.get(GENERAL).await.page();
        assert_eq!(page.text_of("title"), "General · Söhne & Co: Rowing");
        assert_eq!([page.value("from_name"), page.value("time_zone")], ["Rowing club", "Europe/Zurich"]);
        assert_eq!(server.browser().get("/sign-in").await.page().text_of("title"), "Sign in · Söhne & Co: Rowing");
        boss.post("/admin/mail/test", &[]).await;
        let mail = server.one_mail("A test mail").await;
        assert!(mail.subject.ends_with(" · Söhne & Co: Rowing"), "{}", mail.subject);
        assert!(mail.raw.contains("From: \"Rowing club\" <"), "{}", mail.raw);
        assert!(mail.text.contains(" CET.") || mail.text.contains(" CEST."), "{}", mail.text);
        let set_up = boss.get("/profile/two-factor").await;
        assert!(!shown_secret(&set_up).is_empty());
        assert!(set_up.body.contains("issuer=S%C3%B6hne%20%26%20Co%20%20Rowing"), "{}", set_up.body);
        let log = boss.post("/api/app/audit/load", &[]).await.body;
        assert!(log.contains("Updated the workspace") && log.contains("Workspace name"), "{log}");
    }

    /// Fails when a form that was refused comes back with less than was typed, or changes something.
    async fn what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let typed = [("name", " "), ("from_name", "ceo@example.org"), ("time_zone", "Europe/Zurch")];
        let refused = boss.post(GENERAL, &typed).await;
        assert_eq!(refused.status, 422);
        let page = refused.page();
        assert_eq!([page.value("from_name"), page.value("time_zone")], ["ceo@example.org", "Europe/Zurch"]);
        assert!(page.text_of("#time_zone-error").ends_with("Europe/Zurich?"));
        assert!(page.has("#name-error") && page.has("#from_name-error"));
        assert_eq!(boss.get(GENERAL).await.page().value("name"), "Bailey");
    }

    /// Fails when `present` asks for no fresh proof, or a member gets as far.
    async fn it_needs_an_admin_and_a_fresh_proof(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut boss = server.signed_in(BOSS, Role::Admin).await;
        let mut ada = server.signed_in("ada@example.org", Role::Member).await;
        let fields = [("name", "Acme"), ("from_name", ""), ("time_zone", "UTC")];
        ada.post(GENERAL, &fields).await.assert_refused("role-required");
        server.clock.advance(Span::minutes(11));
        let refused = boss.post(GENERAL, &fields).await;
        assert!(refused.status == 303 && refused.location().starts_with("/profile/step-up"), "{}", refused.location());
        boss.proves_it_again().await;
        let page = boss.get(&format!("{GENERAL}?saved=yes")).await.page();
        assert_eq!(page.value("name"), "Acme", "what was typed is back");
        assert_eq!(boss.post(GENERAL, &fields).await.status, 303);
        assert_eq!(boss.get(GENERAL).await.page().value("name"), "Acme");
    }
}
