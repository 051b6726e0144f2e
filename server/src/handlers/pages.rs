//! Pages that need nothing but their data, and what answers when nothing matches.
use crate::{
    edge::{self, request_id},
    extract::{AskedQuery, GatedRequest},
    state::AppState,
};
use app::page::PageState;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use web::Problem;

/// Shows a page.
pub async fn show(request: GatedRequest, asked: AskedQuery) -> Response {
    let page = PageState { notice: asked.notice(), next: asked.next(), ..PageState::default() };
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
