//! An answer says under which revision of the policy and by which build it was given, so that a page that is older is
//! loaded anew when somebody goes on from it.
use crate::state::AppState;
use app::navigation::{BUILD, REVISION};
use axum::{
    http::{HeaderName, HeaderValue},
    response::Response,
};
use policy::Policy;

/// Puts both on an answer; one that has saved another revision says so itself.
pub fn stamp(state: &AppState, mut response: Response, in_force: &Policy) -> Response {
    let headers = response.headers_mut();
    headers.entry(HeaderName::from_static(REVISION)).or_insert_with(|| in_force.revision.into());
    if let Ok(build) = HeaderValue::from_str(&app::build(&state.leptos)) {
        headers.insert(HeaderName::from_static(BUILD), build);
    }
    response
}
