//! What goes wrong behind the edge still ends as a clear answer: a panic, a request that takes too
//! long, a body that is too large.
use super::{Edge, TYPED_BODY_LIMIT, UPLOAD_BODY_LIMIT, plain_page, request_id, too_large};
use axum::{
    extract::{Request, State},
    http::{
        StatusCode,
        header::{CONTENT_LENGTH, RETRY_AFTER},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{sync::Arc, time::Duration};
use tokio_util::task::AbortOnDropHandle;
use web::Problem;

/// How long a request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// When to try again what can't be done just now, in seconds, where nothing tells it better.
const COME_BACK_AFTER: u32 = 5;

/// Returns how much a request says that it brings, in bytes.
pub fn content_length(request: &Request) -> Option<usize> {
    request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok())
}

/// Answers in place of what broke, and says when to come back wherever that may help.
pub async fn catch(edge: State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let mut response = caught(edge, request, next).await;
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(RETRY_AFTER).or_insert_with(|| COME_BACK_AFTER.into());
    }
    response
}

async fn caught(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let api = request.uri().path().starts_with("/api/");
    if content_length(&request).is_some_and(|length| length > UPLOAD_BODY_LIMIT.max(*TYPED_BODY_LIMIT)) {
        if api {
            return answer(&edge, api, StatusCode::PAYLOAD_TOO_LARGE, &id);
        }
        return too_large(&edge, request.headers(), &id);
    }
    // A task of its own: a panic ends it and nothing else. It ends with its request, given up here or by the client, and
    // lets go of what it holds: a lock, a body that never comes.
    let span = tracing::Span::current();
    let work = AbortOnDropHandle::new(tokio::spawn(tracing::Instrument::instrument(next.run(request), span)));
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            tracing::error!(%panic, "a handler panicked");
            answer(&edge, api, StatusCode::INTERNAL_SERVER_ERROR, &id)
        }
        Err(_) => {
            tracing::error!("a request took too long");
            answer(&edge, api, StatusCode::SERVICE_UNAVAILABLE, &id)
        }
    }
}

fn answer(edge: &Edge, api: bool, status: StatusCode, id: &str) -> Response {
    if api {
        return Problem::failed(status, id).into_response();
    }
    let (title, words) = match status {
        StatusCode::SERVICE_UNAVAILABLE => {
            ("That took too long", "Bailey gave up after 30 seconds. Go back and try again in a moment.")
        }
        _ => (
            "Bailey could not do that",
            "This is a fault in Bailey, not in what you did. The number below helps your operator to find it.",
        ),
    };
    plain_page(edge, status, title, &[words], id)
}
