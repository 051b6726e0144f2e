//! What came of an assessment.
use policy::decide::assessment::{AssessmentKind, Question, Summary, summary};
use std::collections::BTreeMap;
use store::CountedAnswerRow;

/// What came of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Results {
    /// For each question that somebody has answered.
    pub by_question: BTreeMap<Question, Summary>,
    /// For each idea, all of its criteria together.
    pub by_idea: BTreeMap<i64, Summary>,
}

impl Results {
    /// Puts together what was answered.
    pub(super) fn of(kind: AssessmentKind, rows: &[CountedAnswerRow]) -> Self {
        let (mut questions, mut ideas) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for CountedAnswerRow { answer, times } in rows {
            let counted = (answer.grade.as_str(), *times);
            questions.entry((answer.idea, answer.criterion)).or_default().push(counted);
            ideas.entry(answer.idea).or_default().push(counted);
        }
        Self {
            by_question: questions.into_iter().map(|(question, all)| (question, summary(kind, all))).collect(),
            by_idea: ideas.into_iter().map(|(idea, all)| (idea, summary(kind, all))).collect(),
        }
    }
}
