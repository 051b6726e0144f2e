//! Strangers' turns: before everything else of a route that is open to anybody, and before they are told why they may
//! not have what is not.
use super::{ResponseKind, refuse::over_budget};
use crate::{edge::ClientAddress, state::AppState};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, header::CONNECTION},
    middleware::Next,
    response::Response,
};
use policy::Refusal;
use std::net::IpAddr;
use tokio::time::{Instant, sleep};

/// When somebody whose request was refused may try again, in seconds.
const TRY_AGAIN: u32 = 5;

/// Lets a request pass when it is its turn, or refuses it.
pub async fn in_turn(State((state, kind)): State<(AppState, ResponseKind)>, request: Request, next: Next) -> Response {
    let address = ClientAddress::of(request.extensions());
    match turn(&state, address).await {
        Ok(()) => next.run(request).await,
        Err(refusal) => too_fast(&state, kind, &request, refusal),
    }
}

/// Waits for the turn of an address.
///
/// # Errors
/// [`Refusal::TooManyRequests`] when that would take too long.
pub(super) async fn turn(state: &AppState, address: Option<IpAddr>) -> Result<(), Refusal> {
    let wait = state.edge.pace.turn(address, Instant::now());
    let wait = wait.ok_or(Refusal::TooManyRequests { retry_after: TRY_AGAIN })?;
    if !wait.is_zero() {
        sleep(wait).await;
    }
    Ok(())
}

/// Refuses a request whose address asks too fast, and closes its connection.
pub(super) fn too_fast(state: &AppState, kind: ResponseKind, request: &Request, refusal: Refusal) -> Response {
    let mut response = over_budget(state, kind, request, refusal);
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
