//! How the gate says no, by the kind of answer that a route gives.
use super::ResponseKind;
use crate::{
    edge::{self, plain_page, request_id},
    respond::{fault_page, refusal_page, refusal_problem},
    state::AppState,
};
use app::error::ApiError;
use axum::{
    Json,
    extract::Request,
    http::{StatusCode, header::RETRY_AFTER, request::Parts},
    response::{IntoResponse, Response},
};
use domain::Error;
use policy::Refusal;
use web::{Problem, RequestContext, explain, status_of};

/// Answers a refusal.
pub async fn refused(
    state: &AppState,
    kind: ResponseKind,
    request: &Parts,
    context: &RequestContext,
    refusal: Refusal,
) -> Response {
    let wait = refusal.retry_after();
    let mut response = match kind {
        ResponseKind::ServerFunction => (status_of(&refusal), Json(ApiError::Refused(refusal))).into_response(),
        ResponseKind::Api | ResponseKind::Check => refusal_problem(state, &refusal, &context.request_id),
        ResponseKind::Page | ResponseKind::Form | ResponseKind::Open => {
            refusal_page(state, request, context, refusal).await
        }
    };
    if let Some(seconds) = wait {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// Refuses a request before anything is looked up for it.
pub fn over_budget(state: &AppState, kind: ResponseKind, request: &Request, refusal: Refusal) -> Response {
    let (id, status, wait) = (request_id(request), status_of(&refusal), refusal.retry_after());
    let mut response = match kind {
        ResponseKind::ServerFunction => (status, Json(ApiError::Refused(refusal))).into_response(),
        ResponseKind::Api | ResponseKind::Check => refusal_problem(state, &refusal, &id),
        ResponseKind::Page | ResponseKind::Form | ResponseKind::Open => {
            plain_page(&state.edge, status, refusal.title(), &[&refusal.detail()], &id)
        }
    };
    if let Some(seconds) = wait {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// Answers what is larger than its route reads.
pub fn too_large(state: &AppState, kind: ResponseKind, request: &Request) -> Response {
    let id = request_id(request);
    match kind {
        ResponseKind::ServerFunction | ResponseKind::Api | ResponseKind::Check => {
            Problem::failed(StatusCode::PAYLOAD_TOO_LARGE, &id).into_response()
        }
        ResponseKind::Page | ResponseKind::Form | ResponseKind::Open => {
            edge::too_large(&state.edge, request.headers(), &id)
        }
    }
}

/// Answers an error that is no refusal: the database is away, or something broke.
pub fn failed(state: &AppState, kind: ResponseKind, request: &Request, error: Error) -> Response {
    let id = request_id(request);
    let (status, error) = explain(error);
    match kind {
        ResponseKind::ServerFunction => (status, Json(ApiError::of(error, &id))).into_response(),
        ResponseKind::Api | ResponseKind::Check => Problem::failed(status, &id).into_response(),
        ResponseKind::Page | ResponseKind::Form | ResponseKind::Open => fault_page(&state.edge, status, &id),
    }
}
