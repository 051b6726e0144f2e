//! What a browser carries for Bailey, so that nothing is stored meanwhile: sealed for one purpose and until an instant.
use super::Vault;
use crate::{Error, Result, platform::random};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use policy::Timestamp;

/// The use of the key: no secret at rest is sealed by it.
const CARRIED: &str = "state that browsers carry";

/// What a browser has brought back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Carried {
    /// Until when it serves.
    pub until: Timestamp,
    /// What was sealed.
    pub state: Vec<u8>,
}

/// What is bound to the sealed text without standing in it.
fn bound(purpose: &str, until: Timestamp) -> Vec<u8> {
    format!("{}/{purpose}", until.0).into_bytes()
}

impl Vault {
    fn carrying(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.hash.derive(CARRIED).into())
    }

    /// Seals a state for the browser that is to bring it back, for one purpose and until an instant. Every node opens it.
    pub(crate) fn seal_for_browser(&self, purpose: &str, until: Timestamp, state: &[u8]) -> Result<String> {
        let nonce = random::bytes::<24>()?;
        let payload = Payload { msg: state, aad: &bound(purpose, until) };
        let sealed = self.carrying().encrypt(&XNonce::from(nonce), payload).map_err(Error::internal)?;
        Ok(format!("{}.{}", until.0, BASE64_URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat())))
    }

    /// Opens what was sealed for the same purpose; `None` for anything else. Whether it still serves is for the caller.
    pub(crate) fn open_from_browser(&self, purpose: &str, brought: &str) -> Option<Carried> {
        let (until, sealed) = brought.split_once('.')?;
        let until = Timestamp(until.parse().ok()?);
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, ciphertext) = bytes.split_first_chunk::<24>()?;
        let payload = Payload { msg: ciphertext, aad: &bound(purpose, until) };
        let state = self.carrying().decrypt(&XNonce::from(*nonce), payload).ok()?;
        Some(Carried { until, state })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when `bound` leaves the purpose or the instant out, or `CARRIED` is what secrets at rest are sealed by.
    #[test]
    fn what_is_carried_opens_for_its_purpose_and_its_instant_alone() {
        let vault = Vault::new([7; 32]);
        let until = Timestamp(1_000);
        let sealed = vault.seal_for_browser("sign-in", until, b"state").expect("it seals");
        let opened = vault.open_from_browser("sign-in", &sealed);
        assert_eq!(opened, Some(Carried { until, state: b"state".to_vec() }));
        assert_eq!(vault.open_from_browser("step-up", &sealed), None);
        assert_eq!(vault.open_from_browser("sign-in", &sealed.replacen("1000", "1001", 1)), None);
        assert_eq!(Vault::new([8; 32]).open_from_browser("sign-in", &sealed), None);
        let at_rest = vault.seal(None, "1000/sign-in", b"state").expect("it seals");
        assert_eq!(vault.open_from_browser("sign-in", &at_rest.replacen("v1", "1000", 1)), None);
        for nonsense in ["", ".", "1000", "1000.", "x.AAAA", "1000.%"] {
            assert_eq!(vault.open_from_browser("sign-in", nonsense), None, "{nonsense}");
        }
    }
}
