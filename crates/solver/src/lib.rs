//! Solves the captcha's proof of work (ALTCHA protocol 2, PBKDF2 with SHA-256) in a browser's worker. It
//! needs no secure context, unlike the browser's own PBKDF2, and keeps to what the worker hands it: the
//! worker speaks the protocol, and the server judges.

use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;
use wasm_bindgen::prelude::wasm_bindgen;

/// The longest key that is derived, in bytes.
const LONGEST_KEY: u32 = 64;

/// A search for the counter whose key begins as the challenge says.
#[wasm_bindgen]
#[derive(Debug, Clone)]
pub struct Search {
    /// The nonce of the challenge, followed by the counter as four bytes, highest first.
    password: Vec<u8>,
    salt: Vec<u8>,
    prefix: Vec<u8>,
    rounds: u32,
    key: Vec<u8>,
    counter: u32,
    step: u32,
}

#[wasm_bindgen]
impl Search {
    /// Begins a search among the counters `start`, `start + step`, `start + 2 * step` and so on. Nonce, salt
    /// and prefix are hexadecimal; `None` when one of them is not, or when the numbers make no search.
    pub fn begin(
        nonce: &str,
        salt: &str,
        prefix: &str,
        rounds: u32,
        key_length: u32,
        start: u32,
        step: u32,
    ) -> Option<Self> {
        if rounds == 0 || step == 0 || key_length == 0 || key_length > LONGEST_KEY {
            return None;
        }
        let mut password = hex::decode(nonce).ok()?;
        password.extend([0; 4]);
        let (salt, prefix) = (hex::decode(salt).ok()?, hex::decode(prefix).ok()?);
        Some(Self { password, salt, prefix, rounds, key: vec![0; key_length as usize], counter: start, step })
    }

    /// Looks at so many counters; the derived key, in hexadecimal, once it is found. Nothing follows the
    /// greatest counter.
    pub fn look(&mut self, at: u32) -> Option<String> {
        for _ in 0..at {
            let (_, counter) = self.password.split_last_chunk_mut::<4>()?;
            *counter = self.counter.to_be_bytes();
            pbkdf2_hmac::<Sha256>(&self.password, &self.salt, self.rounds, &mut self.key);
            if self.key.starts_with(&self.prefix) {
                return Some(hex::encode(&self.key));
            }
            self.counter = self.counter.checked_add(self.step)?;
        }
        None
    }

    /// The counter that is looked at next, or that was found.
    #[wasm_bindgen(getter)]
    pub fn counter(&self) -> u32 {
        self.counter
    }
}

#[cfg(test)]
mod tests {
    use super::Search;
    use altcha::{
        Challenge, CreateChallengeOptions, Solution, VerifySolutionOptions, create_challenge, verify_solution,
    };

    fn challenge(counter: u32) -> Challenge {
        let options = CreateChallengeOptions {
            algorithm: "PBKDF2/SHA-256".to_owned(),
            cost: 10,
            counter: Some(counter),
            hmac_signature_secret: Some("secret".to_owned()),
            ..CreateChallengeOptions::default()
        };
        create_challenge(options).expect("a challenge")
    }

    fn search(challenge: &Challenge, start: u32, step: u32) -> Search {
        let of = &challenge.parameters;
        let (rounds, length) = (of.cost, u32::try_from(of.key_length).expect("a short key"));
        Search::begin(&of.nonce, &of.salt, &of.key_prefix, rounds, length, start, step).expect("a search")
    }

    #[test]
    fn the_reference_accepts_what_was_found() {
        let challenge = challenge(77);
        let mut search = search(&challenge, 0, 1);
        assert_eq!(search.look(77), None, "it is the 78th");
        let derived_key = search.look(1).expect("it is found");
        assert_eq!(search.counter(), 77);
        let solution = Solution { counter: 77, derived_key, time: None };
        let verified = verify_solution(VerifySolutionOptions::new(&challenge, &solution, "secret".to_owned()));
        assert!(verified.expect("it is well-formed").verified);
    }

    #[test]
    fn several_workers_share_the_counters() {
        let challenge = challenge(77);
        let found: Vec<_> = (0..4).map(|start| search(&challenge, start, 4).look(20).is_some()).collect();
        assert_eq!(found, [false, true, false, false]);
    }

    #[test]
    fn what_is_no_challenge_begins_no_search() {
        let begins = |nonce, salt, prefix, rounds, length, step| {
            Search::begin(nonce, salt, prefix, rounds, length, 0, step).is_some()
        };
        assert!(begins("00", "00", "00", 1, 32, 1));
        assert!(!begins("0", "00", "00", 1, 32, 1));
        assert!(!begins("00", "zz", "00", 1, 32, 1));
        assert!(!begins("00", "00", "0", 1, 32, 1));
        assert!(!begins("00", "00", "00", 0, 32, 1));
        assert!(!begins("00", "00", "00", 1, 0, 1));
        assert!(!begins("00", "00", "00", 1, 65, 1));
        assert!(!begins("00", "00", "00", 1, 32, 0));
    }

    #[test]
    fn after_the_greatest_counter_there_is_nothing() {
        let mut search = Search::begin("00", "00", "ffffffffffff", 1, 32, u32::MAX - 1, 1).expect("a search");
        assert_eq!(search.look(10), None);
        assert_eq!(search.counter(), u32::MAX);
    }
}
