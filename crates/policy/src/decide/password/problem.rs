//! Why a password can't be chosen, and what helps.
use super::MAX_LENGTH;
use crate::{SettingKey, words};
use std::fmt;

/// The most of a name or an address that is shown, in characters.
const SHOWN: usize = 60;

/// Why a password can't be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordProblem {
    /// It has too few characters.
    TooShort {
        /// The least number of characters.
        min: usize,
        /// How many more it needs.
        missing: usize,
    },
    /// It has too many characters.
    TooLong,
    /// It contains this part of its owner's name or address.
    HoldsOwn(String),
    /// It stands on the blocklist that is part of Bailey.
    Blocked,
    /// The breach service knows it.
    Breached {
        /// How often it stands in leaked data.
        times: u64,
    },
    /// It is one of the most used ones, or guessed as soon.
    MostUsed,
    /// A machine guesses it too soon for the policy *Strong*.
    Guessable,
}

impl PasswordProblem {
    /// The setting that decided; `None` where it is refused whatever the settings are.
    pub const fn setting(&self) -> Option<SettingKey> {
        match self {
            Self::TooLong | Self::Blocked => None,
            Self::Breached { .. } => Some(SettingKey::PASSWORDS_BREACH_CHECK),
            Self::TooShort { .. } | Self::HoldsOwn(_) | Self::MostUsed | Self::Guessable => {
                Some(SettingKey::PASSWORDS_POLICY)
            }
        }
    }

    /// What is wrong and what helps, with the setting that decided.
    pub fn in_words(&self) -> String {
        match self.setting().and_then(SettingKey::setting) {
            Some(by) => format!("{self} Decided by the setting “{}”.", by.label),
            None => self.to_string(),
        }
    }
}

impl fmt::Display for PasswordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |n: u64, noun| words::count(i64::try_from(n).unwrap_or(i64::MAX), noun);
        match self {
            Self::TooShort { min, missing } => write!(
                f,
                "Use at least {min} characters; {} to go. A few words in a row are easy to remember.",
                count(u64::try_from(*missing).unwrap_or(u64::MAX), "character")
            ),
            Self::TooLong => write!(f, "Use at most {MAX_LENGTH} characters."),
            Self::HoldsOwn(part) => {
                let shown: String = part.chars().take(SHOWN).collect();
                write!(f, "Leave “{shown}” out of it: your name and your address are what an attacker tries first.")
            }
            Self::Blocked => f.write_str(
                "This password is on a list of used passwords, which an attacker goes through first. Use a few words that have nothing to do with each other.",
            ),
            Self::Breached { times } => write!(
                f,
                "This password is on a list of used passwords: it was found {} in leaked data. Use a few words that have nothing to do with each other.",
                count(*times, "time")
            ),
            Self::MostUsed => f.write_str(
                "This is one of the most used passwords, or as easy to guess. Use a few words that have nothing to do with each other.",
            ),
            Self::Guessable => f.write_str(
                "A machine would guess this in a few hours. Add another word or two that have nothing to do with the rest.",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PasswordProblem;

    #[test]
    fn only_the_service_says_how_often_a_password_was_found_and_names_its_setting() {
        let found = PasswordProblem::Breached { times: 1_203 }.in_words().replace('\u{a0}', " ");
        assert!(found.contains("found 1 203 times in leaked data"), "{found}");
        assert!(found.ends_with("Decided by the setting “Breached passwords”."), "{found}");
        let once = PasswordProblem::Breached { times: 1 }.to_string().replace('\u{a0}', " ");
        assert!(once.contains("found 1 time in"), "{once}");
        let blocked = PasswordProblem::Blocked.in_words();
        assert!(blocked.contains("on a list of used passwords") && !blocked.contains("Decided by"), "{blocked}");
    }

    #[test]
    fn a_long_part_of_a_name_is_shown_shortened() {
        let words = PasswordProblem::HoldsOwn("x".repeat(5_000)).to_string();
        assert!(words.len() < 200, "{words}");
    }
}
