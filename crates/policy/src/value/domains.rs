//! A list of domains of e-mail addresses.
use super::{
    Bounds, Kind, Problem, Value,
    text::{as_it_reads, grammar, quoted, short_enough},
};
use crate::{EmailAddress, email::canonical_domain};

/// Domains in the order in which they were typed, each once: one stands for itself, and `*.` before it for whatever lies
/// below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DomainList(Vec<String>);

impl DomainList {
    /// Whether nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the domain of an address is on the list.
    pub fn covers(&self, address: &EmailAddress) -> bool {
        let domain = address.domain();
        self.0.iter().any(|entry| match entry.strip_prefix("*.") {
            Some(above) => domain.strip_suffix(above).is_some_and(|below| below.len() > 1 && below.ends_with('.')),
            None => entry == domain,
        })
    }
}

fn domain(typed: &str) -> Result<String, Problem> {
    let bare = typed.strip_prefix('@').unwrap_or(typed);
    let (below, name) = bare.strip_prefix("*.").map_or(("", bare), |name| ("*.", name));
    match canonical_domain(name) {
        Ok(name) if name.contains('.') => Ok(format!("{below}{name}")),
        _ => Err(grammar(format!(
            "“{}” is no domain. Enter one like example.org, or *.example.org for those below it.",
            quoted(typed)
        ))),
    }
}

impl Value for DomainList {
    const KIND: Kind = Kind::Lines;

    /// Reads domains separated by spaces, commas, semicolons or line ends; `bounds.max` is the greatest length as typed.
    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        short_enough(typed, bounds)?;
        let mut list = Self::default();
        for entry in as_it_reads(typed)?.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')) {
            if entry.is_empty() {
                continue;
            }
            let entry = domain(entry)?;
            if !list.0.contains(&entry) {
                list.0.push(entry);
            }
        }
        Ok(list)
    }

    fn print(&self) -> String {
        self.0.join("\n")
    }

    fn in_words(&self) -> String {
        if self.0.is_empty() { "none".to_owned() } else { self.0.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn covers(list: &str, address: &str) -> bool {
        let address = EmailAddress::parse(address).expect("an address");
        DomainList::parse(list, None).expect("domains").covers(&address)
    }

    #[test]
    fn a_domain_stands_for_itself_and_with_an_asterisk_for_those_below_it() {
        assert!(covers("example.org", "ada@Example.ORG"));
        assert!(!covers("example.org", "ada@mail.example.org"));
        assert!(covers("*.example.org", "ada@mail.example.org") && covers("*.example.org", "ada@a.b.example.org"));
        assert!(!covers("*.example.org", "ada@example.org"));
        for list in ["example.org", "*.example.org"] {
            assert!(!covers(list, "ada@badexample.org") && !covers(list, "ada@example.org.evil.example"), "{list}");
        }
    }

    #[test]
    fn domains_are_kept_once_and_in_canonical_form() {
        let list = DomainList::parse("@Example.org, *.EXAMPLE.org;example.org\r\n", None).expect("domains");
        assert_eq!(list.print(), "example.org\n*.example.org");
        for typed in ["org", "ada@example.org", "https://example.org", "exam ple", "*", "*.org", "a..b", "ex*.org"] {
            assert!(DomainList::parse(typed, None).is_err(), "{typed}");
        }
    }

    #[cfg(feature = "idna")]
    #[test]
    fn an_international_domain_is_the_same_however_it_is_written() {
        assert!(covers("bücher.example", "ada@xn--bcher-kva.example"));
        assert!(covers("XN--BCHER-KVA.example", "ada@BU\u{308}CHER.example"));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(names in prop::collection::vec("(\\*\\.)?[a-z]{1,8}\\.[a-z]{2,5}", 0..10)) {
            let list = DomainList::parse(&names.join(", "), None).expect("domains");
            prop_assert_eq!(DomainList::parse(&list.print(), None), Ok(list));
        }

        #[test]
        fn no_text_makes_the_parser_panic(typed in "\\PC*") {
            drop(DomainList::parse(&typed, None));
        }
    }
}
