//! Pages that need nothing but their data, and what answers when nothing matches.
use super::Visit;
use crate::{edge, problem::Problem, state::AppState};
use app::{
    api::local_path,
    page::{Notice, PageState},
};
use axum::{
    extract::{Query, Request, State, rejection::QueryRejection},
    http::{HeaderValue, StatusCode, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

/// What a page's address may carry besides its own parameters.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// What just happened; a name that is not known says nothing.
    notice: Option<String>,
    /// Where the person wanted to go.
    next: Option<String>,
    /// Tells that a form was saved while the person signed in.
    saved: Option<String>,
}

/// The query of a page's address; one that can't be read asks for nothing.
pub type AskedQuery = Result<Query<Asked>, QueryRejection>;

impl Asked {
    /// What just happened.
    pub fn notice(&self) -> Option<Notice> {
        serde_json::from_value(serde_json::Value::String(self.notice.clone()?)).ok()
    }

    /// Whether a form was saved while the person signed in.
    pub const fn saved(&self) -> bool {
        self.saved.is_some()
    }

    /// Where the person wanted to go, if that is a path of this site.
    pub fn next(&self) -> Option<String> {
        let wanted = self.next.as_deref()?;
        (local_path(Some(wanted)) == wanted).then(|| wanted.to_owned())
    }
}

/// Shows a page.
pub async fn show(visit: Visit, asked: AskedQuery) -> Response {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let page = PageState { notice: asked.notice(), next: asked.next(), ..PageState::default() };
    visit.page(page, StatusCode::OK).await
}

/// Answers an address that does not exist.
pub async fn missing(visit: Visit) -> Response {
    if visit.uri.path().starts_with("/api/") {
        return Problem::failed(StatusCode::NOT_FOUND, &visit.context.request_id).into_response();
    }
    visit.page(PageState::default(), StatusCode::NOT_FOUND).await
}

/// Answers a method that an address does not take.
pub async fn wrong_method(State(state): State<AppState>, request: Request) -> Response {
    let id = crate::gate::request_id(&request);
    if request.uri().path().starts_with("/api/") {
        return Problem::failed(StatusCode::METHOD_NOT_ALLOWED, &id).into_response();
    }
    let words = ["This address does not take what was sent to it. Go back and follow a link or a button instead."];
    edge::plain_page(&state.edge, StatusCode::METHOD_NOT_ALLOWED, "That is not possible here", &words, &id)
}

/// Lets browsers keep files whose names change with their content.
pub async fn keep_for_long(mut response: Response) -> Response {
    if response.status().is_success() {
        let value = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(CACHE_CONTROL, value);
    }
    response
}
