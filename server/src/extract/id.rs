//! The identifier in the path of a form.
use super::GatedRequest;
use crate::state::AppState;
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
    response::Response,
};
use domain::Error;
use uuid::Uuid;

/// What the parameter `id` of a path names, for the posts of forms.
pub struct Id<T>(pub T);

impl<T: From<Uuid>> FromRequestParts<AppState> for Id<T> {
    type Rejection = Response;

    /// What is no identifier names nothing that is here.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let params = RawPathParams::from_request_parts(parts, state).await.ok();
        let text = params.as_ref().and_then(|params| params.iter().find(|(name, _)| *name == "id"));
        match text.and_then(|(_, text)| Uuid::try_parse(text).ok()) {
            Some(id) => Ok(Self(T::from(id))),
            None => Err(GatedRequest::from_request_parts(parts, state).await?.error_at("/", Error::NotFound).await),
        }
    }
}
