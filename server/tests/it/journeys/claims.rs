//! Claiming an account that was made for somebody.
use crate::support::{Answer, Browser, NEW_PASSWORD, TestServer};
use domain::members::NewMember;
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";

/// A server on which an account without a password waits for Ada.
async fn with_account(db: store::testing::TestDatabase, changes: &[(&str, &str)]) -> (TestServer, Browser) {
    let (server, boss) = TestServer::with_settings(db, changes).await;
    let new = NewMember { name: "Ada", email: ADA, password: None, role: Role::Member, confirmed: true };
    server.create(new).await;
    (server, boss)
}

async fn claim(browser: &mut Browser, email: &str) -> Answer {
    browser.post("/claim-account", &[("email", email)]).await
}

on_both! {
    /// Fails when `Links::look_at` uses the link up, or `Links::redeem` no longer gives the right to choose a password for a
    /// claim.
    async fn the_holder_of_the_address_confirms_and_chooses_a_password(db: TestDatabase) {
        let (server, _) = with_account(db, &[("sign_in.captcha", "false"), ("sessions.lifetime", "600")]).await;
        let mut browser = server.browser();
        assert!(claim(&mut browser, ADA).await.text().contains("a mail with a link is on its way"));
        let link = server.one_mail("Somebody claims your account").await.link();
        assert!(browser.get(&link).await.text().contains("This confirms that the account of ada@example.org is yours"));
        assert_eq!(browser.post(&link, &[]).await.location(), "/choose-password");
        assert_eq!(browser.post("/choose-password", &[("password", NEW_PASSWORD)]).await.status, 303);
        assert_eq!(browser.sign_in_with(ADA, NEW_PASSWORD).await.location(), "/");
    }

    /// Fails when `Members::claim_account` no longer reserves a try, or the budget of claims is not that of the settings.
    async fn claims_that_nobody_confirms_are_locked_and_signing_in_is_not(db: TestDatabase) {
        let changes = [("lockout.claim.max_attempts", "2"), ("lockout.claim.window", "5"), ("lockout.claim.duration", "30")];
        let (server, mut boss) = with_account(db, &changes).await;
        let mut browser = server.browser();
        assert_eq!(claim(&mut browser, ADA).await.status, 200);
        assert_eq!(server.mail().await.len(), 1);
        server.clock.advance(Span::minutes(5));
        assert_eq!(claim(&mut browser, ADA).await.status, 200, "the first one is outside of the window");
        assert_eq!(claim(&mut browser, ADA).await.status, 200);
        let page = claim(&mut browser, ADA).await;
        assert_eq!(page.status, 429);
        assert!(page.text().contains("This address was claimed too often") && page.text().contains("in 30 minutes"), "{}", page.text());
        assert!(boss.get("/admin/lockouts").await.text().contains("Claiming the account is locked"));
        assert_eq!(browser.sign_in_with(ADA, "x").await.status, 422, "signing in is not locked");
        let mails = server.mail().await;
        assert_eq!(mails.len(), 1, "the third claim came too soon after the second for another mail");
        server.clock.advance(Span::minutes(30));
        assert_eq!(claim(&mut browser, ADA).await.status, 200);
        let link = server.one_mail("Somebody claims your account").await.link();
        assert_eq!(browser.post(&link, &[]).await.status, 303);
        for _ in 0..2 {
            assert_eq!(claim(&mut browser, ADA).await.status, 200, "confirming it cleared the count");
        }
    }

    /// Fails when `Members::claim_account` counts only claims to addresses that somebody has, or answers others otherwise.
    async fn an_address_that_nobody_has_counts_and_looks_the_same(db: TestDatabase) {
        let (server, _) = with_account(db, &[("lockout.claim.max_attempts", "2"), ("sessions.lifetime", "600")]).await;
        let mut pages = Vec::new();
        for email in [ADA, "eve@example.org"] {
            let mut browser = server.browser();
            let mut seen = Vec::new();
            for _ in 0..3 {
                let page = claim(&mut browser, email).await;
                seen.push((page.status, page.text().replace(email, "…")));
            }
            pages.push(seen);
        }
        assert_eq!(pages[0], pages[1]);
    }

    /// Fails when `Links::find_live` no longer asks `link::works` about a claim, or `LinkPurpose::lifetime` no longer names
    /// `links.email_claim`.
    async fn the_link_lapses_by_its_setting(db: TestDatabase) {
        let (server, mut boss) = with_account(db, &[("links.email_claim", "10")]).await;
        let mut browser = server.browser();
        claim(&mut browser, ADA).await;
        let link = server.one_mail("Somebody claims your account").await.link();
        server.clock.advance(Span::seconds(599));
        assert_eq!(browser.get(&link).await.status, 200);
        assert_eq!(boss.save_settings(&[("links.email_claim", "9")]).await.status, 303);
        assert_eq!(browser.get(&link).await.status, 410, "a shorter one acts at once");
        assert_eq!(boss.save_settings(&[("links.email_claim", "60")]).await.status, 303);
        assert_eq!(browser.get(&link).await.status, 200);
        server.clock.advance(Span::seconds(1));
        assert_eq!(browser.get(&link).await.status, 410, "a longer one brings nothing back");
    }

    /// Fails when `Members::claim_account` no longer calls `Captchas::judge_ask_for_mail`.
    async fn with_captchas_a_claim_brings_a_solution(db: TestDatabase) {
        let (server, _) = with_account(db, &[("sign_in.captcha", "true")]).await;
        let mut browser = server.browser();
        let page = claim(&mut browser, ADA).await;
        assert_eq!(page.status, 422);
        let answer = page.page().solved_captcha();
        let page = browser.post("/claim-account", &[("email", ADA), ("altcha", &answer)]).await;
        assert!(page.text().contains("a mail with a link is on its way"));
    }
}
