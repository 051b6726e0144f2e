//! Encryption at rest, and the keyed hashes that need the same key file.
mod carried;
mod file;
mod ring;
mod rotation;
mod sealing;

pub(crate) use carried::Carried;
pub use file::{KeyFile, KeyProblem};
pub use ring::KeyRing;
pub use rotation::KeyRotation;

use crate::{Error, Result, platform::random};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use ring::Key;
use sha2::Sha256;
use std::sync::{Arc, PoisonError, RwLock};

/// The keys of the key file, from each of which a key per use is derived.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    hash: Key,
    ring: RwLock<KeyRing>,
    file: Option<KeyFile>,
}

/// What begins with it was sealed by the one key of a file from before keys had names.
const UNNAMED: &str = "v1.";
/// Then follow the name of the key and a full stop.
const NAMED: &str = "v2.";
const SEALING: &str = "secrets at rest";

/// What begins with it was sealed by this key.
fn mark(key: Option<&str>) -> String {
    key.map_or_else(|| UNNAMED.to_owned(), |id| format!("{NAMED}{id}."))
}

impl Vault {
    /// One key without a name, as files of versions before hold it; nothing is ever read anew.
    pub fn new(key: [u8; 32]) -> Self {
        let ring = KeyRing { hash: Key::new(key), seal: Vec::new() };
        Self(Arc::new(Inner { hash: ring.hash.clone(), ring: RwLock::new(ring), file: None }))
    }

    /// The keys of a file, which is read anew when a text names a key that was not in it.
    pub fn of_file(file: KeyFile, ring: KeyRing) -> Self {
        Self(Arc::new(Inner { hash: ring.hash.clone(), ring: RwLock::new(ring), file: Some(file) }))
    }

    /// A keyed hash for one use: HMAC-SHA-256 (RFC 2104) under a key derived for that use alone.
    pub(crate) fn hash(&self, purpose: &str, parts: &[&[u8]]) -> String {
        let mut mac = keyed(&self.0.hash.derive(purpose));
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        hex::encode(mac.finalize().into_bytes())
    }

    /// Encrypts a secret so that it opens only in the place it was sealed for, such as
    /// `authenticators/secret/<member>`.
    fn seal(&self, key: Option<&str>, place: &str, secret: &[u8]) -> Result<String> {
        let nonce = random::bytes::<24>()?;
        let payload = Payload { msg: secret, aad: place.as_bytes() };
        let sealed = self.cipher(key)?.encrypt(&XNonce::from(nonce), payload).map_err(Error::internal)?;
        Ok(format!("{}{}", mark(key), BASE64_STANDARD_NO_PAD.encode([&nonce[..], &sealed].concat())))
    }

    /// Decrypts what was sealed for the same place.
    pub(crate) fn open(&self, place: &str, sealed: &str) -> Result<Vec<u8>> {
        let broken = || Error::Internal(format!("the secret in {place} can't be decrypted with this key file"));
        let (key, text) = parts_of(sealed).ok_or_else(broken)?;
        let cipher = self.cipher(key)?;
        let bytes = BASE64_STANDARD_NO_PAD.decode(text).map_err(|_| broken())?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<24>().ok_or_else(broken)?;
        let payload = Payload { msg: ciphertext, aad: place.as_bytes() };
        cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| broken())
    }

    /// Whether a text names a key that is neither here nor in the file as it is now.
    pub(crate) fn lacks_key_of(&self, sealed: &str) -> bool {
        parts_of(sealed).is_some_and(|(key, _)| self.cipher(key).is_err())
    }

    /// Keeps the keys of another ring beside those that are here: a text that was read a moment ago may still be
    /// sealed by one that has left the file since.
    fn learn(&self, ring: &KeyRing) {
        self.0.ring.write().unwrap_or_else(PoisonError::into_inner).learn(ring);
    }

    fn known(&self, key: &str) -> Option<Key> {
        self.0.ring.read().unwrap_or_else(PoisonError::into_inner).find(key).cloned()
    }

    /// The cipher of a key; one that is not known is looked for in the file as it is now.
    fn cipher(&self, key: Option<&str>) -> Result<XChaCha20Poly1305> {
        let sealing = |key: &Key| XChaCha20Poly1305::new(&key.derive(SEALING).into());
        let Some(id) = key else { return Ok(sealing(&self.0.hash)) };
        if self.known(id).is_none()
            && let Some(file) = &self.0.file
            && let Some(ring) = file.read()?
        {
            self.learn(&ring);
        }
        let key = self.known(id).ok_or_else(|| Error::Internal(format!("the key file lacks the key {id}")))?;
        Ok(sealing(&key))
    }
}

