//! Reports of pages that a browser could not hydrate.
use super::{
    Edge,
    csp_report::clean,
    tally::{Budget, Tally},
};
use axum::{extract::State, http::StatusCode};
use std::sync::Arc;
use tokio::time::Instant;

/// The largest report, in bytes.
const LIMIT: usize = 4 * 1024;
/// How many reports are read in a minute, whoever sends them; the others are thrown away.
const READ_IN_A_MINUTE: u32 = 120;

/// What browsers have reported.
#[derive(Debug, Default)]
pub struct Faults {
    /// By what the page said.
    seen: Tally,
    read: Budget,
}

/// Takes a report. Once a minute the log says of each fault how often it happened.
pub async fn collect(State(edge): State<Arc<Edge>>, body: String) -> StatusCode {
    let now = Instant::now();
    if body.len() > LIMIT {
        return StatusCode::PAYLOAD_TOO_LARGE;
    }
    if !edge.faults.read.spend(READ_IN_A_MINUTE, now) {
        return StatusCode::TOO_MANY_REQUESTS;
    }
    if let Some((fault, times)) = edge.faults.seen.count(&clean(&body), now) {
        tracing::warn!(fault, times, "a browser could not hydrate a page, which goes on as a plain one");
    }
    StatusCode::NO_CONTENT
}
