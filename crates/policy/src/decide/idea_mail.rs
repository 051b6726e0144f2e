//! Mails about what happens on ideas: whether somebody gets one, at once or with others once a day.
use crate::{Timestamp, time::Span};
use serde::{Deserialize, Serialize};
use std::fmt;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The time within which the mails at once to one member are counted, and after which a digest is due.
pub const COUNTED: Span = Span::days(1);
/// How many mails at once one member gets within that time; what else happens stands in the digest.
pub const MOST_AT_ONCE: i64 = 20;

/// How a member wants to be told what happens on the ideas that they follow. The names are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownIdeaMails, parse_err_fn = UnknownIdeaMails::of)]
pub enum IdeaMails {
    /// By a mail each time.
    AtOnce,
    /// By one mail a day.
    Daily,
    /// Not at all.
    Off,
}

impl IdeaMails {
    /// Every choice.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name that is stored and sent.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The words of the choice.
    pub const fn label(self) -> &'static str {
        match self {
            Self::AtOnce => "At once",
            Self::Daily => "Once a day",
            Self::Off => "Never",
        }
    }
}

/// The text names no choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownIdeaMails(pub String);

impl UnknownIdeaMails {
    fn of(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for UnknownIdeaMails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no such choice; there are at-once, daily and off", self.0)
    }
}

impl std::error::Error for UnknownIdeaMails {}

impl TryFrom<String> for IdeaMails {
    type Error = UnknownIdeaMails;

    fn try_from(text: String) -> Result<Self, UnknownIdeaMails> {
        text.parse()
    }
}

/// How somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// By a mail of its own.
    AtOnce,
    /// In the next digest.
    Digest,
    /// Not at all.
    Nothing,
}

/// How a member is told who got so many mails at once within [`COUNTED`]: nobody is flooded, whoever writes how much.
pub const fn delivery(choice: IdeaMails, got: i64) -> Delivery {
    match choice {
        IdeaMails::Off => Delivery::Nothing,
        IdeaMails::AtOnce if got < MOST_AT_ONCE => Delivery::AtOnce,
        IdeaMails::AtOnce | IdeaMails::Daily => Delivery::Digest,
    }
}

/// The instant such that a digest is due whose first news happened then or before.
pub fn due_since(now: Timestamp) -> Timestamp {
    now - COUNTED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_told_as_they_have_chosen_and_flooded_by_nobody() {
        for (choice, got, expected) in [
            (IdeaMails::AtOnce, 0, Delivery::AtOnce),
            (IdeaMails::AtOnce, MOST_AT_ONCE - 1, Delivery::AtOnce),
            (IdeaMails::AtOnce, MOST_AT_ONCE, Delivery::Digest),
            (IdeaMails::AtOnce, i64::MAX, Delivery::Digest),
            (IdeaMails::Daily, 0, Delivery::Digest),
            (IdeaMails::Daily, MOST_AT_ONCE, Delivery::Digest),
            (IdeaMails::Off, 0, Delivery::Nothing),
            (IdeaMails::Off, MOST_AT_ONCE, Delivery::Nothing),
        ] {
            assert_eq!(delivery(choice, got), expected, "{choice:?} {got}");
        }
    }

    #[test]
    fn a_digest_is_due_a_day_after_its_first_news() {
        let now = Timestamp(1_800_000_000_000);
        assert_eq!(now.since(due_since(now)), Span::days(1));
    }

    #[test]
    fn a_choice_is_found_by_the_name_under_which_it_is_stored() {
        for choice in IdeaMails::ALL {
            assert_eq!(choice.name().parse(), Ok(*choice));
        }
        assert!("weekly".parse::<IdeaMails>().is_err());
    }
}
