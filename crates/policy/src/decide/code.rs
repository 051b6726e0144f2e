//! Codes that people type to prove who they are: what each kind looks like. A text that can't be one is no try;
//! it is refused before anything is counted or looked up, so the answer tells nothing about any account.
use super::email_code;
use crate::pasted::as_it_reads;
use serde::{Deserialize, Serialize};

/// The kinds of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A code of the authenticator app.
    Authenticator,
    /// A code that was sent by e-mail.
    Emailed,
    /// A recovery code.
    Recovery,
}

/// How many digits a code of the authenticator app has.
const APP_DIGITS: usize = 6;

/// How many characters a recovery code has: 80 bits in base32.
const RECOVERY_LENGTH: usize = 16;

/// Whether somebody may put this between the groups of a code, as it reads.
const fn sets_apart(c: char) -> bool {
    c.is_ascii_whitespace() || c == '-'
}

impl Code {
    /// What it is called in the audit log.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Authenticator => "authenticator app",
            Self::Emailed => "e-mailed code",
            Self::Recovery => "recovery code",
        }
    }

    /// What is said of a wrong one; what helps is another matter, and differs while no more are taken.
    pub const fn wrong(self) -> &'static str {
        match self {
            Self::Authenticator => "That code is not right, or it was used before.",
            Self::Emailed => "That code is not right, or it no longer works.",
            Self::Recovery => "That is none of your recovery codes, or it was used before: each works once.",
        }
    }

    /// Reads a code however its groups are set apart, in the form in which it is compared.
    ///
    /// # Errors
    /// The words beside the field when nothing was typed, or what no code of this kind looks like.
    pub fn read(self, typed: &str) -> Result<String, String> {
        let typed = as_it_reads(typed).map_err(|hidden| hidden.to_string())?;
        self.read_visible(&typed).map_err(str::to_owned)
    }

    fn read_visible(self, typed: &str) -> Result<String, &'static str> {
        let code: String = typed.chars().filter(|c| !sets_apart(*c)).map(|c| c.to_ascii_lowercase()).collect();
        if code.is_empty() {
            return Err(match self {
                Self::Authenticator => "Enter the code that your authenticator app shows.",
                Self::Emailed => "Enter the code from the mail.",
                Self::Recovery => "Enter one of your recovery codes.",
            });
        }
        let digits = |many: usize| code.len() == many && code.bytes().all(|b| b.is_ascii_digit());
        let fits = match self {
            Self::Authenticator => digits(APP_DIGITS),
            Self::Emailed => u32::try_from(code.len()) == Ok(email_code::DIGITS) && digits(code.len()),
            Self::Recovery => {
                code.len() == RECOVERY_LENGTH && code.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
            }
        };
        if fits {
            return Ok(code);
        }
        Err(match self {
            Self::Authenticator => "The app's code has six digits and nothing else. Type the one that it shows now.",
            Self::Emailed => "The code in the mail has eight digits and nothing else.",
            Self::Recovery => {
                "A recovery code has sixteen characters in four groups: letters, and the digits 2 to 7. Look at it once more."
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_the_same_however_its_groups_are_set_apart() {
        for typed in ["081804", " 081 804 ", "081-804", "081\u{2013}804", "0 8 1\u{a0}8 0 4"] {
            assert_eq!(Code::Authenticator.read(typed).as_deref(), Ok("081804"), "{typed}");
        }
        for typed in [
            "０８１８０４",
            "\u{660}\u{668}\u{661}\u{668}\u{660}\u{664}",
            "\u{feff}081\u{200b}804\u{200f}",
            "081\u{2009}804",
        ] {
            assert_eq!(Code::Authenticator.read(typed).as_deref(), Ok("081804"), "{typed:?}");
        }
        assert!(Code::Authenticator.read("081804\u{0}").is_err_and(|words| words.contains("U+0000 after “081804”")));
        assert_eq!(Code::Emailed.read("1234 5678").as_deref(), Ok("12345678"));
        for typed in [" ABCD efgh-IJKL mn23", "abcdefghijklmn23", "abcd\u{2011}efgh\u{2011}ijkl\u{2011}mn23"] {
            assert_eq!(Code::Recovery.read(typed).as_deref(), Ok("abcdefghijklmn23"), "{typed}");
        }
    }

    #[test]
    fn what_is_blank_asks_for_the_code() {
        for kind in [Code::Authenticator, Code::Emailed, Code::Recovery] {
            for typed in ["", "  ", " - "] {
                assert!(kind.read(typed).is_err_and(|words| words.starts_with("Enter ")), "{kind:?} {typed:?}");
            }
        }
    }

    #[test]
    fn what_no_code_looks_like_is_none() {
        for typed in ["12345", "1234567", "abc", "12345a", "12.345", "08180é"] {
            assert!(Code::Authenticator.read(typed).is_err_and(|words| words.contains("six digits")), "{typed}");
        }
        for typed in ["1234567", "123456", "123456789", "1234567x"] {
            assert!(Code::Emailed.read(typed).is_err_and(|words| words.contains("eight digits")), "{typed}");
        }
        for typed in ["abcd-efgh-ijkl", "abcd-efgh-ijkl-mn01", "abcd-efgh-ijkl-mnöp", "081804"] {
            assert!(Code::Recovery.read(typed).is_err_and(|words| words.contains("four groups")), "{typed}");
        }
    }
}
