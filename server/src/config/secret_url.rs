//! A URL that may hold a password.
use secrecy::{ExposeSecret, SecretString};

/// A URL that may hold a password and so never shows itself, and where it stands.
#[derive(Debug, Clone)]
pub struct SecretUrl {
    url: SecretString,
    source: String,
}

impl SecretUrl {
    /// A URL that stands there.
    pub(super) fn new(url: String, source: String) -> Self {
        Self { url: url.into(), source }
    }

    /// Returns the whole URL.
    pub fn expose(&self) -> &str {
        self.url.expose_secret()
    }

    /// Returns where it stands, for messages.
    pub fn source(&self) -> &str {
        &self.source
    }
}
