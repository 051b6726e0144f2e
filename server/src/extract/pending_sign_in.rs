//! A request of a sign-in between its two steps.
use super::GatedRequest;
use crate::state::AppState;
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::{access::Pass, sign_in};

/// A request behind the gate of a sign-in between its two steps.
pub struct PendingSignIn {
    /// The request.
    pub request: GatedRequest,
    /// The sign-in.
    pub sign_in: sign_in::PendingSignIn,
}

impl FromRequestParts<AppState> for PendingSignIn {
    type Rejection = Response;

    /// Somebody who is signed in already goes on; anybody else signs in.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let request = GatedRequest::from_request_parts(parts, state).await?;
        match &request.context.admission.verdict {
            Ok(Pass::PendingSignIn(sign_in)) => Ok(Self { sign_in: sign_in.clone(), request }),
            Ok(Pass::Member(_)) => Err(Redirect::to("/").into_response()),
            _ => Err(Redirect::to("/sign-in").into_response()),
        }
    }
}
