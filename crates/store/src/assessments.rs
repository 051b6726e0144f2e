//! Assessments of ideas: what is asked, and of whom.
mod answers;
mod assessors;

pub use answers::{AnswerRow, CountedAnswerRow};
pub use assessors::AssessorRow;

use crate::{
    AssessmentId, CommunityId, Error, IdeaId, MemberId, Tx, WorkspaceId,
    columns::{Flag, MaybeMillis, Millis, millis},
    sql,
};
use policy::{Timestamp, decide::assessment::AssessmentKind};

/// An assessment, as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AssessmentRow {
    /// Its identifier.
    pub id: AssessmentId,
    /// The community whose ideas it is about.
    pub community_id: CommunityId,
    /// The name of that community.
    pub community: String,
    /// Who made it, by name.
    pub author: String,
    /// What is asked.
    #[sqlx(try_from = "String")]
    pub kind: AssessmentKind,
    /// What it is called.
    pub title: String,
    /// When it was made.
    #[sqlx(try_from = "Millis")]
    pub made_at: Timestamp,
    /// When it is closed.
    #[sqlx(try_from = "MaybeMillis")]
    pub closes_at: Option<Timestamp>,
    /// How many assessors have not submitted theirs, of those who take part still.
    pub waiting: i64,
    /// How many have.
    pub submitted: i64,
    /// Whether whoever looks is an assessor who belongs to the community still.
    #[sqlx(try_from = "Flag")]
    pub assesses: bool,
    /// When whoever looks has submitted theirs.
    #[sqlx(try_from = "MaybeMillis")]
    pub submitted_at: Option<Timestamp>,
    /// Whether whoever looks was made a moderator of the community.
    #[sqlx(try_from = "Flag")]
    pub moderates: bool,
}

/// An assessment that is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAssessmentRow {
    /// Its identifier.
    pub id: AssessmentId,
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// The community whose ideas it is about.
    pub community_id: CommunityId,
    /// Who makes it.
    pub author_id: MemberId,
    /// What is asked.
    pub kind: AssessmentKind,
    /// What it is called.
    pub title: String,
    /// When.
    pub made_at: Timestamp,
    /// When it is closed.
    pub closes_at: Option<Timestamp>,
}

/// An idea that is assessed.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AssessedIdeaRow {
    /// Its place in the assessment, counted from 1.
    pub place: i64,
    /// The idea.
    pub idea_id: IdeaId,
    /// Its title.
    pub title: String,
}

/// Assessments as a member sees them ($2): those of which they are an assessor, and those of communities that they
/// moderate, which are all where $3 is 1.
macro_rules! assessments {
    ($rest:literal) => {
        concat!(
            "SELECT * FROM (SELECT s.id, s.community_id, c.name AS community, a.name AS author, s.kind, s.title, s.made_at, \
               s.closes_at, \
               (SELECT COUNT(*) FROM assessors x JOIN members w ON w.id = x.member_id AND w.standing = 'active' \
                 JOIN community_members b ON b.community_id = s.community_id AND b.member_id = x.member_id \
                 WHERE x.assessment_id = s.id AND x.submitted_at IS NULL) AS waiting, \
               (SELECT COUNT(*) FROM assessors x WHERE x.assessment_id = s.id AND x.submitted_at IS NOT NULL) AS submitted, \
               (SELECT COUNT(*) FROM assessors x JOIN community_members b ON b.community_id = s.community_id \
                 AND b.member_id = x.member_id WHERE x.assessment_id = s.id AND x.member_id = $2) AS assesses, \
               (SELECT x.submitted_at FROM assessors x WHERE x.assessment_id = s.id AND x.member_id = $2) AS submitted_at, \
               (SELECT COUNT(*) FROM community_members b WHERE b.community_id = s.community_id AND b.member_id = $2 \
                 AND b.moderator = 1) AS moderates \
             FROM assessments s JOIN communities c ON c.id = s.community_id JOIN members a ON a.id = s.author_id \
             WHERE s.workspace_id = $1) q WHERE (q.assesses = 1 OR q.moderates = 1 OR $3 = 1) ",
            $rest
        )
    };
}

impl Tx {
    /// Adds an assessment.
    pub async fn insert_assessment(&mut self, row: &NewAssessmentRow) -> Result<(), Error> {
        let sql = "INSERT INTO assessments (id, workspace_id, community_id, author_id, kind, title, made_at, closes_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let NewAssessmentRow { id, workspace_id, community_id, author_id, kind, title, made_at, closes_at } = row;
        let (kind, closes_at) = (kind.name(), millis(*closes_at));
        sql::execute!(self, sql, id, workspace_id, community_id, author_id, kind, title, made_at.0, closes_at).map(drop)
    }

