//! Assessments: members of a community judge some of its ideas by criteria.
mod fill_in;
mod make;
mod remind;
mod results;

pub use make::{NewAssessment, Proposal};
pub use results::Results;
pub use store::{AssessedIdeaRow, AssessmentRow, AssessorRow};

use crate::{
    AssessmentId, Caller, CommunityId, Error, Result,
    audit::{Actor, Channel, Entry},
    bailey::Assessments,
};
use policy::decide::assessment::{self, Progress, Question};
use std::collections::BTreeMap;
use store::Tx;

/// How many assessments the list shows.
const SHOWN: i64 = 100;

/// An assessment, as the caller sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The assessment.
    pub row: AssessmentRow,
    /// Its criteria, each with its place.
    pub criteria: Vec<(i64, String)>,
    /// The ideas that it is about.
    pub ideas: Vec<AssessedIdeaRow>,
    /// Whether nothing is answered any more.
    pub over: bool,
    /// Whether the caller may remind people, and close it.
    pub makes: bool,
    /// What the caller has answered; `None` where they are no assessor.
    pub own: Option<OwnAnswers>,
    /// The assessors; nobody for whoever may not see how far they are.
    pub assessors: Vec<AssessorRow>,
    /// What came of it so far; `None` for whoever may not see it, or not yet.
    pub results: Option<Results>,
}

/// What an assessor has answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnAnswers {
    /// The grade of each question that is answered.
    pub grades: BTreeMap<Question, String>,
    /// What they have written beside it.
    pub note: String,
    /// Whether they may change it.
    pub open: bool,
}

impl Assessments<'_> {
    /// The latest assessments that the caller is to do, has done, or may make, the latest first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller) -> Result<Vec<AssessmentRow>> {
        let mut tx = self.0.store().read().await?;
        Ok(tx.assessments_for(caller.workspace(), caller.member(), everywhere(caller), SHOWN).await?)
    }

    /// The communities in which the caller may make assessments, by name.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn places(self, caller: &Caller) -> Result<Vec<(CommunityId, String)>> {
        let mut tx = self.0.store().read().await?;
        let rows = if everywhere(caller) {
            tx.communities(caller.workspace()).await?
        } else {
            let mut moderated = Vec::new();
            for row in tx.communities_of(caller.member()).await? {
                if tx.moderates(&row.id, caller.member()).await? {
                    moderated.push(row);
                }
            }
            moderated
        };
        Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
    }

    /// Whether there is an assessment for the caller, or a community in which they may make one.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn concern(self, caller: &Caller) -> Result<bool> {
        let mut tx = self.0.store().read().await?;
        Ok(tx.assessments_concern(caller.workspace(), caller.member(), everywhere(caller)).await?)
    }

    /// One assessment that the caller is to do, has done, or may make.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such assessment, or not for them.
    pub async fn find(self, caller: &Caller, id: &AssessmentId) -> Result<Assessment> {
        let (mut tx, now) = (self.0.store().read().await?, self.0.now());
        let row = row_for(&mut tx, caller, id).await?;
        let (criteria, ideas) = (tx.criteria_of(id).await?, tx.assessed_ideas(id).await?);
        let makes = assessment::may_make(caller.role(), row.moderates);
        let over = assessment::is_over(Progress { closes_at: row.closes_at, waiting: row.waiting }, now);
        let assessors = tx.assessors_of(id).await?;
        let own = assessors.iter().find(|one| row.assesses && one.member_id == *caller.member());
        let own = match own {
            Some(one) => Some(OwnAnswers {
                grades: grades(&mut tx, caller, id).await?,
                note: one.note.clone(),
                open: assessment::may_fill_in(one.submitted_at.is_some(), row.closes_at, now).is_ok(),
            }),
            None => None,
        };
        let results = if assessment::sees_results(makes, row.assesses, over) {
            Some(Results::of(row.kind, &tx.counted_answers(id).await?))
        } else {
            None
        };
        let assessors = if makes { assessors } else { Vec::new() };
        Ok(Assessment { row, criteria, ideas, over, makes, own, assessors, results })
    }
}

/// Whether the caller's role lets them make assessments in every community.
fn everywhere(caller: &Caller) -> bool {
    assessment::may_make(caller.role(), false)
}

/// An assessment that the caller sees.
///
/// # Errors
/// [`Error::NotFound`] when there is no such assessment, or not for them.
async fn row_for(tx: &mut Tx, caller: &Caller, id: &AssessmentId) -> Result<AssessmentRow> {
    let row = tx.assessment_for(caller.workspace(), caller.member(), everywhere(caller), id).await?;
    row.ok_or(Error::NotFound)
}

/// An assessment of a community in which the caller may make some.
///
/// # Errors
/// [`Error::NotFound`] when there is no such assessment, or not for them.
async fn made_by(tx: &mut Tx, caller: &Caller, id: &AssessmentId) -> Result<AssessmentRow> {
    let row = row_for(tx, caller, id).await?;
    if assessment::may_make(caller.role(), row.moderates) { Ok(row) } else { Err(Error::NotFound) }
}

/// What the caller has answered.
async fn grades(tx: &mut Tx, caller: &Caller, id: &AssessmentId) -> Result<BTreeMap<Question, String>> {
    let rows = tx.answers_of(id, caller.member()).await?;
    Ok(rows.into_iter().map(|row| ((row.idea, row.criterion), row.grade)).collect())
}

fn entry(caller: &Caller, action: &'static str) -> Entry {
    Entry::new(Channel::Ideas, action, Actor::Member(caller.email().clone())).from_address(caller.address())
}
