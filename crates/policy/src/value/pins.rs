//! Hashes of public keys (RFC 7469).
use super::{
    Bounds, Kind, Problem, Value,
    header_line::header_value,
    text::{grammar, quoted, short_enough},
};

/// SHA-256 hashes in base64, each once; none, or at least two.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pins(Vec<String>);

impl Pins {
    /// The hashes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// 32 bytes are 43 characters of base64 and one `=`; the last character holds four bits only.
fn is_sha256(text: &str) -> bool {
    let base64 = |b: u8| b.is_ascii_alphanumeric() || b == b'+' || b == b'/';
    let last_has_no_spare_bits = |b: u8| b"AEIMQUYcgkosw048".contains(&b);
    match text.as_bytes() {
        [digits @ .., last, b'='] => {
            digits.len() == 42 && digits.iter().all(|b| base64(*b)) && last_has_no_spare_bits(*last)
        }
        _ => false,
    }
}

impl Value for Pins {
    const KIND: Kind = Kind::Lines;

    /// Reads a hash per line, bare or as `sha256/…` or `pin-sha256="…"`.
    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        short_enough(typed, bounds)?;
        let typed = header_value(typed, &["Public-Key-Pins", "Public-Key-Pins-Report-Only"])?;
        let mut pins = Self::default();
        for entry in typed.split([' ', '\n', '\r', '\t', ',', ';']).filter(|entry| !entry.is_empty()) {
            let bare = entry.strip_prefix("pin-sha256=").or_else(|| entry.strip_prefix("sha256/")).unwrap_or(entry);
            let bare = bare.trim_matches('"');
            if !is_sha256(bare) {
                return Err(grammar(format!(
                    "“{}” is no SHA-256 in base64. A pin has 44 characters, the last of them =.",
                    quoted(entry)
                )));
            }
            if !pins.0.iter().any(|known| known == bare) {
                pins.0.push(bare.to_owned());
            }
        }
        if pins.0.len() == 1 {
            return Err(grammar(
                "Enter at least two different pins: one for the key in use and one for a backup (RFC 7469 §2.5).",
            ));
        }
        Ok(pins)
    }

    fn print(&self) -> String {
        self.0.join("\n")
    }

    fn in_words(&self) -> String {
        if self.0.is_empty() { "none".to_owned() } else { format!("{} pins", self.0.len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // RFC 7469 §2.1.5
    const FIRST: &str = "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=";
    const SECOND: &str = "E9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g=";

    #[test]
    fn pins_are_read_as_the_specification_writes_them() {
        let header = format!("pin-sha256=\"{FIRST}\"; pin-sha256=\"{SECOND}\"");
        assert_eq!(Pins::parse(&header, None).map(|pins| pins.print()), Ok(format!("{FIRST}\n{SECOND}")));
    }

    #[test]
    fn one_pin_alone_is_refused() {
        assert!(Pins::parse(FIRST, None).is_err());
        assert!(Pins::parse(&format!("{FIRST}\n{FIRST}"), None).is_err());
        assert_eq!(Pins::parse(" ", None), Ok(Pins::default()));
    }

    #[test]
    fn what_is_no_sha_256_is_refused() {
        for typed in ["abc", &FIRST[1..], &FIRST.replace('d', "!"), &FIRST.replace("M=", "N=")] {
            assert!(Pins::parse(&format!("{SECOND} {typed}"), None).is_err(), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(digits in prop::collection::hash_set("[a-zA-Z0-9+/]{42}", 2..5)) {
            let typed = digits.iter().map(|digits| format!("sha256/{digits}A=")).collect::<Vec<_>>().join("\n");
            let read = Pins::parse(&typed, None).expect("pins");
            prop_assert_eq!(read.iter().count(), digits.len());
            prop_assert_eq!(Pins::parse(&read.print(), None), Ok(read));
        }

        #[test]
        fn no_text_makes_the_parser_panic(typed in "\\PC*") {
            drop(Pins::parse(&typed, None));
        }
    }
}
