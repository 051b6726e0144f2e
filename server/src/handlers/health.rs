//! Is the program alive, and can it serve?
use crate::state::AppState;
use axum::{extract::State, http::StatusCode};
use domain::Readiness;

/// Alive.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Ready: the database answers, its schema is current, and it takes writes.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.bailey.store().readiness().await {
        Ok(Readiness::Ready) => (StatusCode::OK, "ready\n"),
        Ok(Readiness::OtherSchema) => (StatusCode::SERVICE_UNAVAILABLE, "the database schema is not current\n"),
        Ok(Readiness::ReadOnly) => (StatusCode::SERVICE_UNAVAILABLE, "the database takes no writes\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
