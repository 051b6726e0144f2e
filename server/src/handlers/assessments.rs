//! Assessments: the posts of their forms.
use crate::{
    extract::{Fields, GatedRequest, Id, SignedIn},
    respond::{chosen_ideas, grades, redirect_with_notice},
};
use app::page::{Form, Notice, PageState};
use axum::response::Response;
use domain::{AssessmentId, CommunityId, Error, assessments::NewAssessment};
use policy::Refusal;
use std::collections::BTreeMap;
use web::{PublicError, explain};

const PAGE: &str = "/assessments";

fn page_of(id: &AssessmentId) -> String {
    format!("{PAGE}/{id}")
}

/// Makes an assessment of ideas of a community.
pub async fn make(
    SignedIn { request, caller }: SignedIn,
    Id(community): Id<CommunityId>,
    mut fields: Fields,
) -> Response {
    let [kind, title, criteria] = ["kind", "title", "criteria"].map(|name| fields.take(name));
    let [assessors, closes] = ["assessors", "closes"].map(|name| fields.take(name));
    let ideas = chosen_ideas(&fields.0);
    let new = NewAssessment {
        kind: &kind,
        title: &title,
        criteria: &criteria,
        ideas: &ideas,
        assessors: &assessors,
        closes: &closes,
    };
    let error = match request.context.bailey.assessments().make(&caller, &community, new).await {
        Ok(id) => return redirect_with_notice(&page_of(&id), Notice::AssessmentMade),
        Err(error) => error,
    };
    let back = |errors| Form::Assessment { kind, title, criteria, ideas, assessors, closes, errors };
    came_back(&request, &format!("{PAGE}/new/{community}"), error, back).await
}

/// Saves what an assessor has answered, or submits it.
pub async fn fill_in(SignedIn { request, caller }: SignedIn, Id(id): Id<AssessmentId>, mut fields: Fields) -> Response {
    let (note, step) = (fields.take("note"), fields.take("step"));
    let submit = step == "submit";
    let done = request.context.bailey.assessments().fill_in(&caller, &id, &fields.0, &note, submit).await;
    let error = match done {
        Ok(()) if submit => return redirect_with_notice(&page_of(&id), Notice::AssessmentSubmitted),
        Ok(()) => return redirect_with_notice(&page_of(&id), Notice::AssessmentSaved),
        Err(error) => error,
    };
    let typed = grades(fields.0);
    let back = |errors| Form::Grades { grades: typed, note, errors };
    came_back(&request, &page_of(&id), error, back).await
}

/// Reminds whoever has not finished.
pub async fn remind(SignedIn { request, caller }: SignedIn, Id(id): Id<AssessmentId>) -> Response {
    let done = request.context.bailey.assessments().remind_now(&caller, &id).await.map(drop);
    answer(&request, done, &id, Notice::AssessorsReminded).await
}

/// Closes an assessment.
pub async fn close(SignedIn { request, caller }: SignedIn, Id(id): Id<AssessmentId>) -> Response {
    let done = request.context.bailey.assessments().close(&caller, &id).await;
    answer(&request, done, &id, Notice::AssessmentClosed).await
}

/// Shows a page again with what was typed there, and the words beside each field or why nothing was done.
async fn came_back(
    request: &GatedRequest,
    page: &str,
    error: Error,
    back: impl FnOnce(BTreeMap<String, String>) -> Form,
) -> Response {
    let (status, answer) = explain(error);
    let (errors, refusal) = match answer {
        PublicError::Invalid(errors) => (errors, None),
        PublicError::Refused(refusal) => (BTreeMap::new(), Some(refusal)),
        _ => return request.fault_page(status),
    };
    request.page_at(page, PageState { form: back(errors), refusal, ..PageState::default() }, status).await
}

async fn answer(request: &GatedRequest, done: domain::Result<()>, id: &AssessmentId, notice: Notice) -> Response {
    match done {
        Ok(()) => redirect_with_notice(&page_of(id), notice),
        Err(Error::Refused(refusal @ (Refusal::RemindedLately | Refusal::AssessmentClosed))) => {
            request.error_at(&page_of(id), refusal.into()).await
        }
        Err(error) => request.error_at(PAGE, error).await,
    }
}
