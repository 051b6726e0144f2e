//! The REST API.
use crate::extract::SignedIn;
use axum::{
    Json,
    http::{HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Who is signed in: the check that a reverse proxy asks before it lets a request through.
pub async fn session(SignedIn { caller, .. }: SignedIn) -> Response {
    let (member, email, role) = (caller.member().as_str(), caller.email().as_str(), caller.role().name());
    let mut response = Json(json!({ "member": member, "email": email, "roles": [role] })).into_response();
    for (name, value) in [("x-bailey-member", member), ("x-bailey-email", email), ("x-bailey-roles", role)] {
        // Addresses and names of roles are ASCII by their types.
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}
