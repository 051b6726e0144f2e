//! Ideas: the posts of their forms.
use super::{
    Fields, Id, SignedIn,
    pages::{AskedQuery, show},
    visit::go,
};
use crate::gate::broken_page;
use app::{
    api::serve::explain,
    error::ApiError,
    page::{Form, Notice, PageState},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{IdeaId, ideas::NewIdea};
use std::collections::BTreeMap;

const PAGE: &str = "/ideas";

/// The page of an idea.
pub fn page_of(id: &IdeaId) -> String {
    format!("{PAGE}/{id}")
}

/// Shows the list, with what was typed before the session was over where that was kept.
pub async fn page(signed_in: SignedIn, asked: AskedQuery) -> Response {
    let kept = signed_in.saved_form(&asked, PAGE).await;
    let visit = signed_in.visit;
    match kept {
        Ok(Some(mut kept)) => {
            let mut typed = |name: &str| kept.remove(name).unwrap_or_default();
            let (community, title, body) = (typed("community"), typed("title"), typed("body"));
            let form = Form::Idea { community, title, body, errors: BTreeMap::new() };
            let page = PageState { notice: Some(Notice::FormRestored), form, ..PageState::default() };
            visit.page_at(PAGE, page, StatusCode::OK).await
        }
        Ok(None) => show(visit, asked).await,
        Err(error) => visit.error_at(PAGE, error).await,
    }
}

/// Posts an idea.
pub async fn post(SignedIn { visit, caller }: SignedIn, mut fields: Fields) -> Response {
    let (community, title, body) = (fields.take("community"), fields.take("title"), fields.take("body"));
    let new = NewIdea { community: &community, title: &title, body: &body };
    let error = match visit.context.bailey.post_idea(&caller, new).await {
        Ok(id) => return Redirect::to(&page_of(&id)).into_response(),
        Err(error) => error,
    };
    let (status, answer) = explain(error, &visit.context.request_id);
    let ApiError::Invalid(errors) = answer else {
        return broken_page(&visit.state, status, &visit.context.request_id);
    };
    let form = Form::Idea { community, title, body, errors };
    visit.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
}

/// Tells somebody of an idea by mail.
pub async fn share(SignedIn { visit, caller }: SignedIn, Id(id): Id<IdeaId>, mut fields: Fields) -> Response {
    let email = fields.take("email");
    let here = page_of(&id);
    let error = match visit.context.bailey.share_idea(&caller, &id, &email).await {
        Ok(()) => return go(&here, Notice::IdeaShared),
        Err(error) => error,
    };
    let (status, answer) = explain(error, &visit.context.request_id);
    match answer {
        ApiError::Invalid(mut errors) => {
            let form = Form::Share { email, error: errors.remove("email") };
            visit.page_at(&here, PageState { form, ..PageState::default() }, status).await
        }
        _ => broken_page(&visit.state, status, &visit.context.request_id),
    }
}
