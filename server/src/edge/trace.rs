//! Step 1: every request has a number, in the log and in its response.
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;
use uuid::Uuid;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The number of a request, under which an operator finds it in the log.
#[derive(Debug, Clone)]
struct RequestId(String);

/// Numbers a request and follows it. Addresses of links hold tokens, so only the first part of the
/// path is logged.
pub async fn follow(mut request: Request, next: Next) -> Response {
    let id = Uuid::now_v7().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    let area = request.uri().path().split('/').nth(1).unwrap_or_default().to_owned();
    let span = tracing::info_span!("request", id = %id, method = %request.method(), area);
    let mut response = next.run(request).instrument(span.clone()).await;
    span.in_scope(|| tracing::debug!(status = response.status().as_u16(), "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Returns the number of a request; empty outside of the edge.
pub fn request_id(request: &Request) -> String {
    request.extensions().get::<RequestId>().map(|RequestId(id)| id.clone()).unwrap_or_default()
}
