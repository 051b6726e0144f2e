//! Nothing typed is lost: a form that was posted after its session was over is kept for the member whose
//! session it was, and waits on the page once they have signed in again.
use crate::{handlers::Fields, state::AppState};
use app::api::serve::RequestContext;
use axum::{
    body::Body,
    extract::{FromRequest, Request},
    http::request::Parts,
};

/// The pages whose forms are kept, and where their authors come back to; none of them holds a secret.
const PAGES: [(&str, &str); 2] = [("/admin/settings", BACK), ("/ideas", "/ideas?saved=yes")];

/// Where whoever has changed settings comes back to.
pub const BACK: &str = "/admin/settings?saved=yes";

/// A mark on a request whose form was kept: where its author comes back to.
#[derive(Debug, Clone, Copy)]
pub struct ReturnTo(pub &'static str);

/// Keeps the form, where there is one worth keeping, and marks the request.
pub async fn keep(state: &AppState, context: &RequestContext, parts: &mut Parts, body: Body) {
    let Some((page, back)) = PAGES.into_iter().find(|(page, _)| *page == parts.uri.path()) else { return };
    let Some(member) = &context.admission.ended_of else { return };
    let Ok(mut fields) = Fields::from_request(Request::from_parts(parts.clone(), body), state).await else { return };
    fields.take("step");
    fields.take("lock_me_out");
    match context.bailey.save_form(member, page, &fields.0).await {
        Ok(()) => drop(parts.extensions.insert(ReturnTo(back))),
        Err(error) => tracing::error!(%error, "a form could not be kept"),
    }
}