    /// Adds a criterion to an assessment, at a place.
    pub async fn insert_criterion(&mut self, id: &AssessmentId, place: i64, name: &str) -> Result<(), Error> {
        let sql = "INSERT INTO assessment_criteria (assessment_id, place, name) VALUES ($1, $2, $3)";
        sql::execute!(self, sql, id, place, name).map(drop)
    }

    /// Adds an idea to an assessment, at a place.
    pub async fn insert_assessed_idea(&mut self, id: &AssessmentId, place: i64, idea: &IdeaId) -> Result<(), Error> {
        let sql = "INSERT INTO assessment_ideas (assessment_id, place, idea_id) VALUES ($1, $2, $3)";
        sql::execute!(self, sql, id, place, idea).map(drop)
    }

    /// The latest assessments that a member sees; all of the workspace where they moderate everywhere.
    pub async fn assessments_for(
        &mut self,
        workspace: &WorkspaceId,
        member: &MemberId,
        everywhere: bool,
        most: i64,
    ) -> Result<Vec<AssessmentRow>, Error> {
        let sql = assessments!("ORDER BY q.made_at DESC, q.id DESC LIMIT $4");
        sql::fetch_all!(self, AssessmentRow, sql, workspace, member, i64::from(everywhere), most)
    }

    /// An assessment, if a member sees it.
    pub async fn assessment_for(
        &mut self,
        workspace: &WorkspaceId,
        member: &MemberId,
        everywhere: bool,
        id: &AssessmentId,
    ) -> Result<Option<AssessmentRow>, Error> {
        let sql = assessments!("AND q.id = $4");
        sql::fetch_optional!(self, AssessmentRow, sql, workspace, member, i64::from(everywhere), id)
    }

    /// Whether there is an assessment of which a member is an assessor, or a community that they moderate; any community
    /// where they moderate everywhere.
    pub async fn assessments_concern(
        &mut self,
        workspace: &WorkspaceId,
        member: &MemberId,
        everywhere: bool,
    ) -> Result<bool, Error> {
        let sql = "SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM assessors x JOIN assessments s ON s.id = x.assessment_id \
                     JOIN community_members b ON b.community_id = s.community_id AND b.member_id = x.member_id \
                     WHERE x.member_id = $2) \
                   OR EXISTS (SELECT 1 FROM community_members b WHERE b.member_id = $2 AND b.moderator = 1) \
                   OR ($3 = 1 AND EXISTS (SELECT 1 FROM communities c WHERE c.workspace_id = $1)) \
                   THEN 1 ELSE 0 END AS BIGINT)";
        let found = sql::fetch_optional!(self, (i64,), sql, workspace, member, i64::from(everywhere))?;
        Ok(found.is_some_and(|(there,)| there == 1))
    }

    /// The community whose ideas an assessment is about.
    pub async fn community_of_assessment(&mut self, id: &AssessmentId) -> Result<Option<CommunityId>, Error> {
        let sql = "SELECT community_id FROM assessments WHERE id = $1";
        Ok(sql::fetch_optional!(self, (CommunityId,), sql, id)?.map(|(community,)| community))
    }

    /// The criteria of an assessment, each with its place, in order.
    pub async fn criteria_of(&mut self, id: &AssessmentId) -> Result<Vec<(i64, String)>, Error> {
        let sql = "SELECT place, name FROM assessment_criteria WHERE assessment_id = $1 ORDER BY place";
        sql::fetch_all!(self, (i64, String), sql, id)
    }

    /// The ideas of an assessment, in order.
    pub async fn assessed_ideas(&mut self, id: &AssessmentId) -> Result<Vec<AssessedIdeaRow>, Error> {
        let sql = "SELECT e.place, e.idea_id, i.title FROM assessment_ideas e JOIN ideas i ON i.id = e.idea_id \
                   WHERE e.assessment_id = $1 ORDER BY e.place";
        sql::fetch_all!(self, AssessedIdeaRow, sql, id)
    }

    /// The latest approved ideas of a community, each with its title, the latest first.
    pub async fn ideas_in(&mut self, community: &CommunityId, most: i64) -> Result<Vec<(IdeaId, String)>, Error> {
        let sql = "SELECT id, title FROM ideas WHERE community_id = $1 AND state = 'approved' \
                   ORDER BY posted_at DESC, id DESC LIMIT $2";
        sql::fetch_all!(self, (IdeaId, String), sql, community, most)
    }

    /// How many assessments a member has made since an instant.
    pub async fn assessments_made_since(&mut self, member: &MemberId, since: i64) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM assessments WHERE author_id = $1 AND made_at > $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, member, since)?.map_or(0, |(count,)| count))
    }

    /// Closes an assessment at an instant; `false` when it is closed by then already.
    pub async fn close_assessment(&mut self, id: &AssessmentId, at: i64) -> Result<bool, Error> {
        let sql = "UPDATE assessments SET closes_at = $2 WHERE id = $1 AND (closes_at IS NULL OR closes_at > $2)";
        sql::execute!(self, sql, id, at).map(|closed| closed == 1)
    }
}
