//! Whom each setting concerns, as the Security tab counts it.
use crate::support::{Browser, PASSWORD, TestServer};
use policy::{Role, time::Span};
use store::on_both;

const ADA: &str = "ada@example.org";
const EVE: &str = "eve@example.org";

/// What the tab says whom a setting concerns.
async fn affects(admin: &mut Browser, key: &str) -> String {
    let page = admin.get("/admin/settings").await.page();
    let (terms, facts) = (
        page.texts(&format!("[id='{key}-error'] ~ details dt")),
        page.texts(&format!("[id='{key}-error'] ~ details dd")),
    );
    let mut said = terms.iter().zip(facts).filter(|(term, _)| *term == "Affects").map(|(_, fact)| fact);
    said.next().expect("it is said whom it concerns")
}

on_both! {
    /// Fails when `count_sessions` counts what is over, or the page no longer says what `audience::now` does.
    async fn live_sessions_are_counted_under_what_holds_now(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(EVE, Role::Member).await;
        let mut eve = server.browser();
        eve.sign_in(EVE).await;
        server.browser().sign_in(EVE).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        assert_eq!(affects(&mut ada, "sessions.lifetime").await, "3 live sessions of 2 members");
        eve.post("/sign-out", &[]).await;
        assert_eq!(affects(&mut ada, "sessions.idle_timeout").await, "2 live sessions of 2 members");
        server.clock.advance(Span::minutes(29));
        ada.get("/admin").await;
        server.clock.advance(Span::minutes(2));
        assert_eq!(affects(&mut ada, "sessions.lifetime").await, "1 live session of 1 member", "the other one was idle");
    }

    /// Fails when *Stay signed in* counts sessions that end with the browser.
    async fn sessions_that_outlive_the_browser_are_counted_by_themselves(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        assert_eq!(affects(&mut ada, "sessions.remember_me").await, "0 live sessions kept signed in");
        let fields = [("email", ADA), ("password", PASSWORD), ("stay_signed_in", "true")];
        assert_eq!(server.browser().post("/sign-in", &fields).await.status, 303);
        assert_eq!(affects(&mut ada, "sessions.remember_me").await, "1 live session kept signed in");
    }

    /// Fails when the answer to a save no longer says whom the settings concern under what was saved.
    async fn a_save_answers_whom_the_settings_concern_from_now_on(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        let saved = ada.call_save(0, &[("sign_in.captcha", "true")]).await;
        assert_eq!(saved.status, 200, "{}", saved.body);
        assert_eq!(saved.json()["Saved"]["audience"]["sign_in.captcha"], "Whoever comes to sign in");
    }

    /// Fails when `count_live_links` counts links that were used or have lapsed, or when `link::over_before` no
    /// longer reads the settings of today.
    async fn links_that_still_work_are_counted(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(EVE, Role::Member).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        assert_eq!(affects(&mut ada, "links.password_reset").await, "0 working links out");
        server.browser().post("/forgot-password", &[("email", EVE)]).await;
        server.mail().await;
        assert_eq!(affects(&mut ada, "links.password_reset").await, "1 working link out");
        assert_eq!(affects(&mut ada, "links.verification").await, "1 working link out");
        assert_eq!(affects(&mut ada, "links.email_claim").await, "0 working links out");
        server.clock.advance(Span::minutes(10));
        ada.proves_it_again().await;
        assert_eq!(ada.save_settings(&[("links.password_reset", "5")]).await.status, 303);
        assert_eq!(affects(&mut ada, "links.password_reset").await, "0 working links out", "it ended with the change");
    }

    /// Fails when the census no longer asks who is locked, or counts a lock of one thing as one of another.
    async fn whoever_is_locked_out_is_counted_where_the_lock_comes_from(db: TestDatabase) {
        let server = TestServer::start(db).await;
        server.member(EVE, Role::Member).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        for _ in 0..5 {
            server.clock.advance(Span::seconds(31));
            server.browser().sign_in_with(EVE, "not her password").await;
        }
        assert_eq!(affects(&mut ada, "lockout.sign_in.duration").await, "2 members, 1 of them locked out");
        assert_eq!(affects(&mut ada, "lockout.two_factor.duration").await, "2 members");
    }

    /// Fails when the page no longer says that what is off concerns nobody, or whom it would concern.
    async fn what_is_off_concerns_nobody(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut ada = server.signed_in(ADA, Role::Admin).await;
        let key = "two_factor.require_admins";
        assert_eq!(affects(&mut ada, key).await, "Nobody as it stands. Otherwise 1 admin, not enrolled");
        assert_eq!(affects(&mut ada, "network.admin_allowlist_mode").await, "Nobody while “Admin IP allowlist” is empty");
        assert_eq!(affects(&mut ada, "audit.retention").await, "Nobody yet");
    }
}
