//! A sign-in that nobody has looked at, since too many sign in: its page brings it back by itself. The password goes with
//! it sealed, for this address and this browser and for about as long as the page waits, so that no page holds one.
use crate::{Client, Result, bailey::SignIn};
use policy::{decide::hashing, time::Span};
use secrecy::{ExposeSecret, SecretString};

/// How much longer it may take than the page waits.
const LEEWAY: Span = Span::minutes(1);

/// For what a password is sealed.
fn place(email: &str, client: &Client) -> String {
    format!("sign-in again/{}/{email}", client.browser.as_deref().unwrap_or_default())
}

impl SignIn<'_> {
    /// Seals a password that was not looked at, for the page that tries again after so many seconds; `None` where that is
    /// too long for a page to do by itself.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn seal_for_again(
        self,
        email: &str,
        password: &SecretString,
        client: &Client,
        retry_after: u32,
    ) -> Result<Option<String>> {
        if !hashing::tries_again(retry_after) {
            return Ok(None);
        }
        let until = self.0.now() + Span::seconds(retry_after) + LEEWAY;
        let password = password.expose_secret().as_bytes();
        self.0.vault().seal_for_browser(&place(email, client), until, password).map(Some)
    }

    /// Opens what the page of the same browser brings back for the same address; `None` when it has lapsed, and for any
    /// other text.
    pub fn open_again(self, email: &str, sealed: &str, client: &Client) -> Option<SecretString> {
        let carried = self.0.vault().open_from_browser(&place(email, client), sealed)?;
        let text = String::from_utf8(carried.state).ok().filter(|_| self.0.now() < carried.until)?;
        Some(SecretString::from(text))
    }
}
