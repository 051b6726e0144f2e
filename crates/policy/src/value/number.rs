//! Whole numbers with a unit, with and without a named “no limit”.
use super::{Bounds, Kind, Problem, Unit, Value, problem::Expected, text::as_it_reads};
use crate::{time::Span, words};
use std::borrow::Cow;

/// A number that counts something.
pub trait Quantity: Copy + From<u32> {
    /// What is counted.
    const UNIT: Unit;

    /// The bare number.
    fn amount(self) -> u32;
}

/// Declares a number that counts something.
macro_rules! quantity {
    ($(#[doc = $about:literal])+ $name:ident) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl From<u32> for $name {
            fn from(n: u32) -> Self {
                Self(n)
            }
        }

        impl Quantity for $name {
            const UNIT: Unit = Unit::$name;

            fn amount(self) -> u32 {
                self.0
            }
        }
    };
}

quantity! {
    /// A number of seconds.
    Seconds
}
quantity! {
    /// A number of minutes.
    Minutes
}
quantity! {
    /// A number of days of 24 hours.
    Days
}
quantity! {
    /// A number of failed attempts.
    Attempts
}
quantity! {
    /// A number of passwords.
    Passwords
}

impl Seconds {
    /// The same length as a span of time.
    pub const fn span(self) -> Span {
        Span::seconds(self.0)
    }
}

impl Minutes {
    /// The same length as a span of time.
    pub const fn span(self) -> Span {
        Span::minutes(self.0)
    }
}

impl Days {
    /// The same length as a span of time.
    pub const fn span(self) -> Span {
        Span::days(self.0)
    }
}

/// A bound that may be absent: `0` in a form and on the wire, a name of its own in code, so that
/// no caller can forget what 0 means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit<T> {
    /// There is no limit.
    Unlimited,
    /// The limit.
    Of(T),
}

impl<T> Limit<T> {
    /// The limit, if there is one.
    pub fn of(self) -> Option<T> {
        match self {
            Self::Unlimited => None,
            Self::Of(limit) => Some(limit),
        }
    }
}

const ANY: Bounds = Bounds { min: 0, max: u32::MAX };

/// Takes out the spaces between thousands, as [`words::number`] writes them; spaces elsewhere stay.
fn ungrouped(typed: &str) -> Cow<'_, str> {
    let mut groups = typed.split(' ');
    let grouped = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
    if grouped && groups.all(|group| group.len() == 3) { typed.split(' ').collect() } else { typed.into() }
}

/// Reads digits of any script, in groups of three or not; anything else, signs included, is no whole number.
fn digits(typed: &str, expected: Expected) -> Result<u32, Problem> {
    let typed = as_it_reads(typed)?;
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Problem::Blank(expected));
    }
    let (negative, bare) = typed.strip_prefix('-').map_or((false, typed), |rest| (true, rest));
    let bare = &*ungrouped(bare);
    if bare.is_empty() || !bare.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Problem::NotAWholeNumber(expected));
    }
    if negative {
        return Err(Problem::TooSmall(expected));
    }
    // Only a number beyond the type's range can fail here, and that is beyond every bound too.
    bare.parse().map_err(|_| Problem::TooLarge(expected))
}

fn within(n: u32, expected: Expected) -> Result<u32, Problem> {
    match n {
        n if n < expected.bounds.min => Err(Problem::TooSmall(expected)),
        n if n > expected.bounds.max => Err(Problem::TooLarge(expected)),
        n => Ok(n),
    }
}

fn amount_in_words<T: Quantity>(quantity: T) -> String {
    words::count(quantity.amount().into(), T::UNIT.singular())
}

impl<T: Quantity> Value for T {
    const KIND: Kind = Kind::Number;
    const UNIT: Unit = T::UNIT;

    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        let expected = Expected { bounds: bounds.unwrap_or(ANY), unit: T::UNIT, zero: false };
        within(digits(typed, expected)?, expected).map(T::from)
    }

    fn print(&self) -> String {
        self.amount().to_string()
    }

    fn in_words(&self) -> String {
        amount_in_words(*self)
    }
}

