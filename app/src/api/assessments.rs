//! Assessments of ideas.
#[cfg(feature = "ssr")]
mod results;

use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::{components::chart::ChartView, error::ApiError};
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// The list of assessments, and where the caller may make another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentsView {
    /// The assessments, the latest first.
    pub assessments: Vec<AssessmentLine>,
    /// The communities in which the caller may make one: identifier and name.
    pub places: Vec<(String, String)>,
}

/// An assessment in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentLine {
    /// Its identifier in addresses.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What is asked, in words.
    pub kind: String,
    /// The name of its community.
    pub community: String,
    /// When it is closed.
    pub closes_at: Option<Timestamp>,
    /// How many have submitted theirs.
    pub submitted: i64,
    /// How many have not.
    pub waiting: i64,
    /// Whether it waits for the caller.
    pub to_do: bool,
    /// Whether nothing is answered any more.
    pub over: bool,
}

/// What an assessment in a community can be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalView {
    /// The community in addresses.
    pub id: String,
    /// Its name.
    pub community: String,
    /// The kinds of assessments: name and words.
    pub kinds: Vec<(String, String)>,
    /// Its latest ideas: identifier and title.
    pub ideas: Vec<(String, String)>,
}

/// An assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentView {
    /// What its line in the list says.
    pub line: AssessmentLine,
    /// Who made it, by name.
    pub author: String,
    /// Its criteria, each with its place.
    pub criteria: Vec<(i64, String)>,
    /// The ideas: place, identifier and title.
    pub ideas: Vec<(i64, String, String)>,
    /// What may be answered: value and words.
    pub grades: Vec<(String, String)>,
    /// What the caller has answered, where they are an assessor.
    pub own: Option<OwnView>,
    /// Whether the caller may remind people, and close it.
    pub makes: bool,
    /// The assessors, for whoever may see how far they are.
    pub assessors: Vec<AssessorView>,
    /// What came of it; `None` for whoever may not see it, or not yet.
    pub results: Option<ResultsView>,
}

/// What an assessor has answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnView {
    /// The grades: the name of the field, and the value.
    pub grades: Vec<(String, String)>,
    /// What they have written beside it.
    pub note: String,
    /// Whether they may change it.
    pub open: bool,
    /// When they have submitted it.
    pub submitted_at: Option<Timestamp>,
}

/// How far an assessor is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessorView {
    /// Their name.
    pub name: String,
    /// How far they are, in words.
    pub state: String,
    /// When they have submitted it.
    pub submitted_at: Option<Timestamp>,
    /// What they have written beside it, once they have submitted it.
    pub note: String,
}

/// What came of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultsView {
    /// The charts.
    pub charts: Vec<ChartView>,
    /// For each idea its title, and in words what came of each criterion.
    pub rows: Vec<(String, Vec<String>)>,
}

server_function! {
    /// Loads the assessments that the caller is to do, has done, or may make.
    "assessments/load" in Member as caller;
    pub async fn load_assessments() -> Result<AssessmentsView, ApiError> {
        let bailey = context().bailey;
        let now = bailey.now();
        let found = bailey.assessments().list(&caller).await.map_err(fail)?;
        let places = bailey.assessments().places(&caller).await.map_err(fail)?;
        Ok(AssessmentsView {
            assessments: found.into_iter().map(|row| line(row, now)).collect(),
            places: places.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        })
    }
}

server_function! {
    /// Loads what an assessment in a community can be about.
    "assessments/proposal" in Member as caller;
    pub async fn load_proposal(
        /// The community.
        id: String,
    ) -> Result<ProposalView, ApiError> {
        use policy::decide::assessment::AssessmentKind;
        let community = domain::CommunityId::parse(&id).ok_or_else(|| fail(domain::Error::NotFound))?;
        let found = context().bailey.assessments().proposal(&caller, &community).await.map_err(fail)?;
        let kinds = AssessmentKind::ALL.iter().map(|kind| (kind.name().to_owned(), kind.label().to_owned()));
        Ok(ProposalView {
            id: community.to_string(),
            community: found.community,
            kinds: kinds.collect(),
            ideas: found.ideas.into_iter().map(|(id, title)| (id.to_string(), title)).collect(),
        })
    }
}

server_function! {
    /// Loads one assessment.
    "assessments/one" in Member as caller;
    pub async fn load_assessment(
        /// Which.
        id: String,
    ) -> Result<AssessmentView, ApiError> {
        let id = domain::AssessmentId::parse(&id).ok_or_else(|| fail(domain::Error::NotFound))?;
        let bailey = context().bailey;
        let found = bailey.assessments().find(&caller, &id).await.map_err(fail)?;
        Ok(view(found, bailey.now()))
    }
}

#[cfg(feature = "ssr")]
fn line(row: domain::assessments::AssessmentRow, now: Timestamp) -> AssessmentLine {
    use policy::decide::assessment::{Progress, is_over, may_fill_in};
    AssessmentLine {
        to_do: row.assesses && may_fill_in(row.submitted_at.is_some(), row.closes_at, now).is_ok(),
        over: is_over(Progress { closes_at: row.closes_at, waiting: row.waiting }, now),
        id: row.id.to_string(),
        title: row.title,
        kind: row.kind.label().to_owned(),
        community: row.community,
        closes_at: row.closes_at,
        submitted: row.submitted,
        waiting: row.waiting,
    }
}

#[cfg(feature = "ssr")]
fn view(found: domain::assessments::Assessment, now: Timestamp) -> AssessmentView {
    let questions = found.criteria.len() * found.ideas.len();
    let results = found.results.as_ref().map(|came| results::view(&found, came));
    let own = found.own.map(|own| OwnView {
        grades: own.grades.into_iter().map(|((idea, of), grade)| (format!("grade-{idea}-{of}"), grade)).collect(),
        note: own.note,
        open: own.open,
        submitted_at: found.row.submitted_at,
    });
    let assessors = found.assessors.into_iter().map(|one| AssessorView {
        state: match one.submitted_at {
            Some(_) => "Submitted".to_owned(),
            None if !one.waits() => "Takes part no longer".to_owned(),
            None => format!("{} of {questions} answered", one.answered),
        },
        name: one.name,
        note: if one.submitted_at.is_some() { one.note } else { String::new() },
        submitted_at: one.submitted_at,
    });
    AssessmentView {
        author: found.row.author.clone(),
        grades: found.row.kind.grades().iter().map(|grade| (grade.value.to_owned(), grade.label.to_owned())).collect(),
        ideas: found.ideas.into_iter().map(|idea| (idea.place, idea.idea_id.to_string(), idea.title)).collect(),
        criteria: found.criteria,
        own,
        makes: found.makes,
        assessors: assessors.collect(),
        results,
        line: line(found.row, now),
    }
}
