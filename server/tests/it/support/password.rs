//! Passwords that are changed, and chosen by mail.
use super::{Answer, Browser, TestServer};

/// A password that every policy takes, for whoever needs another one.
pub const NEW_PASSWORD: &str = "purple anvil over lunch";
/// Passwords that every policy takes, besides the one that every member has.
pub const OTHER_PASSWORDS: [&str; 3] = [NEW_PASSWORD, "seven crates of marmalade", "the tram left without us"];

impl TestServer {
    /// A browser with the right to choose a new password for the member with this address.
    pub async fn choosing_password(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        browser.post("/forgot-password", &[("email", email)]).await;
        let link = self.one_mail("Choose a new password").await.link();
        assert_eq!(browser.post(&link, &[]).await.location(), "/choose-password");
        browser
    }
}

impl Browser {
    /// Posts the form that changes a password.
    pub async fn change_password(&mut self, current: &str, new: &str) -> Answer {
        self.post("/profile/password", &[("current", current), ("password", new)]).await
    }

    /// Changes a password, which has to be taken.
    pub async fn has_changed_password(&mut self, current: &str, new: &str) {
        let answer = self.change_password(current, new).await;
        let done = (303, "/profile/password?notice=password-changed");
        assert_eq!((answer.status, answer.location()), done, "{}", answer.text());
    }

    /// Posts the form that chooses a password by mail.
    pub async fn choose_password(&mut self, password: &str) -> Answer {
        self.post("/choose-password", &[("password", password)]).await
    }
}
