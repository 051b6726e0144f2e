//! Nothing typed is lost: the form of the Security tab that was posted after its session was over is
//! kept for the member whose session it was, and waits on the page once they have signed in again.
use crate::{handlers::Fields, state::AppState};
use app::api::serve::RequestContext;
use axum::{
    body::Body,
    extract::{FromRequest, Request},
    http::request::Parts,
};

/// The page whose form is kept.
const PAGE: &str = "/admin/settings";

/// Where its author comes back to.
pub const BACK: &str = "/admin/settings?kept=yes";

/// A mark on a request whose form was kept: where its author comes back to.
#[derive(Debug, Clone, Copy)]
pub struct BackTo(pub &'static str);

/// Keeps the form, where there is one worth keeping, and marks the request.
pub async fn keep(state: &AppState, context: &RequestContext, parts: &mut Parts, body: Body) {
    let Some(member) = context.admission.ended_of.as_ref().filter(|_| parts.uri.path() == PAGE) else { return };
    let Ok(mut fields) = Fields::from_request(Request::from_parts(parts.clone(), body), state).await else { return };
    fields.take("step");
    fields.take("lock_me_out");
    match context.bailey.keep_form(member, &fields.0).await {
        Ok(()) => drop(parts.extensions.insert(BackTo(BACK))),
        Err(error) => tracing::error!(%error, "a form could not be kept"),
    }
}
