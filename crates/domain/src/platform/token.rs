//! Bearer secrets: 256 random bits, shown once, stored only as a hash.
use crate::{Result, platform::random};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A bearer secret in its text form: 43 characters of base64url.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Draws a new one.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn new() -> Result<Self> {
        Ok(Self(BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<32>()?)))
    }

    /// Takes a text that a browser sent; whether it is any good shows when it is looked up.
    pub fn from_browser(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text, for the one response that hands it out.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The hash under which it is stored.
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_256_bits_and_never_shows_itself() {
        let token = Token::new().expect("the system has randomness");
        assert_eq!(BASE64_URL_SAFE_NO_PAD.decode(token.expose()).map(|bytes| bytes.len()), Ok(32));
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert_ne!(token, Token::new().expect("the system has randomness"));
        assert!(!token.hash().contains(token.expose()));
    }
}
