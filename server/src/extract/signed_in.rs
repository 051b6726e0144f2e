//! A request of a signed-in member.
use super::{AskedQuery, GatedRequest};
use crate::state::AppState;
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Caller, access::Pass, saved_forms::SavedForm};

/// A request behind the gate of a signed-in member.
pub struct SignedIn {
    /// The request.
    pub request: GatedRequest,
    /// Who makes it.
    pub caller: Caller,
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let request = GatedRequest::from_request_parts(parts, state).await?;
        match &request.context.admission.verdict {
            Ok(Pass::Member(caller)) => Ok(Self { caller: caller.clone(), request }),
            _ => Err(Redirect::to("/sign-in").into_response()),
        }
    }
}

impl SignedIn {
    /// Returns the form of a page that was saved while the person signed in, where the address asks for it.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn saved_form(&self, asked: &AskedQuery, page: &str) -> domain::Result<Option<SavedForm>> {
        if !asked.saved() {
            return Ok(None);
        }
        self.request.context.bailey.saved_forms().find(&self.caller, page).await
    }
}
