//! Short texts on one line: an identifier, an address.
use super::{
    Bounds, Kind, Problem, Value,
    text::{as_it_reads, ascii, grammar, is_authority, quoted, short_enough},
};

/// The greatest length of an address where the setting gives none.
const LONGEST: Bounds = Bounds { min: 0, max: 200 };

/// A measurement ID of Google Analytics 4, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeasurementId(String);

/// An address that begins with `https://`, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HttpsUrl(String);

macro_rules! text {
    ($name:ident) => {
        impl $name {
            /// The text; empty for nothing.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether there is none.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }
    };
}

text!(MeasurementId);
text!(HttpsUrl);

fn or_none(text: &str) -> String {
    if text.is_empty() { "none".to_owned() } else { text.to_owned() }
}

impl Value for MeasurementId {
    const KIND: Kind = Kind::Line;

    fn parse(typed: &str, _: Option<Bounds>) -> Result<Self, Problem> {
        let id = as_it_reads(typed)?.trim().to_ascii_uppercase();
        if id.is_empty() {
            return Ok(Self::default());
        }
        if id.starts_with("UA-") {
            return Err(grammar(
                "Universal Analytics has ended. Enter the ID of a Google Analytics 4 stream, which begins with G-.",
            ));
        }
        match id.strip_prefix("G-") {
            Some(rest) if (4..=12).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                Ok(Self(id))
            }
            _ => Err(grammar(format!(
                "“{}” is no measurement ID. Enter one like G-ABCD123456, or leave it empty.",
                quoted(typed)
            ))),
        }
    }

    fn print(&self) -> String {
        self.0.clone()
    }

    fn in_words(&self) -> String {
        or_none(&self.0)
    }
}

impl HttpsUrl {
    /// Bailey's own default for a service that every installation may ask; a test reads each default as it would be typed.
    pub(crate) fn known(url: &'static str) -> Self {
        Self(url.to_owned())
    }
}

impl Value for HttpsUrl {
    const KIND: Kind = Kind::Line;

    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        let typed = &*as_it_reads(typed)?;
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(Self::default());
        }
        short_enough(typed, bounds.or(Some(LONGEST)))?;
        ascii(typed)?;
        let wrong = || {
            grammar(format!(
                "“{}” is no address that begins with https:// and a host, without a user, quotes or blanks.",
                quoted(typed)
            ))
        };
        let rest = typed.strip_prefix("https://").ok_or_else(wrong)?;
        let host = rest.split(['/', '?']).next().unwrap_or_default();
        let forbidden = |c: char| c.is_whitespace() || "\"',;<>\\^`{|}#@".contains(c);
        if rest.contains(forbidden) || !is_authority(host) { Err(wrong()) } else { Ok(Self(typed.to_owned())) }
    }

    fn print(&self) -> String {
        self.0.clone()
    }

    fn in_words(&self) -> String {
        or_none(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_measurement_id_is_read_in_either_case() {
        assert_eq!(MeasurementId::parse(" g-abcd1234 ", None).map(|id| id.print()), Ok("G-ABCD1234".to_owned()));
        assert!(MeasurementId::parse("", None).is_ok_and(|id| id.is_empty()));
    }

    #[test]
    fn a_malformed_measurement_id_is_refused() {
        for typed in ["UA-12345-1", "G-", "G-AB", "G-ABCDEFGHIJKLM", "G-ABCD'><script>", "GTM-ABCD", "G-ÀBCD"] {
            assert!(MeasurementId::parse(typed, None).is_err(), "{typed}");
        }
    }

    #[test]
    fn only_an_https_address_that_can_stand_in_a_header_is_taken() {
        assert!(HttpsUrl::parse("https://reports.example.org:8443/ct?x=1", None).is_ok());
        for typed in [
            "http://a.example",
            "https://",
            "https:///x",
            "https://u@h",
            "https://h/\"",
            "https://h/;a",
            "https://h/\r\nx: y",
            "https://é.example",
            "https://:",
            "https://]",
            "https://a:99999",
            "https://a:b/",
        ] {
            assert!(HttpsUrl::parse(typed, None).is_err(), "{typed}");
        }
    }

    #[test]
    fn an_address_of_two_hundred_characters_is_the_longest() {
        let of = |length: usize| format!("https://a/{}", "x".repeat(length - 10));
        assert!(HttpsUrl::parse(&of(200), None).is_ok());
        assert_eq!(HttpsUrl::parse(&of(201), None), Err(Problem::TooLong { max: 200, typed: 201 }));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(id in "([gG]-[a-zA-Z0-9]{4,12})?", url in "(https://[a-z]{1,9}(:[1-9][0-9]{0,3})?/[a-z?=]{0,9})?") {
            let (id, url) = (MeasurementId::parse(&id, None).expect("an id"), HttpsUrl::parse(&url, None).expect("a URL"));
            prop_assert_eq!(MeasurementId::parse(&id.print(), None), Ok(id));
            prop_assert_eq!(HttpsUrl::parse(&url.print(), None), Ok(url));
        }

        #[test]
        fn no_text_makes_the_parsers_panic(typed in "\\PC*") {
            drop(MeasurementId::parse(&typed, None));
            drop(HttpsUrl::parse(&typed, None));
        }
    }
}
