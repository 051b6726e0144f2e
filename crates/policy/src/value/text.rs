//! What the texts of several settings have in common.
use super::{Bounds, Problem};
use crate::pasted;
use std::net::Ipv6Addr;

/// Shortens what is quoted back, and keeps control characters out of messages and logs.
pub(super) fn quoted(entry: &str) -> String {
    let mut out: String = entry.chars().filter(|c| !c.is_control()).take(60).collect();
    if entry.chars().count() > 60 {
        out.push('…');
    }
    out
}

/// Refuses a text that is longer than its setting takes, in characters.
pub(super) fn short_enough(typed: &str, bounds: Option<Bounds>) -> Result<(), Problem> {
    let length = typed.chars().count();
    match bounds {
        Some(Bounds { max, .. }) if length > max as usize => Err(Problem::TooLong { max, typed: length }),
        _ => Ok(()),
    }
}

/// Refuses control characters but line ends and tabs. What else can't be seen belongs to texts for people: it joins
/// letters, and turns the direction of a script.
pub(super) fn printable(typed: &str) -> Result<(), Problem> {
    match typed.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        Some(c) => Err(grammar(format!(
            "Holds the control character U+{:04X}. Type the text again instead of pasting it.",
            u32::from(c)
        ))),
        None => Ok(()),
    }
}

/// Reads a text without what can't be seen; what may change what a reader sees, control characters but line ends and tabs
/// among it, is refused by name.
pub(super) fn visible(typed: &str) -> Result<String, Problem> {
    pasted::visible(typed).map_err(|hidden| grammar(hidden.to_string()))
}

/// Reads a text as it reads, in ASCII as far as that goes.
pub(super) fn as_it_reads(typed: &str) -> Result<String, Problem> {
    pasted::as_it_reads(typed).map_err(|hidden| grammar(hidden.to_string()))
}

/// Refuses whatever can't stand in a header.
pub(super) fn ascii(typed: &str) -> Result<(), Problem> {
    match typed.chars().find(|c| !c.is_ascii()) {
        Some(c) => Err(grammar(format!("“{c}” can't stand in a header. Use plain ASCII characters."))),
        None => Ok(()),
    }
}

/// Whether a text is `host` or `host:port`, where the host may be a version 6 address in brackets.
pub(super) fn is_authority(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !text.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let host_ok = match host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(six) => six.parse::<Ipv6Addr>().is_ok(),
        None => host.split('.').all(label),
    };
    let is_port = |port: &str| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|n| n > 0);
    host_ok && port.is_none_or(is_port)
}

/// A problem in words.
pub(super) fn grammar(words: impl Into<String>) -> Problem {
    Problem::Grammar(words.into())
}

/// The known name that differs least from what was typed, if one is near.
pub(super) fn nearest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = known.iter().map(|name| (strsim::osa_distance(typed, name), *name)).min()?;
    (near.0 <= 1 + near.1.len() / 4).then_some(near.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_may_have_a_port() {
        for text in ["a.example", "localhost:3000", "a:65535", "203.0.113.7", "[2001:db8::1]", "[::1]:443"] {
            assert!(is_authority(text), "{text}");
        }
        for text in ["", ":", "a:", ":80", "a:0", "a:65536", "a:+1", "a:b", "a:1:2", "a..b", "...", "]", "[::g]", "::1"]
        {
            assert!(!is_authority(text), "{text}");
        }
    }

    #[test]
    fn a_name_that_is_nearly_right_is_recognised() {
        assert_eq!(nearest("imgsrc", &["img-src", "font-src"]), Some("img-src"));
        assert_eq!(nearest("quite another", &["img-src", "font-src"]), None);
        assert_eq!(nearest("mig-src", &["img-src", "font-src"]), Some("img-src"));
    }
}
