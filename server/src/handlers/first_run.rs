//! The first run: the post of the form that leaves it.
use crate::{extract::SignedIn, respond::redirect_with_notice};
use app::page::Notice;
use axum::response::Response;

const PAGE: &str = "/";

/// Leaves the first run.
pub async fn leave(SignedIn { request, caller }: SignedIn) -> Response {
    match request.context.bailey.workspaces().leave_first_run(&caller).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::FirstRunLeft),
        Err(error) => request.error_at(PAGE, error).await,
    }
}
