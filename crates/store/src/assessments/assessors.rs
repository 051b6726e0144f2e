//! Who is asked by an assessment, who has finished it, and who was reminded.
use crate::{
    AssessmentId, Error, MemberId, Tx,
    columns::{Flag, MaybeMillis, Millis},
    sql,
};
use policy::{AccountStatus, Timestamp};

/// An assessor.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AssessorRow {
    /// Who.
    pub member_id: MemberId,
    /// Their name.
    pub name: String,
    /// Whether they take part in the workspace.
    #[sqlx(rename = "standing", try_from = "String")]
    pub status: AccountStatus,
    /// Whether they belong to the community still.
    #[sqlx(try_from = "Flag")]
    pub in_community: bool,
    /// What they have written beside their answers.
    pub note: String,
    /// When they were last mailed about it.
    #[sqlx(try_from = "Millis")]
    pub reminded_at: Timestamp,
    /// When they have submitted it.
    #[sqlx(try_from = "MaybeMillis")]
    pub submitted_at: Option<Timestamp>,
    /// How many questions they have answered.
    pub answered: i64,
}

impl AssessorRow {
    /// Whether they are asked still: they have not submitted theirs, and take part.
    pub fn waits(&self) -> bool {
        self.submitted_at.is_none() && self.in_community && self.status == AccountStatus::Active
    }
}

/// The assessors who have not finished, of assessments that are open at an instant ($2).
macro_rules! waiting {
    ($select:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $select,
            " FROM assessors x JOIN assessments s ON s.id = x.assessment_id \
             JOIN members a ON a.id = x.member_id AND a.standing = 'active' \
             JOIN community_members b ON b.community_id = s.community_id AND b.member_id = x.member_id \
             WHERE x.submitted_at IS NULL AND (s.closes_at IS NULL OR s.closes_at > $2) ",
            $rest
        )
    };
}

impl Tx {
    /// Makes a member an assessor who was mailed about it at an instant.
    pub async fn insert_assessor(&mut self, id: &AssessmentId, member: &MemberId, now: i64) -> Result<(), Error> {
        let sql = "INSERT INTO assessors (assessment_id, member_id, reminded_at) VALUES ($1, $2, $3)";
        sql::execute!(self, sql, id, member, now).map(drop)
    }

    /// The assessors of an assessment, by name.
    pub async fn assessors_of(&mut self, id: &AssessmentId) -> Result<Vec<AssessorRow>, Error> {
        let sql = "SELECT x.member_id, a.name, a.standing, x.note, x.reminded_at, x.submitted_at, \
                     (SELECT COUNT(*) FROM community_members b WHERE b.community_id = s.community_id \
                       AND b.member_id = x.member_id) AS in_community, \
                     (SELECT COUNT(*) FROM assessment_answers w WHERE w.assessment_id = x.assessment_id \
                       AND w.member_id = x.member_id) AS answered \
                   FROM assessors x JOIN assessments s ON s.id = x.assessment_id JOIN members a ON a.id = x.member_id \
                   WHERE x.assessment_id = $1 ORDER BY a.name, x.member_id";
        sql::fetch_all!(self, AssessorRow, sql, id)
    }

    /// How many assessments wait for a member.
    pub async fn count_waiting_assessments(&mut self, member: &MemberId, now: i64) -> Result<i64, Error> {
        let sql = waiting!("COUNT(*)", "AND x.member_id = $1");
        Ok(sql::fetch_optional!(self, (i64,), sql, member, now)?.map_or(0, |(count,)| count))
    }

    /// So many of those who have not finished an open assessment and were last mailed about it at an instant or before.
    pub async fn assessors_to_remind(
        &mut self,
        before: i64,
        now: i64,
        most: i64,
    ) -> Result<Vec<(AssessmentId, MemberId)>, Error> {
        let sql = waiting!(
            "x.assessment_id, x.member_id",
            "AND x.reminded_at <= $1 ORDER BY x.reminded_at, x.assessment_id, x.member_id LIMIT $3"
        );
        sql::fetch_all!(self, (AssessmentId, MemberId), sql, before, now, most)
    }

    /// Notes that an assessor is reminded; `false` where they have finished meanwhile, or were reminded by somebody else.
    pub async fn note_reminded(
        &mut self,
        id: &AssessmentId,
        member: &MemberId,
        before: Timestamp,
        now: i64,
    ) -> Result<bool, Error> {
        let sql = "UPDATE assessors SET reminded_at = $4 WHERE assessment_id = $1 AND member_id = $2 \
                   AND submitted_at IS NULL AND reminded_at = $3";
        sql::execute!(self, sql, id, member, before.0, now).map(|noted| noted == 1)
    }

    /// Notes what an assessor writes beside their answers.
    pub async fn set_assessors_note(&mut self, id: &AssessmentId, member: &MemberId, note: &str) -> Result<(), Error> {
        let sql = "UPDATE assessors SET note = $3 WHERE assessment_id = $1 AND member_id = $2";
        sql::execute!(self, sql, id, member, note).map(drop)
    }

    /// Submits what an assessor has answered; `false` where it is already.
    pub async fn submit_assessment(&mut self, id: &AssessmentId, member: &MemberId, now: i64) -> Result<bool, Error> {
        let sql = "UPDATE assessors SET submitted_at = $3 WHERE assessment_id = $1 AND member_id = $2 \
                   AND submitted_at IS NULL";
        sql::execute!(self, sql, id, member, now).map(|submitted| submitted == 1)
    }
}
