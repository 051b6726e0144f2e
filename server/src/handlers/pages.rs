//! Pages that need nothing but their data, and what answers when nothing matches.
use crate::{
    edge::{self, request_id},
    extract::{AskedQuery, GatedRequest},
    respond::came_back,
    state::AppState,
};
use app::page::{Notice, PageState};
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::access::Pass;
use web::Problem;

/// Shows a page, with what was typed there before its author had to sign in or to prove who they are, where that was
/// saved.
pub async fn show(request: GatedRequest, asked: AskedQuery) -> Response {
    let page = PageState { notice: asked.notice(), next: asked.next(), ..PageState::default() };
    let saved = match &request.context.admission.verdict {
        Ok(Pass::Member(caller)) if asked.saved() => {
            request.context.bailey.saved_forms().find(caller, request.uri.path()).await
        }
        _ => Ok(None),
    };
    let page = match saved {
        Ok(None) => page,
        Ok(Some(saved)) => PageState { notice: Some(Notice::FormRestored), form: came_back(saved).0, ..page },
        Err(error) => return request.error_at("/", error).await,
    };
    request.page(page, StatusCode::OK).await
}

/// Answers an address that does not exist.
pub async fn missing(request: GatedRequest) -> Response {
    if request.uri.path().starts_with("/api/") {
        return Problem::failed(StatusCode::NOT_FOUND, &request.context.request_id).into_response();
    }
    request.page(PageState::default(), StatusCode::NOT_FOUND).await
}

/// Answers a method that an address does not take.
pub async fn wrong_method(State(state): State<AppState>, request: Request) -> Response {
    let id = request_id(&request);
    if request.uri().path().starts_with("/api/") {
        return Problem::failed(StatusCode::METHOD_NOT_ALLOWED, &id).into_response();
    }
    let words = ["This address does not take what was sent to it. Go back and follow a link or a button instead."];
    edge::plain_page(&state.edge, StatusCode::METHOD_NOT_ALLOWED, "That is not possible here", &words, &id)
}
