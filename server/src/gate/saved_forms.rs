//! Nothing typed is lost: a form that was posted after its session was over is saved for the member whose
//! session it was, and waits on the page once they have signed in again.
use crate::{extract::Fields, respond::ReturnTo, state::AppState};
use axum::{
    body::Body,
    extract::{FromRequest, Request},
    http::request::Parts,
};
use web::RequestContext;

/// The pages whose forms are saved, and where their authors come back to; none of them holds a secret.
const PAGES: [(&str, ReturnTo); 2] = [("/admin/settings", ReturnTo::SETTINGS), ("/ideas", ReturnTo::IDEAS)];

/// Saves the form, where there is one worth saving, and marks the request.
pub async fn save(state: &AppState, context: &RequestContext, parts: &mut Parts, body: Body) {
    let Some((page, return_to)) = PAGES.into_iter().find(|(page, _)| *page == parts.uri.path()) else { return };
    let Some(member) = &context.admission.ended_of else { return };
    let Ok(mut fields) = Fields::from_request(Request::from_parts(parts.clone(), body), state).await else { return };
    fields.take("step");
    fields.take("lock_me_out");
    match context.bailey.saved_forms().save(member, page, &fields.0).await {
        Ok(()) => drop(parts.extensions.insert(return_to)),
        Err(error) => tracing::error!(%error, "a form could not be saved"),
    }
}
