//! A text for people.
use super::{
    Bounds, Kind, Problem, Value,
    text::{printable, quoted, short_enough},
};

/// A text in a subset of Markdown, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Banner(String);

impl Banner {
    /// The text as typed, with plain line ends.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Value for Banner {
    const KIND: Kind = Kind::Text;

    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        printable(typed)?;
        let text = typed.replace("\r\n", "\n").replace(['\r', '\t'], " ");
        let text = text.trim();
        short_enough(text, bounds)?;
        Ok(Self(text.to_owned()))
    }

    fn print(&self) -> String {
        self.0.clone()
    }

    fn in_words(&self) -> String {
        if self.0.is_empty() { "none".to_owned() } else { format!("“{}”", quoted(&self.0.replace('\n', " "))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn line_ends_are_plain_and_two_thousand_characters_are_the_most() {
        let bounds = Some(Bounds { min: 0, max: 2_000 });
        assert_eq!(Banner::parse(" a\r\nb\t ", bounds).map(|banner| banner.print()), Ok("a\nb".to_owned()));
        assert!(Banner::parse(&"é".repeat(2_000), bounds).is_ok());
        assert_eq!(Banner::parse(&"é".repeat(2_001), bounds), Err(Problem::TooLong { max: 2_000, typed: 2_001 }));
        assert!(Banner::parse("a\u{0}b", bounds).is_err());
    }
    proptest! {
        #[test]
        fn what_is_printed_is_read_back(typed in "[a-zé \\t\\r\\n]{0,40}") {
            let read = Banner::parse(&typed, None).expect("a text");
            prop_assert!(!read.as_str().contains(['\r', '\t']));
            prop_assert_eq!(Banner::parse(&read.print(), None), Ok(read));
        }

        #[test]
        fn no_text_makes_the_parser_panic(typed in any::<String>()) {
            drop(Banner::parse(&typed, None));
        }
    }
}
