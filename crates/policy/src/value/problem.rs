//! What is wrong with what was typed into a field, and what would be right.
use super::{Bounds, Unit};
use crate::{email::EmailProblem, words};
use std::fmt;

/// Why a field's text is no value of its setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The field of a number is blank.
    Blank(Expected),
    /// The text is no whole number: it has letters, a fraction, or digits of another script.
    NotAWholeNumber(Expected),
    /// The number is below the least one.
    TooSmall(Expected),
    /// The number is above the greatest one.
    TooLarge(Expected),
    /// A switch is neither on nor off.
    NotASwitch,
    /// The text is longer than the setting takes.
    TooLong {
        /// The greatest number of characters.
        max: u32,
        /// The number of characters that were typed.
        typed: usize,
    },
    /// One entry of a list of addresses is no address.
    Email {
        /// The entry as typed, shortened and without control characters.
        entry: String,
        /// What is wrong with it.
        problem: EmailProblem,
    },
    /// What was typed breaks the grammar of its setting: the words say where, and what would be right.
    Grammar(String),
    /// The value is none of these that can be chosen: the canonical text of each, and its label.
    NotAChoice(&'static [(&'static str, &'static str)]),
    /// The form did not hold the field at all.
    Missing,
    /// Two settings contradict each other.
    Conflict(&'static str),
}

/// What a number field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The least and the greatest number.
    pub bounds: Bounds,
    /// What is counted.
    pub unit: Unit,
    /// Whether 0 stands for no limit.
    pub zero: bool,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bounds { min, max } = self.bounds;
        write!(f, "Enter a whole number from {} to {}", words::number(min.into()), words::number(max.into()))?;
        match self.unit {
            Unit::Minutes => write!(f, " ({})", words::minutes(max.into()))?,
            Unit::Seconds => write!(f, " ({})", words::about_seconds(max.into()))?,
            _ => {}
        }
        f.write_str(if self.zero { ", or 0 for no limit." } else { "." })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = |n: u32, unit: Unit| words::count(n.into(), unit.singular());
        match self {
            Self::Blank(expected) => expected.fmt(f),
            Self::NotAWholeNumber(expected) => write!(f, "Not a whole number. {expected}"),
            Self::TooSmall(expected) => {
                write!(f, "At least {}. {expected}", amount(expected.bounds.min, expected.unit))
            }
            Self::TooLarge(expected) => {
                write!(f, "At most {}. {expected}", amount(expected.bounds.max, expected.unit))
            }
            Self::NotASwitch => f.write_str("Choose on or off."),
            Self::TooLong { max, typed } => write!(
                f,
                "Up to {} characters; this has {}.",
                words::number((*max).into()),
                words::number(i64::try_from(*typed).unwrap_or(i64::MAX)),
            ),
            Self::Email { entry, problem } => write!(f, "“{entry}” is not an e-mail address. {problem}"),
            Self::Grammar(words) => f.write_str(words),
            Self::NotAChoice(choices) => {
                let values: Vec<_> = choices.iter().map(|(value, _)| *value).collect();
                write!(f, "Choose one of {}.", values.join(", "))
            }
            Self::Missing => {
                f.write_str("The form arrived without this field, so nothing was saved. Reload the page and try again.")
            }
            Self::Conflict(words) => f.write_str(words),
        }
    }
}

impl std::error::Error for Problem {}
