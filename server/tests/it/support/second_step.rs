//! The second step, and the authenticator apps that pass it.
use super::{Answer, Browser, TestServer, code_at};
use policy::time::Span;

/// Where the second step is taken.
pub const SECOND_STEP: &str = "/sign-in/second-step";

impl TestServer {
    /// Sets up an authenticator app; answers its secret and the recovery codes.
    pub async fn enrol_app(&self, browser: &mut Browser) -> (String, Vec<String>) {
        let begun = browser.post("/profile/two-factor/authenticator", &[]).await;
        assert_eq!(begun.location(), "/profile/two-factor", "{}", begun.text());
        let page = browser.get("/profile/two-factor").await;
        assert!(page.page().has("[role=img]"), "there is a QR code");
        let secret = shown_secret(&page);
        let code = code_at(&secret, self.clock.now());
        let done = browser.post("/profile/two-factor/authenticator/confirm", &[("code", &code)]).await;
        assert_eq!(done.status, 200, "{}", done.text());
        (secret, done.page().texts("[data-testid=recovery-codes] code"))
    }

    /// A browser in which somebody with a second factor has typed their password and not yet passed the second step.
    pub async fn pending_sign_in(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        assert_eq!(browser.sign_in(email).await.location(), SECOND_STEP);
        browser
    }

    /// Somebody who has no app so far sets one up, loses it, and asks an admin to remove it.
    pub async fn needs_help(&self, email: &str) {
        let mut browser = self.sign_in(email).await;
        self.enrol_app(&mut browser).await;
        self.needs_help_of(email).await;
    }

    /// Somebody with an app asks an admin to remove it.
    pub async fn needs_help_of(&self, email: &str) {
        let asked = self.pending_sign_in(email).await.post("/sign-in/second-step/help", &[]).await;
        assert_eq!(asked.status, 303, "{}", asked.text());
    }

    /// Types a hundred wrong codes for a member, in the two days and more that it takes while twenty a minute are looked
    /// at; answers the browser of the last of them.
    pub async fn guess_a_hundred_codes(&self, email: &str) -> Browser {
        for _ in 0..2 {
            self.guess_codes(email, 40).await;
            self.clock.advance(Span::days(1));
        }
        self.guess_codes(email, 20).await
    }

    async fn guess_codes(&self, email: &str, codes: u32) -> Browser {
        let mut between = self.pending_sign_in(email).await;
        for n in 0..codes {
            if n == 20 {
                self.clock.advance(Span::minutes(1));
            }
            assert_eq!(between.post(SECOND_STEP, &[("code", "000000")]).await.status, 422);
        }
        between
    }
}

/// The secret on the page that sets an app up, which is shown in groups.
pub fn shown_secret(page: &Answer) -> String {
    page.page().text_of("[data-testid=totp-secret]").split_whitespace().collect()
}
