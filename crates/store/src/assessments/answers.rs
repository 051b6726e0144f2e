//! What assessors have answered.
use crate::{AssessmentId, Error, MemberId, Tx, sql};

/// An answer: the places of the idea and of the criterion, and the grade.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AnswerRow {
    /// The place of the idea.
    pub idea: i64,
    /// The place of the criterion.
    pub criterion: i64,
    /// The grade.
    pub grade: String,
}

/// How often a grade was given.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CountedAnswerRow {
    /// What was answered.
    #[sqlx(flatten)]
    pub answer: AnswerRow,
    /// How often, by assessors who have submitted theirs.
    pub times: i64,
}

impl Tx {
    /// What an assessor has answered.
    pub async fn answers_of(&mut self, id: &AssessmentId, member: &MemberId) -> Result<Vec<AnswerRow>, Error> {
        let sql = "SELECT idea, criterion, grade FROM assessment_answers WHERE assessment_id = $1 AND member_id = $2 \
                   ORDER BY idea, criterion";
        sql::fetch_all!(self, AnswerRow, sql, id, member)
    }

    /// How often each grade was given by those who have submitted theirs.
    pub async fn counted_answers(&mut self, id: &AssessmentId) -> Result<Vec<CountedAnswerRow>, Error> {
        let sql = "SELECT w.idea, w.criterion, w.grade, COUNT(*) AS times FROM assessment_answers w \
                   JOIN assessors x ON x.assessment_id = w.assessment_id AND x.member_id = w.member_id \
                   WHERE w.assessment_id = $1 AND x.submitted_at IS NOT NULL \
                   GROUP BY w.idea, w.criterion, w.grade ORDER BY w.idea, w.criterion, w.grade";
        sql::fetch_all!(self, CountedAnswerRow, sql, id)
    }

    /// Deletes what an assessor has answered.
    pub async fn delete_answers(&mut self, id: &AssessmentId, member: &MemberId) -> Result<(), Error> {
        let sql = "DELETE FROM assessment_answers WHERE assessment_id = $1 AND member_id = $2";
        sql::execute!(self, sql, id, member).map(drop)
    }

    /// Adds an answer.
    pub async fn insert_answer(
        &mut self,
        id: &AssessmentId,
        member: &MemberId,
        answer: &AnswerRow,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO assessment_answers (assessment_id, member_id, idea, criterion, grade) \
                   VALUES ($1, $2, $3, $4, $5)";
        sql::execute!(self, sql, id, member, answer.idea, answer.criterion, &answer.grade).map(drop)
    }
}
