//! The types that a setting may have: each parses, prints itself canonically, and says what is wrong.
mod emails;
mod number;
mod problem;

pub use emails::EmailList;
pub use number::{Limit, Minutes, Quantity};
pub use problem::Problem;

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
}

impl Kind {
    /// The name in the reference.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Switch => "switch",
            Self::Number => "whole number",
            Self::Limit => "whole number or no limit",
            Self::Emails => "list of e-mail addresses",
        }
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Nothing: the setting is no number.
    None,
    /// Minutes of 60 seconds.
    Minutes,
    /// Characters (Unicode code points) as typed.
    Characters,
}

impl Unit {
    /// The word behind a number in a form.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Minutes => "minutes",
            Self::Characters => "characters",
        }
    }

    /// The word for one of it.
    pub const fn singular(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Minutes => "minute",
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
    const UNIT: Unit;

    /// Reads what a person typed.
    ///
    /// # Errors
    /// Says what is wrong and what would be right.
    fn parse(typed: &str, bounds: Option<Bounds>) -> Result<Self, Problem>;

    /// Prints the canonical text, which `parse` reads back to the same value.
    fn print(&self) -> String;

    /// Says the value in words: `on`, `30 minutes`, `never`.
    fn in_words(&self) -> String;
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
