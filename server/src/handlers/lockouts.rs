//! Admin, lockouts: the post of its form.
use crate::{
    extract::{Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::Notice;
use axum::response::Response;
use domain::MemberId;

const PAGE: &str = "/admin/lockouts";

/// Lifts every lock of a member.
pub async fn unlock(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>) -> Response {
    match request.context.bailey.lockouts().unlock(&caller, &member).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::Unlocked),
        Err(error) => request.error_at(PAGE, error).await,
    }
}
