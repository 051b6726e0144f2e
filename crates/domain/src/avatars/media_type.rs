//! What kind of picture some bytes are, by how they begin; what they are said to be decides nothing.

/// The kinds of pictures that are kept, by how they begin.
const KINDS: [(&str, &[u8]); 2] = [("image/png", b"\x89PNG\r\n\x1a\n"), ("image/jpeg", b"\xff\xd8\xff")];

/// Returns what kind of picture these bytes are; `None` for any that is not kept.
pub(super) fn of(bytes: &[u8]) -> Option<&'static str> {
    let by_beginning = KINDS.iter().find(|(_, begins)| bytes.starts_with(begins)).map(|(kind, _)| *kind);
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    by_beginning.or(is_webp.then_some("image/webp"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_that_nothing_runs_in_are_known() {
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some("image/png"));
        assert_eq!(of(b"\xff\xd8\xff\xe0\0\x10JFIF"), Some("image/jpeg"));
        assert_eq!(of(b"RIFF\x24\0\0\0WEBPVP8 "), Some("image/webp"));
        for other in [
            &b""[..],
            b"\x89PNG",
            b"RIFF\x24\0\0\0WAVE",
            b"GIF89a",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            b"<!doctype html>",
            b" \x89PNG\r\n\x1a\n",
        ] {
            assert_eq!(of(other), None, "{other:?}");
        }
    }
}
