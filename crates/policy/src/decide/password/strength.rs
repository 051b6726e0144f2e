//! How long an attacker would guess: zxcvbn, with its lists of the most used passwords, words and
//! names, keyboard runs, repeats and dates.
use super::Owner;

/// How many guesses an attacker would need, as a power of ten.
pub fn estimate(password: &str, owner: Owner<'_>) -> f64 {
    let own: Vec<_> = owner.parts().collect();
    zxcvbn::zxcvbn(password, &own).guesses_log10()
}
