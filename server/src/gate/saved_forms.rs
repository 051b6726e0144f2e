//! Nothing typed is lost: a form that was posted after its session was over is saved for the browser that it came from,
//! and waits on the page once the member whose session it was has signed in there again.
use crate::{extract::Fields, respond::ReturnTo, state::AppState};
use axum::{
    body::Body,
    extract::{FromRequest, Request},
    http::request::Parts,
};
use domain::Token;
use web::RequestContext;

/// The pages whose forms are saved, and where their authors come back to; none of them holds a secret.
const PAGES: [(&str, ReturnTo); 2] = [("/admin/settings", ReturnTo::SETTINGS), ("/ideas", ReturnTo::IDEAS)];

/// Saves the form, where there is one worth saving, and marks the request; returns the token by which the browser gets
/// it back.
pub async fn save(state: &AppState, context: &RequestContext, parts: &mut Parts, body: Body) -> Option<Token> {
    let (page, return_to) = PAGES.into_iter().find(|(page, _)| *page == parts.uri.path())?;
    let of = (context.admission.ended_of.as_ref()?, context.admission.ended?);
    let mut fields = Fields::from_request(Request::from_parts(parts.clone(), body), state).await.ok()?;
    fields.take("step");
    fields.take("lock_me_out");
    match context.bailey.saved_forms().save_after_end(of, &context.client, page, &fields.0).await {
        Ok(saved) => {
            if saved.is_some() {
                parts.extensions.insert(return_to);
            }
            saved
        }
        Err(error) => {
            tracing::error!(%error, "a form could not be saved");
            None
        }
    }
}
