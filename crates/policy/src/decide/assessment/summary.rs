//! What came of an assessment: how often each was answered, and the average.
use super::AssessmentKind;

/// What assessors have answered, together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// How often each grade was given, in the order of the kind's grades.
    pub counts: Vec<i64>,
    /// The average of what counts, in hundredths, rounded; `None` where nothing does.
    pub average: Option<i64>,
}

impl Summary {
    /// The average in words: `3.25`.
    pub fn in_words(&self) -> Option<String> {
        self.average.map(|average| format!("{}.{:02}", average / 100, average % 100))
    }
}

/// Returns what came of answers of a kind, each with how often it was given.
pub fn summary<'a>(kind: AssessmentKind, answers: impl IntoIterator<Item = (&'a str, i64)>) -> Summary {
    let mut counts = vec![0; kind.grades().len()];
    for (value, times) in answers {
        let place = kind.grades().iter().position(|grade| grade.value == value);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += times;
        }
    }
    let counted = kind.grades().iter().zip(&counts).filter_map(|(grade, count)| Some((grade.points?, *count)));
    let (sum, number) = counted.fold((0, 0), |(sum, number), (points, count)| (sum + points * count, number + count));
    let average = (number > 0).then(|| (sum * 200 + number) / (number * 2));
    Summary { counts, average }
}
