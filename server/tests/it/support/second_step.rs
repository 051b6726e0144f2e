//! The second step, and the authenticator apps that pass it.
use super::{Answer, Browser, TestServer, code_at};

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
}

/// The secret on the page that sets an app up, which is shown in groups.
pub fn shown_secret(page: &Answer) -> String {
    page.page().text_of("[data-testid=totp-secret]").split_whitespace().collect()
}
