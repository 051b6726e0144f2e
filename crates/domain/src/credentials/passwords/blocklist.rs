//! The passwords that no new one may be (NIST SP 800-63B-4 §3.1.1.2; ASVS 5.0, 6.2.4 and 6.2.12): a list that is part of
//! the program, made by `scripts/blocklist`. It holds the first eight bytes of the SHA-256 of each in lower case, sorted.
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The name of the list, which changes with it, so that whoever signs in is judged by a new one.
pub static EDITION: LazyLock<String> = LazyLock::new(|| hex::encode(Sha256::digest(HASHES)));

const HASHES: &[u8] = include_bytes!("blocklist.bin");
/// Of so many hexadecimal digits is what a page asks for: some twenty passwords begin so, of which it tells no more.
const PREFIX: usize = 3;

/// The first bytes of a hash.
type Start = [u8; 8];

fn list() -> &'static [Start] {
    HASHES.as_chunks().0
}

/// Whether a password, in its normal form, is on the list. Its case counts for nothing, as for whoever guesses.
pub fn holds(password: &str) -> bool {
    let hash = Sha256::digest(password.to_lowercase());
    hash.first_chunk::<8>().is_some_and(|start| list().binary_search(start).is_ok())
}

/// The hashes on the list that begin with these three hexadecimal digits, each as 16 digits, for a page that asks
/// without telling the password; `None` for what is no such beginning.
pub fn blocked_range(prefix: &str) -> Option<Vec<String>> {
    if prefix.len() != PREFIX || !prefix.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    // Between the two hashes that would be the first and the last one of the range.
    let edge = |fill: &str| {
        let mut edge = Start::default();
        hex::decode_to_slice(format!("{prefix}{}", fill.repeat(16 - PREFIX)), &mut edge).ok().map(|()| edge)
    };
    let (first, last) = (edge("0")?, edge("f")?);
    let begin = list().partition_point(|start| *start < first);
    let end = list().partition_point(|start| *start <= last);
    Some(list().get(begin..end)?.iter().map(hex::encode).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when the file is not what the script beside the checks writes, or holds too few.
    #[test]
    fn the_list_is_whole_and_sorted() {
        assert!(HASHES.len().is_multiple_of(8) && list().len() >= 40_000, "{}", list().len());
        assert!(list().is_sorted_by(|one, next| one < next));
    }

    #[test]
    fn what_is_used_is_on_it_in_whatever_case_and_what_nobody_uses_is_not() {
        for used in [
            "password",
            "Password",
            "PASSWORD1234",
            "123456789012",
            "qwertyuiop12345",
            "passwordpassword",
            "1qaz2wsx3edc4rfv",
            "iloveyou1234",
            "Trustno1",
        ] {
            assert!(holds(used), "{used}");
        }
        for other in ["correct horse battery staple", "purple anvil over lunch", "Zv9#kq!x27Lm", "", "🦀🦀🦀🦀🦀🦀🦀🦀"]
        {
            assert!(!holds(other), "{other}");
        }
    }

    #[test]
    fn a_range_is_what_begins_so_and_all_ranges_are_the_list() {
        let hash = hex::encode(Sha256::digest("password1234"));
        let range = blocked_range(&hash[..PREFIX]).expect("a range");
        assert!(range.contains(&hash[..16].to_owned()), "{range:?}");
        let all: usize = (0..4_096).map(|n| blocked_range(&format!("{n:03x}")).expect("a range").len()).sum();
        assert_eq!(all, list().len());
        for text in ["", "a", "ab", "ABC", "abcd", "xyz", "../", "é1"] {
            assert_eq!(blocked_range(text), None, "{text}");
        }
    }
}
