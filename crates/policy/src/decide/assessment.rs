//! Assessments: members of a community judge some of its ideas by criteria. Who makes one, who fills it in and until when,
//! who sees what came of it, and who is reminded.
mod summary;

pub use summary::{Summary, summary};

use super::moderation;
use crate::{Refusal, Role, Timestamp, time::Span};
use std::{collections::BTreeMap, fmt};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// How many ideas one assessment is about at most.
pub const MOST_IDEAS: usize = 20;
/// How many criteria it has at most.
pub const MOST_CRITERIA: usize = 10;
/// How many assessors it has at most.
pub const MOST_ASSESSORS: usize = 50;
/// How long Bailey leaves an assessor in peace after a mail about an assessment.
pub const REMINDED_EVERY: Span = Span::days(7);
/// How long they are left in peace where a moderator asks for another mail.
pub const REMINDED_AGAIN: Span = Span::days(1);

/// What assessors are asked. The names are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownKind, parse_err_fn = UnknownKind::of)]
pub enum AssessmentKind {
    /// One to five for each criterion, which whoever makes it names.
    Rank,
    /// Value, cost and constraints, each high, medium, low or not applicable.
    ReviewScale,
}

/// The text names no kind of assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKind(pub String);

impl UnknownKind {
    fn of(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no kind of assessment; there are rank and review-scale", self.0)
    }
}

impl std::error::Error for UnknownKind {}

impl TryFrom<String> for AssessmentKind {
    type Error = UnknownKind;

    fn try_from(text: String) -> Result<Self, UnknownKind> {
        text.parse()
    }
}

/// What an assessor may answer for an idea and a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grade {
    /// The text that is stored and sent.
    pub value: &'static str,
    /// The words on a page.
    pub label: &'static str,
    /// How much it counts in an average; `None` where it does not count.
    pub points: Option<i64>,
}

const fn grade(value: &'static str, label: &'static str, points: Option<i64>) -> Grade {
    Grade { value, label, points }
}

const ONE_TO_FIVE: [Grade; 5] = [
    grade("1", "1 (least)", Some(1)),
    grade("2", "2", Some(2)),
    grade("3", "3", Some(3)),
    grade("4", "4", Some(4)),
    grade("5", "5 (most)", Some(5)),
];
const HIGH_TO_LOW: [Grade; 4] = [
    grade("high", "High", Some(3)),
    grade("medium", "Medium", Some(2)),
    grade("low", "Low", Some(1)),
    grade("not-applicable", "N/A", None),
];

impl AssessmentKind {
    /// Every kind.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name that is stored and sent.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The name on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Rank => "Rank assessment",
            Self::ReviewScale => "Review scale",
        }
    }

    /// The criteria that it always has; `None` where whoever makes one names them.
    pub const fn criteria(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Rank => None,
            Self::ReviewScale => Some(&["Value", "Cost", "Constraints"]),
        }
    }

    /// What assessors may answer.
    pub const fn grades(self) -> &'static [Grade] {
        match self {
            Self::Rank => &ONE_TO_FIVE,
            Self::ReviewScale => &HIGH_TO_LOW,
        }
    }

    /// What a text answers; `None` where it is no answer.
    pub fn grade(self, value: &str) -> Option<&'static Grade> {
        self.grades().iter().find(|grade| grade.value == value)
    }

    /// The greatest number of points that an answer counts.
    pub fn most_points(self) -> i64 {
        self.grades().iter().filter_map(|grade| grade.points).max().unwrap_or_default()
    }
}

/// How far an assessment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// When it is closed; `None` where it stays open until everybody has answered.
    pub closes_at: Option<Timestamp>,
    /// How many assessors have not submitted theirs, of those who take part still.
    pub waiting: i64,
}

/// What it asks for: a criterion of an idea, each by its place.
pub type Question = (i64, i64);

/// May a member make assessments in a community, see how far they are, and remind people?
pub fn may_make(role: Role, moderates: bool) -> bool {
    moderation::may_moderate(role, moderates)
}

/// Whether nothing is answered any more: it is closed, or nobody is left to answer.
pub fn is_over(progress: Progress, now: Timestamp) -> bool {
    is_closed(progress.closes_at, now) || progress.waiting == 0
}

fn is_closed(closes_at: Option<Timestamp>, now: Timestamp) -> bool {
    closes_at.is_some_and(|at| at <= now)
}

/// May an assessor answer, or change what they have answered?
///
/// # Errors
/// [`Refusal::AssessmentSubmitted`] once they have submitted theirs; [`Refusal::AssessmentClosed`].
pub fn may_fill_in(submitted: bool, closes_at: Option<Timestamp>, now: Timestamp) -> Result<(), Refusal> {
    if submitted {
        return Err(Refusal::AssessmentSubmitted);
    }
    if is_closed(closes_at, now) { Err(Refusal::AssessmentClosed) } else { Ok(()) }
}

/// What is not answered yet; nothing where it can be submitted.
pub fn unanswered<T>(ideas: &[i64], criteria: &[i64], answers: &BTreeMap<Question, T>) -> Vec<Question> {
    let all = ideas.iter().flat_map(|idea| criteria.iter().map(move |criterion| (*idea, *criterion)));
    all.filter(|question| !answers.contains_key(question)).collect()
}

/// Does somebody see what came of it? Whoever may make one at any time; an assessor once it is over, so that nobody
/// answers by what others have answered.
pub const fn sees_results(makes: bool, assesses: bool, over: bool) -> bool {
    makes || assesses && over
}

/// May an assessor be mailed about an assessment again?
pub fn may_remind(reminded_at: Timestamp, pause: Span, now: Timestamp) -> bool {
    now >= reminded_at + pause || reminded_at.is_ahead_of(now)
}

#[cfg(test)]
mod tests;
