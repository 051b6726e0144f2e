//! Is the program alive, and can it serve?
use crate::state::AppState;
use axum::{extract::State, http::StatusCode};

/// Alive.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Ready: the database answers and its schema is current.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.bailey.store().is_current().await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "the database schema is not current\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
