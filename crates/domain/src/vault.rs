//! Encryption at rest, and the keyed hashes that need the same key file.
use crate::{Error, Result, random};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The key file's 256 bits, from which a key per use is derived.
#[derive(Clone)]
pub struct Vault([u8; 32]);

const VERSION: &str = "v1.";

impl Vault {
    /// Takes the 32 bytes of the key file.
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// Draws a new key, for a first start.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn new_key() -> Result<[u8; 32]> {
        random::bytes()
    }

    /// A keyed hash for one use: HMAC-SHA-256 (RFC 2104) under a key derived for that use alone.
    pub(crate) fn hash(&self, purpose: &str, parts: &[&[u8]]) -> String {
        let mut mac = keyed(&self.derive(purpose));
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        hex::encode(mac.finalize().into_bytes())
    }

    /// Encrypts a secret so that it opens only in the place it was sealed for, such as
    /// `authenticators/secret/<member>`.
    pub(crate) fn seal(&self, place: &str, secret: &[u8]) -> Result<String> {
        let nonce = random::bytes::<24>()?;
        let payload = Payload { msg: secret, aad: place.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(Error::internal)?;
        Ok(format!("{VERSION}{}", BASE64_STANDARD_NO_PAD.encode([&nonce[..], &sealed].concat())))
    }

    /// Decrypts what [`Vault::seal`] sealed for the same place.
    pub(crate) fn open(&self, place: &str, sealed: &str) -> Result<Vec<u8>> {
        let broken = || Error::Internal(format!("the secret in {place} can't be decrypted with this key file"));
        let text = sealed.strip_prefix(VERSION).ok_or_else(broken)?;
        let bytes = BASE64_STANDARD_NO_PAD.decode(text).map_err(|_| broken())?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<24>().ok_or_else(broken)?;
        let payload = Payload { msg: ciphertext, aad: place.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| broken())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.derive("secrets at rest").into())
    }

    fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut mac = keyed(&self.0);
        mac.update(purpose.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_in_its_own_place_and_with_its_own_key() {
        let vault = Vault::new([7; 32]);
        let sealed = vault.seal("authenticators/secret/ada", b"secret").expect("it seals");
        assert!(!sealed.contains("secret"));
        assert_eq!(vault.open("authenticators/secret/ada", &sealed).expect("it opens"), b"secret");
        assert!(vault.open("authenticators/secret/grace", &sealed).is_err());
        assert!(Vault::new([8; 32]).open("authenticators/secret/ada", &sealed).is_err());
    }

    #[test]
    fn a_damaged_secret_is_an_error_and_no_panic() {
        let vault = Vault::new([7; 32]);
        for damaged in ["", "v1.", "v1.AAAA", "v1.!!", "v9.AAAA"] {
            assert!(vault.open("somewhere", damaged).is_err(), "{damaged:?}");
        }
    }

    #[test]
    fn a_keyed_hash_depends_on_the_use_and_on_where_its_parts_end() {
        let vault = Vault::new([7; 32]);
        assert_ne!(vault.hash("a", &[b"x"]), vault.hash("b", &[b"x"]));
        assert_ne!(vault.hash("a", &[b"xy", b"z"]), vault.hash("a", &[b"x", b"yz"]));
    }
}
