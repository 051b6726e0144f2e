//! The types that a setting may have: each parses, prints itself canonically, and says what is wrong.
mod banner;
mod choice;
mod cidr;
mod csp;
mod domains;
mod emails;
mod extensions;
mod header_line;
mod line;
mod number;
mod permissions;
mod pins;
mod problem;
mod text;

pub use banner::Banner;
pub use choice::{BreachCheck, Coep, Coop, Corp, Mode, PasswordPolicy, ReferrerPolicy, Registration, XssProtection};
pub use cidr::{CidrEntry, CidrList};
pub use csp::CspPolicy;
pub use domains::DomainList;
pub use emails::EmailList;
pub use extensions::Extensions;
pub use line::{HttpsUrl, MeasurementId};
pub use number::{Attempts, Days, Limit, Minutes, Passwords, Quantity, Seconds};
pub use permissions::PermissionsPolicy;
pub use pins::Pins;
pub use problem::Problem;

use crate::words;

/// How a control on the page shows a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// On or off.
    Switch,
    /// A whole number with a unit.
    Number,
    /// A whole number with a unit, or no limit at all.
    Limit,
    /// E-mail addresses, separated by commas.
    Emails,
    /// One of a few named values.
    Choice,
    /// A short text on one line.
    Line,
    /// Entries, one per line.
    Lines,
    /// A text of several lines.
    Text,
}

impl Kind {
    /// The name in the reference.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Switch => "switch",
            Self::Number => "whole number",
            Self::Limit => "whole number or no limit",
            Self::Emails => "list of e-mail addresses",
            Self::Choice => "choice",
            Self::Line => "text",
            Self::Lines => "list, one entry per line",
            Self::Text => "text of several lines",
        }
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Nothing: the setting is no number.
    None,
    /// Seconds.
    Seconds,
    /// Minutes of 60 seconds.
    Minutes,
    /// Days of 24 hours.
    Days,
    /// Attempts.
    Attempts,
    /// Passwords.
    Passwords,
    /// Characters (Unicode code points) as typed.
    Characters,
}

impl Unit {
    /// The word behind a number in a form.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Days => "days",
            Self::Attempts => "attempts",
            Self::Passwords => "passwords",
            Self::Characters => "characters",
        }
    }

    /// So many of it in larger units, where there are any: `8 hours`, `about 3 months`.
    pub fn in_larger(self, n: i64) -> Option<String> {
        match self {
            Self::Seconds => words::seconds(n),
            Self::Minutes => (n >= 60).then(|| words::minutes(n)),
            Self::Days => words::days(n),
            _ => None,
        }
    }

    /// The word for one of it.
    pub const fn singular(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Seconds => "second",
            Self::Minutes => "minute",
            Self::Days => "day",
            Self::Attempts => "attempt",
            Self::Passwords => "password",
            Self::Characters => "character",
        }
    }
}

/// The least and the greatest number that a setting takes, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The least number.
    pub min: u32,
    /// The greatest number.
    pub max: u32,
}

/// A type that a setting can have: how it reads from, and prints to, a form field.
pub trait Value: Sized {
    /// The control that shows it.
    const KIND: Kind;
    /// What its number counts.
    const UNIT: Unit = Unit::None;
    /// What can be chosen: the canonical text and its label.
    const CHOICES: &'static [(&'static str, &'static str)] = &[];

    /// Reads what a person typed.
    ///
    /// # Errors
    /// What is wrong, and what would be right.
    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem>;

    /// Prints the canonical text, which `parse` reads back to the same value.
    fn print(&self) -> String;

    /// Returns the value in words: `on`, `30 minutes`, `never`.
    fn in_words(&self) -> String;
}

/// Reads a text into a value; one with a problem changes nothing.
// Many settings are of one type, so it is written once for each type and not for each setting.
#[inline(never)]
pub(crate) fn set<T: Value>(value: &mut T, typed: &str, bounds: Option<Bounds>) -> Result<(), Problem> {
    *value = T::parse(typed, bounds)?;
    Ok(())
}

/// Reads a text into its canonical text and its words.
#[inline(never)]
pub(crate) fn read<T: Value>(typed: &str, bounds: Option<Bounds>) -> Result<(String, String), Problem> {
    let value = T::parse(typed, bounds)?;
    Ok((value.print(), value.in_words()))
}

impl Value for bool {
    const KIND: Kind = Kind::Switch;
    const UNIT: Unit = Unit::None;

    fn parse(typed: &str, _: Option<Bounds>) -> Result<Self, Problem> {
        match typed {
            "true" | "on" => Ok(true),
            "false" | "off" => Ok(false),
            _ => Err(Problem::NotASwitch),
        }
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn in_words(&self) -> String {
        if *self { "on" } else { "off" }.to_owned()
    }
}
