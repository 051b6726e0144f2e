//! Ideas: the posts of their forms.
use crate::{
    extract::{Fields, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{IdeaId, ideas::NewIdea};
use std::collections::BTreeMap;
use web::{PublicError, explain};

const PAGE: &str = "/ideas";

/// Returns the page of an idea.
pub fn page_of(id: &IdeaId) -> String {
    format!("{PAGE}/{id}")
}

/// Posts an idea.
pub async fn post(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let (community, title, body) = (fields.take("community"), fields.take("title"), fields.take("body"));
    let new = NewIdea { community: &community, title: &title, body: &body };
    let error = match request.context.bailey.ideas().post(&caller, new).await {
        Ok(id) => return Redirect::to(&page_of(&id)).into_response(),
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    let (errors, refusal) = match answer {
        PublicError::Invalid(errors) => (errors, None),
        PublicError::Refused(refusal) => (BTreeMap::new(), Some(refusal)),
        _ => return request.fault_page(status),
    };
    let form = Form::Idea { community, title, body, errors };
    request.page_at(PAGE, PageState { form, refusal, ..PageState::default() }, status).await
}

/// Tells somebody of an idea by mail.
pub async fn share(SignedIn { request, caller }: SignedIn, Id(id): Id<IdeaId>, mut fields: Fields) -> Response {
    let email = fields.take("email");
    let here = page_of(&id);
    let error = match request.context.bailey.ideas().share(&caller, &id, &email).await {
        Ok(()) => return redirect_with_notice(&here, Notice::IdeaShared),
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    let (error, refusal) = match answer {
        PublicError::Invalid(mut errors) => (errors.remove("email"), None),
        PublicError::Refused(refusal) => (None, Some(refusal)),
        _ => return request.fault_page(status),
    };
    let form = Form::Share { email, error };
    request.page_at(&here, PageState { form, refusal, ..PageState::default() }, status).await
}
