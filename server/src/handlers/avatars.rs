//! Pictures of members, for pages and for mails, whoever shows them.
use crate::{edge, state::AppState};
use axum::{
    extract::{Path, State},
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use domain::MemberId;

/// How long a browser shows a picture before it asks again.
const KEPT: &str = "private, max-age=300";

/// Returns the picture of a member.
pub async fn picture(State(state): State<AppState>, Path(id): Path<String>) -> Response {
    let Some(member) = MemberId::parse(&id) else { return StatusCode::NOT_FOUND.into_response() };
    match state.bailey.avatars().of(&state.workspace.id, &member).await {
        Ok(picture) => {
            let headers = [(CONTENT_TYPE, picture.media_type), (CACHE_CONTROL, KEPT)];
            edge::as_picture((headers, picture.bytes).into_response())
        }
        Err(error) => {
            tracing::error!(%error, "the picture of a member can't be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
