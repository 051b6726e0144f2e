//! What a handler needs besides the form: the context that the gate left, and the page to render.
use super::pages::AskedQuery;
use crate::{
    edge::CspNonce,
    gate::{broken_page, encoded},
    render::render_with,
    state::AppState,
};
use app::{
    api::serve::{RequestContext, explain},
    error::ApiError,
    page::PageState,
};
use axum::{
    extract::{FromRequestParts, Query},
    http::{StatusCode, Uri, header::RETRY_AFTER, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Caller, Error, access::Pass, saved_forms::SavedForm, sign_in::PendingSignIn};
use policy::{Refusal, reason::Remedy};

/// A request behind the gate.
pub struct Visit {
    /// What every request shares.
    pub state: AppState,
    /// What the gate left.
    pub context: RequestContext,
    /// The address that was asked for.
    pub uri: Uri,
    nonce: String,
}

impl FromRequestParts<AppState> for Visit {
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

/// A request behind the gate of a signed-in member.
pub struct SignedIn {
    /// The request.
    pub visit: Visit,
    /// Who makes it.
    pub caller: Caller,
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, state).await?;
        match &visit.context.admission.verdict {
            Ok(Pass::Member(caller)) => Ok(Self { caller: caller.clone(), visit }),
            _ => Err(Redirect::to("/sign-in").into_response()),
        }
    }
}

impl SignedIn {
    /// The form of a page that was kept while the person signed in, where the address asks for it.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn saved_form(&self, asked: &AskedQuery, page: &str) -> domain::Result<Option<SavedForm>> {
        match asked {
            Ok(Query(asked)) if asked.saved() => self.visit.context.bailey.saved_form(&self.caller, page).await,
            _ => Ok(None),
        }
    }
}

/// A request behind the gate of a sign-in between its two steps.
pub struct Between {
    /// The request.
    pub visit: Visit,
    /// The sign-in.
    pub between: PendingSignIn,
}

impl FromRequestParts<AppState> for Between {
    type Rejection = Response;

    /// Somebody who is signed in already goes on; anybody else signs in.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, state).await?;
        match &visit.context.admission.verdict {
            Ok(Pass::PendingSignIn(between)) => Ok(Self { between: between.clone(), visit }),
            Ok(Pass::Member(_)) => Err(Redirect::to("/").into_response()),
            _ => Err(Redirect::to("/sign-in").into_response()),
        }
    }
}

impl Visit {
    /// Renders the page that was asked for.
    pub async fn page(&self, page: PageState, status: StatusCode) -> Response {
        render_with(&self.state, &self.context, &self.nonce, &self.uri, page, status).await
    }

    /// Renders another page in place, as one whose form came back.
    pub async fn page_at(&self, path: &str, page: PageState, status: StatusCode) -> Response {
        // A path that is none can only be a fault of ours; the page that was asked for is the next best.
        let at = path.parse().unwrap_or_else(|_| self.uri.clone());
        let busy = match page.refusal {
            Some(Refusal::Busy { retry_after }) => Some(retry_after),
            _ => None,
        };
        let mut response = render_with(&self.state, &self.context, &self.nonce, &at, page, status).await;
        if let Some(seconds) = busy {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }

    /// Renders another page in place under a fresh look at the session.
    pub async fn page_as(&self, context: &RequestContext, path: &'static str, page: PageState) -> Response {
        render_with(&self.state, context, &self.nonce, &Uri::from_static(path), page, StatusCode::OK).await
    }

    /// Answers an error for which the page has no better place: a refusal at the top of the page of
    /// the form, anything else as a page of its own.
    pub async fn error_at(&self, path: &str, error: Error) -> Response {
        let (status, answer) = explain(error, &self.context.request_id);
        match answer {
            ApiError::Refused(refusal) if refusal.remedy() == Remedy::StepUp => step_up(path),
            ApiError::Refused(refusal) => {
                let page = PageState { refusal: Some(refusal), ..PageState::default() };
                self.page_at(path, page, status).await
            }
            _ => broken_page(&self.state, status, &self.context.request_id),
        }
    }
}

/// Leads to the page on which somebody proves once more who they are, and back from there.
pub fn step_up(back: &str) -> Response {
    Redirect::to(&format!("/profile/step-up?next={}", encoded(back))).into_response()
}

/// Goes to a page that says what just happened.
pub fn go(path: &str, notice: app::page::Notice) -> Response {
    Redirect::to(&told(path, notice)).into_response()
}

/// Goes to a page that says what just happened, and offers the way on from there.
pub fn go_on(path: &str, notice: app::page::Notice, next: &str) -> Response {
    Redirect::to(&format!("{}&next={}", told(path, notice), encoded(next))).into_response()
}

fn told(path: &str, notice: app::page::Notice) -> String {
    let name = serde_json::to_value(notice).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}notice={name}")
}

/// A page that keeps where the person wanted to go.
pub fn on_the_way(page: &str, next: Option<&str>) -> String {
    next.map_or_else(|| page.to_owned(), |next| format!("{page}?next={}", encoded(next)))
}
