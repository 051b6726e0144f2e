//! Says how soon a password would be guessed, by the very code with which the server judges it. It runs in a
//! browser's worker: what is typed leaves the page for nowhere, and its word lists are loaded only by
//! whoever chooses a password.

use policy::decide::password::{Owner, estimate};
use wasm_bindgen::prelude::wasm_bindgen;

/// How many guesses an attacker would need, as a power of ten, for a password in its normal form (NFC).
#[wasm_bindgen]
pub fn guesses(password: &str, name: &str, email: &str) -> f64 {
    estimate(password, Owner { name, email })
}

#[cfg(test)]
mod tests {
    use super::guesses;

    #[test]
    fn what_everybody_uses_or_is_called_is_guessed_soon() {
        assert!(guesses("password1234", "", "") < 6.0);
        assert!(guesses("correct horse battery staple", "", "") > 10.0);
        assert!(guesses("lovelace", "Ada Lovelace", "ada@example.org") < guesses("lovelace", "", ""));
    }
}
