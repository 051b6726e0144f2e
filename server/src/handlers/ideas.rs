//! Ideas: the posts of their forms.
use super::pages::show;
use crate::{
    extract::{AskedQuery, Fields, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{IdeaId, ideas::NewIdea};
use std::collections::BTreeMap;
use web::{PublicError, explain};

const PAGE: &str = "/ideas";

/// Returns the page of an idea.
pub fn page_of(id: &IdeaId) -> String {
    format!("{PAGE}/{id}")
}

/// Shows the list, with what was typed before the session was over where that was saved.
pub async fn page(signed_in: SignedIn, asked: AskedQuery) -> Response {
    let saved = signed_in.saved_form(&asked, PAGE).await;
    let request = signed_in.request;
    match saved {
        Ok(Some(mut saved)) => {
            let mut typed = |name: &str| saved.remove(name).unwrap_or_default();
            let (community, title, body) = (typed("community"), typed("title"), typed("body"));
            let form = Form::Idea { community, title, body, errors: BTreeMap::new() };
            let page = PageState { notice: Some(Notice::FormRestored), form, ..PageState::default() };
            request.page_at(PAGE, page, StatusCode::OK).await
        }
        Ok(None) => show(request, asked).await,
        Err(error) => request.error_at(PAGE, error).await,
    }
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
    match answer {
        PublicError::Invalid(mut errors) => {
            let form = Form::Share { email, error: errors.remove("email") };
            request.page_at(&here, PageState { form, ..PageState::default() }, status).await
        }
        _ => request.fault_page(status),
    }
}