impl<T: Quantity> Value for Limit<T> {
    const KIND: Kind = Kind::Limit;
    const UNIT: Unit = T::UNIT;

    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem> {
        let expected = Expected { bounds: bounds.unwrap_or(ANY), unit: T::UNIT, zero: true };
        match digits(typed, expected)? {
            0 => Ok(Self::Unlimited),
            n => within(n, expected).map(|n| Self::Of(n.into())),
        }
    }

    fn print(&self) -> String {
        self.of().map_or(0, T::amount).to_string()
    }

    fn in_words(&self) -> String {
        self.of().map_or_else(|| "no limit".to_owned(), amount_in_words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIFETIME: Option<Bounds> = Some(Bounds { min: 5, max: 43_200 });

    fn problem(typed: &str) -> String {
        Minutes::parse(typed, LIFETIME).expect_err(typed).to_string().replace('\u{a0}', " ")
    }

    #[test]
    fn the_edges_of_a_range_are_taken() {
        assert_eq!(Minutes::parse("5", LIFETIME), Ok(Minutes(5)));
        assert_eq!(Minutes::parse(" 43200 ", LIFETIME), Ok(Minutes(43_200)));
        for typed in ["43 200", "43\u{a0}200", "43\u{202f}200", "043 200"] {
            assert_eq!(Minutes::parse(typed, LIFETIME), Ok(Minutes(43_200)), "as Bailey writes it: {typed}");
        }
        for typed in ["٤٨٠", "۴۸۰", "४८०", "４８０", "𝟒𝟖𝟎", "\u{feff}４８０\u{200b}"] {
            assert_eq!(Minutes::parse(typed, LIFETIME), Ok(Minutes(480)), "as a phone writes it: {typed}");
        }
    }

    #[test]
    fn what_lies_outside_a_range_is_refused_with_the_range() {
        assert_eq!(problem("4"), "At least 5 minutes. Enter a whole number from 5 to 43 200 (30 days).");
        assert_eq!(problem("43201"), "At most 43 200 minutes. Enter a whole number from 5 to 43 200 (30 days).");
        assert_eq!(problem("-1"), "At least 5 minutes. Enter a whole number from 5 to 43 200 (30 days).");
        assert_eq!(problem("99999999999999999999"), problem("43201"));
    }

    #[test]
    fn what_is_no_whole_number_is_refused() {
        for typed in [
            "8h",
            "1.5",
            "1e3",
            "Ⅷ",
            "八",
            "½",
            "²",
            "①",
            "４ ８０",
            "+5",
            "5\r\n6",
            "0x10",
            "-",
            "1,440",
            "4320 0",
            "1  440",
        ] {
            assert!(problem(typed).starts_with("Not a whole number."), "{typed:?}");
        }
        assert_eq!(problem(""), "Enter a whole number from 5 to 43 200 (30 days).");
    }

    #[test]
    fn zero_means_no_limit_only_where_a_limit_may_be_absent() {
        assert_eq!(Limit::<Minutes>::parse("0", LIFETIME), Ok(Limit::Unlimited));
        assert!(Limit::<Minutes>::parse("4", LIFETIME).is_err());
        assert!(problem("0").starts_with("At least 5 minutes."));
    }

    proptest! {
        #[test]
        fn a_limit_prints_what_it_reads(n in 5u32..=43_200) {
            let limit = Limit::<Minutes>::parse(&n.to_string(), LIFETIME).expect("in range");
            prop_assert_eq!(Limit::parse(&limit.print(), LIFETIME), Ok(limit));
        }

        #[test]
        fn no_text_makes_the_parser_panic(typed in "\\PC*") {
            drop(Minutes::parse(&typed, LIFETIME));
            drop(Limit::<Minutes>::parse(&typed, LIFETIME));
        }
    }
}
