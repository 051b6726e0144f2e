//! Passwords: judged by the policy, hashed with argon2id, changed.
mod blocklist;
mod breach_lookups;
mod breach_service;
mod change;
mod hasher;
mod reset;

pub(crate) use blocklist::EDITION as BLOCKLIST_EDITION;
pub use blocklist::blocked_range;
pub(crate) use breach_lookups::BreachLookups;
pub use breach_service::BreachServiceCheck;
pub use change::PasswordState;
pub use hasher::Hasher;
pub(crate) use hasher::{Turn, Urgency};
pub use reset::Granted;

use crate::Result;
use policy::{
    Settings,
    decide::password::{self, Owner, PasswordProblem},
};
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;

/// Brings a password to the form that is hashed: NFC (NIST SP 800-63B-4 §3.1.1.2).
fn normalised(password: &SecretString) -> SecretString {
    SecretString::from(password.expose_secret().nfc().collect::<String>())
}

/// The most that is looked at, in bytes: normalising more would be work for nothing.
const MAX_BYTES: usize = 4_096;

/// Whether a text is short enough to be hashed at all: in its normal form, as it is hashed.
pub fn is_hashable(password: &SecretString) -> bool {
    password.expose_secret().len() <= MAX_BYTES && password.expose_secret().nfc().count() <= password::MAX_LENGTH
}

/// Judges a password, whole and in its normal form, by what is known here. Looking for whatever an attacker would guess
/// first can be a second's work, so it waits in the queue of the hasher.
///
/// # Errors
/// [`policy::Refusal::Busy`] when it would wait too long. The verdict itself says what is wrong.
pub(crate) async fn judge(
    hasher: &Hasher,
    settings: &Settings,
    typed: &SecretString,
    Owner { name, email }: Owner<'_>,
) -> Result<std::result::Result<(), PasswordProblem>> {
    if typed.expose_secret().len() > MAX_BYTES {
        return Ok(Err(PasswordProblem::TooLong));
    }
    let (policy, typed) = (settings.passwords.policy, normalised(typed));
    let (name, email): (String, String) = (name.nfc().collect(), email.nfc().collect());
    let judge = move || {
        let (text, owner) = (typed.expose_secret(), Owner { name: &name, email: &email });
        password::judge(policy, text, owner, || blocklist::holds(text), || password::estimate(text, owner))
    };
    hasher.run(judge).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    #[tokio::test]
    async fn a_password_is_judged_in_its_normal_form_and_one_that_is_too_long_not_at_all() {
        let settings = Settings::default();
        let hasher = Hasher::new(1, std::time::Duration::from_secs(5)).expect("threads");
        let judged =
            async |text: &str| judge(&hasher, &settings, &secret(text), Owner::default()).await.expect("it computes");
        assert!(judged(&"u\u{308}".repeat(11)).await.is_err(), "eleven characters, however they are written");
        assert_eq!(judged(&"x".repeat(5_000)).await, Err(PasswordProblem::TooLong));
        assert_eq!(judged("Password1234").await, Err(PasswordProblem::Blocked));
        assert_eq!(judged("correct horse battery staple").await, Ok(()));
        // Whoever has typed their name on another system than the password.
        let rene = Owner { name: "Rene\u{301} Coty", email: "rene@example.org" };
        let found = judge(&hasher, &settings, &secret("un été avec ren\u{e9} ici"), rene).await.expect("it computes");
        assert_eq!(found, Err(PasswordProblem::HoldsOwn("Ren\u{e9}".to_owned())));
    }
}
