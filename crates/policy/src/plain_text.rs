//! Text from a file, the environment or standard input, as editors and shells of all systems leave it.

use std::fmt;

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextProblem {
    /// Two bytes a character, as some editors call Unicode.
    Utf16,
    /// Another encoding, or no text at all.
    NotUtf8,
    /// A byte that no text holds.
    Nul,
}

impl fmt::Display for TextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf16 => "it is UTF-16; save it as UTF-8",
            Self::NotUtf8 => "it is not UTF-8",
            Self::Nul => "it holds a NUL, as no text does",
        })
    }
}

/// Reads text: without a byte-order mark, with line ends of one kind, and without blanks at its end.
///
/// # Errors
/// Says why the bytes are no text.
pub fn plain_text(bytes: &[u8]) -> Result<String, TextProblem> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(TextProblem::Utf16);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| TextProblem::NotUtf8)?;
    if text.contains('\0') {
        // Without a mark, a text of ASCII in UTF-16 is every other byte a NUL.
        let halves = |first: usize| bytes.iter().skip(first).step_by(2).all(|byte| *byte == 0);
        return Err(if bytes.len() > 1 && (halves(0) || halves(1)) { TextProblem::Utf16 } else { TextProblem::Nul });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(text.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{feff}').replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when `plain_text` leaves what an editor or a shell has put around a text, or takes away what belongs to it.
    #[test]
    fn what_an_editor_or_a_shell_leaves_around_a_text_is_taken_away() {
        for (bytes, text) in [
            ("word\n", "word"),
            ("word\r\n", "word"),
            ("word \t\n\n", "word"),
            ("\u{feff}word", "word"),
            ("word\u{a0}", "word"),
            ("word\u{feff}\r\n", "word"),
            ("\u{feff}a = 1\r\nb = 2\r\n", "a = 1\nb = 2"),
            ("two words", "two words"),
            ("  indented", "  indented"),
            ("a\rb", "a\rb"),
            ("", ""),
        ] {
            assert_eq!(plain_text(bytes.as_bytes()).as_deref(), Ok(text), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, problem) in [
            (&b"\xff\xfew\0o\0"[..], TextProblem::Utf16),
            (b"\xfe\xff\0w\0o", TextProblem::Utf16),
            (b"w\0o\0r\0", TextProblem::Utf16),
            (b"\0w\0o", TextProblem::Utf16),
            (b"gr\xfcn", TextProblem::NotUtf8),
            (b"wo\0rd", TextProblem::Nul),
        ] {
            assert_eq!(plain_text(bytes), Err(problem), "{bytes:?}");
        }
    }
}