/// The name of the key that sealed a text, and what it sealed.
fn parts_of(sealed: &str) -> Option<(Option<&str>, &str)> {
    if let Some(text) = sealed.strip_prefix(UNNAMED) {
        return Some((None, text));
    }
    sealed.strip_prefix(NAMED)?.split_once('.').map(|(id, text)| (Some(id), text))
}

fn derive(key: &[u8; 32], purpose: &str) -> [u8; 32] {
    let mut mac = keyed(key);
    mac.update(purpose.as_bytes());
    mac.finalize().into_bytes().into()
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
        let sealed = vault.seal(None, "authenticators/secret/ada", b"secret").expect("it seals");
        assert!(!sealed.contains("secret"));
        assert_eq!(vault.open("authenticators/secret/ada", &sealed).expect("it opens"), b"secret");
        assert!(vault.open("authenticators/secret/grace", &sealed).is_err());
        assert!(Vault::new([8; 32]).open("authenticators/secret/ada", &sealed).is_err());
    }

    #[test]
    fn a_damaged_secret_is_an_error_and_no_panic() {
        let vault = Vault::new([7; 32]);
        for damaged in ["", "v1.", "v1.AAAA", "v1.!!", "v9.AAAA", "v2.", "v2..", "v2.AAAA", "v2.00000000.AAAA"] {
            assert!(vault.open("somewhere", damaged).is_err(), "{damaged:?}");
        }
    }

    /// Fails when what versions before have sealed no longer opens. The text was made apart from this code,
    /// by `HChaCha20` (draft-irtf-cfrg-xchacha) and the ChaCha20-Poly1305 of RFC 8439.
    #[test]
    fn a_secret_from_before_keys_had_names_opens() {
        let sealed = "v1.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXHii+A9bLmOk/+ETxizGGMAOe35FNrA";
        assert_eq!(Vault::new([7; 32]).open("authenticators/secret/ada", sealed).expect("it opens"), b"secret");
    }

    /// Fails when `cipher` takes a key by anything but its name, reads no file, or forgets a key that left the file.
    #[test]
    fn a_key_is_found_by_its_name_and_in_a_file_that_was_replaced_meanwhile() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let file = KeyFile::new(&dir.path().join("secret.key"));
        let first = KeyRing::draw().expect("there is randomness");
        file.make(&first).expect("it is made");
        let vault = Vault::of_file(file.clone(), first.clone());
        let before = vault.seal(first.newest().as_deref(), "here", b"before").expect("it seals");
        let second = first.with_a_new_key().expect("there is randomness").without_older();
        let id = second.newest().expect("it has one");
        let missing = vault.seal(Some(&id), "here", b"after").expect_err("it is not there yet").to_string();
        assert_eq!(missing, format!("the key file lacks the key {id}"));
        file.replace(&second).expect("it is replaced");
        let after = vault.seal(Some(&id), "here", b"after").expect("it is there now");
        assert!(after.starts_with(&format!("v2.{id}.")), "{after}");
        assert_eq!(vault.open("here", &after).expect("it opens"), b"after");
        assert_eq!(vault.open("here", &before).expect("it still opens"), b"before");
        let restarted = Vault::of_file(file, second);
        assert!(restarted.lacks_key_of(&before) && !restarted.lacks_key_of(&after));
        assert!(restarted.open("here", &after.replacen(&id, &first.newest().unwrap_or_default(), 1)).is_err());
    }

    #[test]
    fn a_keyed_hash_depends_on_the_use_and_on_where_its_parts_end() {
        let vault = Vault::new([7; 32]);
        assert_ne!(vault.hash("a", &[b"x"]), vault.hash("b", &[b"x"]));
        assert_ne!(vault.hash("a", &[b"xy", b"z"]), vault.hash("a", &[b"x", b"yz"]));
    }
}
