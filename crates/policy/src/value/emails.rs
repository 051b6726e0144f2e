//! A list of e-mail addresses, typed as one text with commas.
use super::{
    Bounds, Kind, Problem, Unit, Value,
    text::{as_it_reads, quoted, short_enough},
};
use crate::EmailAddress;

/// E-mail addresses in the order in which they were typed, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EmailList(Vec<EmailAddress>);

impl EmailList {
    /// Whether the address is on the list.
    pub fn contains(&self, address: &EmailAddress) -> bool {
        self.0.contains(address)
    }

    /// The addresses.
    pub fn iter(&self) -> impl Iterator<Item = &EmailAddress> {
        self.0.iter()
    }
}

impl Value for EmailList {
    const KIND: Kind = Kind::Emails;
    const UNIT: Unit = Unit::Characters;

    /// Reads addresses separated by commas, semicolons or line ends; `bounds.max` is the greatest length as typed.
    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        short_enough(typed, bounds)?;
        let mut list = Self::default();
        for entry in as_it_reads(typed)?.split([',', ';', '\n', '\r']).map(str::trim).filter(|entry| !entry.is_empty())
        {
            let address =
                EmailAddress::parse(entry).map_err(|problem| Problem::Email { entry: quoted(entry), problem })?;
            if !list.contains(&address) {
                list.0.push(address);
            }
        }
        Ok(list)
    }

    fn print(&self) -> String {
        self.0.iter().map(EmailAddress::as_str).collect::<Vec<_>>().join(", ")
    }

    fn in_words(&self) -> String {
        if self.0.is_empty() { "nobody".to_owned() } else { self.print() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOUNDS: Option<Bounds> = Some(Bounds { min: 0, max: 1_000 });

    #[test]
    fn addresses_are_kept_once_and_in_canonical_form() {
        let list = EmailList::parse("Ada@Example.org; grace@example.org,,ada@example.org\r\n", BOUNDS);
        assert_eq!(list.map(|list| list.print()), Ok("ada@example.org, grace@example.org".to_owned()));
    }

    #[test]
    fn addresses_are_read_out_of_what_is_pasted_with_them() {
        let typed =
            "mailto:ada@example.org;\u{a0}Grace Hopper <grace@example.org>\u{200b},\u{feff}joan@example.org\u{2028}";
        let list = EmailList::parse(typed, BOUNDS).map(|list| list.print());
        assert_eq!(list.as_deref(), Ok("ada@example.org, grace@example.org, joan@example.org"));
        let hidden = EmailList::parse("ada@example.org, gr\u{202e}ace@example.org", BOUNDS).expect_err("it is hidden");
        assert!(hidden.to_string().contains("U+202E"), "{hidden}");
    }

    #[test]
    fn a_thousand_characters_are_taken_and_one_more_is_refused() {
        let of = |length: usize| format!("{}@example.org", "a".repeat(60)) + &" ".repeat(length - 72);
        assert!(EmailList::parse(&of(1_000), BOUNDS).is_ok());
        assert_eq!(EmailList::parse(&of(1_001), BOUNDS), Err(Problem::TooLong { max: 1_000, typed: 1_001 }));
    }

    #[test]
    fn the_entry_that_is_no_address_is_named() {
        let problem = EmailList::parse("ada@example.org, grace", BOUNDS).expect_err("grace is no address");
        assert_eq!(
            problem.to_string(),
            "“grace” is not an e-mail address. Enter an e-mail address like ada@example.org."
        );
        let named = EmailList::parse("Hopper, Grace <grace@example.org>", BOUNDS).expect_err("a comma ends an entry");
        assert!(named.to_string().starts_with("“Hopper” is not an e-mail address."), "{named}");
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(names in prop::collection::vec("[a-z]{1,8}", 0..10)) {
            let typed = names.iter().map(|n| format!("{n}@example.org")).collect::<Vec<_>>().join(",");
            let list = EmailList::parse(&typed, BOUNDS).expect("addresses");
            prop_assert_eq!(EmailList::parse(&list.print(), BOUNDS), Ok(list));
        }
    }
}
