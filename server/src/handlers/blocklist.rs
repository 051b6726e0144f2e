//! What a page asks about a password without telling it: which hashes of the blocklist begin as its own does.
use axum::{
    extract::{Query, rejection::QueryRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::credentials::passwords::blocked_range;
use serde::Deserialize;

/// The first three hexadecimal digits of the hash.
#[derive(Debug, Deserialize)]
pub struct Beginning {
    prefix: String,
}

/// Returns the hashes that begin so, one a line.
pub async fn range(beginning: Result<Query<Beginning>, QueryRejection>) -> Response {
    match beginning.ok().and_then(|Query(Beginning { prefix })| blocked_range(&prefix)) {
        Some(range) => range.join("\n").into_response(),
        None => (StatusCode::BAD_REQUEST, "prefix is three hexadecimal digits in lower case\n").into_response(),
    }
}
