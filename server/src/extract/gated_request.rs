//! A request behind the gate, and the pages that answer it.
use crate::{
    edge::CspNonce,
    respond::{fault_page, redirect_to_step_up, render_at},
    state::AppState,
};
use app::page::PageState;
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, Uri, header::RETRY_AFTER, request::Parts},
    response::{IntoResponse, Response},
};
use domain::Error;
use policy::{Refusal, reason::Remedy};
use web::{PublicError, RequestContext, explain};

/// A request behind the gate.
pub struct GatedRequest {
    /// What every request shares.
    pub state: AppState,
    /// What the gate left.
    pub context: RequestContext,
    /// The address that was asked for.
    pub uri: Uri,
    nonce: String,
}

impl FromRequestParts<AppState> for GatedRequest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        // The gate leaves the context on every route of the table; a handler outside of it is a fault.
        let Some(context) = parts.extensions.get::<RequestContext>().cloned() else {
            return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response());
        };
        let nonce = parts.extensions.get::<CspNonce>().map(|CspNonce(nonce)| nonce.clone()).unwrap_or_default();
        Ok(Self { state: state.clone(), context, uri: parts.uri.clone(), nonce })
    }
}

impl GatedRequest {
    /// Renders the page that was asked for.
    pub async fn page(&self, page: PageState, status: StatusCode) -> Response {
        render_at(&self.state, &self.context, &self.nonce, &self.uri, page, status).await
    }

    /// Renders another page in place, as one whose form came back.
    pub async fn page_at(&self, path: &str, page: PageState, status: StatusCode) -> Response {
        // A path that is none can only be a fault of ours; the page that was asked for is the next best.
        let at = path.parse().unwrap_or_else(|_| self.uri.clone());
        let busy = page.refusal.as_ref().and_then(Refusal::retry_after);
        let mut response = render_at(&self.state, &self.context, &self.nonce, &at, page, status).await;
        if let Some(seconds) = busy {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }

    /// Renders another page in place for a session that was given a new token meanwhile.
    pub async fn page_as(&self, context: &RequestContext, path: &'static str, page: PageState) -> Response {
        render_at(&self.state, context, &self.nonce, &Uri::from_static(path), page, StatusCode::OK).await
    }

    /// Answers an error for which the page has no better place: a refusal at the top of the page of
    /// the form, anything else as a page of its own.
    pub async fn error_at(&self, path: &str, error: Error) -> Response {
        let (status, error) = explain(error);
        match error {
            PublicError::Refused(refusal) if refusal.remedy() == Remedy::StepUp => redirect_to_step_up(path),
            PublicError::Refused(refusal) => {
                let page = PageState { refusal: Some(refusal), ..PageState::default() };
                self.page_at(path, page, status).await
            }
            _ => self.fault_page(status),
        }
    }

    /// Answers with a page that needs neither the database nor the front-end.
    pub fn fault_page(&self, status: StatusCode) -> Response {
        fault_page(&self.state.edge, status, &self.context.request_id)
    }
}
