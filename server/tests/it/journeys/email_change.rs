//! A member gives themselves another address.
use crate::support::{Browser, NEW_PASSWORD, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
const NEW: &str = "ada@example.com";

/// Presses the button of a link.
async fn press(server: &TestServer, link: &str) -> (Browser, crate::support::Answer) {
    let mut browser = server.browser();
    let page = browser.get(link).await.page().value("page");
    let answer = browser.post(link, &[("page", &page)]).await;
    (browser, answer)
}

on_both! {
    /// Fails when the address changes before its holder has confirmed it, or the old one is not told.
    async fn the_new_address_confirms_and_the_old_one_can_take_it_back(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let asked = ada.post("/profile/email", &[("email", " Ada@Example.com ")]).await;
        assert_eq!(asked.status, 303, "{}", asked.text());
        let mail = server.one_mail("Confirm your new address").await;
        assert!(mail.to.contains(NEW), "{}", mail.to);
        let link = mail.link();
        assert!(server.browser().get(&link).await.text().contains(ADA));
        assert_eq!(server.member_row(ADA).await.email.as_str(), ADA, "looking changes nothing");
        assert_eq!(press(&server, &link).await.1.status, 303);
        let mail = server.one_mail("Your address was changed").await;
        assert!(mail.to.contains(ADA), "{}", mail.to);
        server.browser().sign_in_with(ADA, PASSWORD).await.assert_refused("wrong-credentials");
        assert_eq!(server.browser().sign_in_with(NEW, PASSWORD).await.status, 303);
        server.mail().await;
        let (mut back, taken_back) = press(&server, &mail.link()).await;
        assert_eq!((taken_back.status, taken_back.location()), (303, "/choose-password"), "{}", taken_back.text());
        assert_ne!(ada.get("/profile").await.status, 200, "signed out");
        assert_eq!(back.choose_password(NEW_PASSWORD).await.status, 303);
        assert_eq!(server.browser().sign_in_with(ADA, NEW_PASSWORD).await.status, 303);
        server.browser().sign_in_with(NEW, PASSWORD).await.assert_refused("wrong-credentials");
        assert_eq!(server.browser().get(&link).await.status, 410, "once");
    }

    /// Fails when somebody learns who has an account, or gets an address that became somebody else's meanwhile.
    async fn an_address_that_somebody_has_is_nobodys_to_take(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member("grace@example.org", Role::Member).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        let asked = ada.post("/profile/email", &[("email", "grace@example.org")]).await;
        assert_eq!(asked.status, 303);
        assert!(server.mail().await.is_empty());
        server.clock.advance(Span::minutes(2));
        assert_eq!(ada.post("/profile/email", &[("email", NEW)]).await.location(), asked.location());
        let link = server.one_mail("Confirm your new address").await.link();
        server.member(NEW, Role::Member).await;
        assert_eq!(press(&server, &link).await.1.status, 410);
        assert_eq!(server.member_row(ADA).await.email.as_str(), ADA);
    }

    /// Fails when a form that was refused loses what was typed, or no fresh proof is asked for.
    async fn it_needs_an_address_and_a_fresh_proof(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Member).await;
        for wrong in ["", "nobody", ADA, "Ada@EXAMPLE.org"] {
            let refused = ada.post("/profile/email", &[("email", wrong)]).await;
            assert_eq!((refused.status, refused.page().value("email").as_str()), (422, wrong));
            assert!(refused.page().has("#email-error"), "{wrong}");
        }
        server.clock.advance(Span::minutes(11));
        let refused = ada.post("/profile/email", &[("email", NEW)]).await;
        assert!(refused.location().starts_with("/profile/step-up"), "{}", refused.location());
        ada.proves_it_again().await;
        assert_eq!(ada.get("/profile?saved=yes").await.page().value("email"), NEW);
        assert!(server.mail().await.is_empty());
    }
}
