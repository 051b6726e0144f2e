//! Admin, lockouts: the post of its form.
use super::{Id, SignedIn, visit::go};
use app::page::Notice;
use axum::response::Response;
use domain::MemberId;

const PAGE: &str = "/admin/lockouts";

/// Lifts every lock of a member.
pub async fn unlock(SignedIn { visit, caller }: SignedIn, Id(member): Id<MemberId>) -> Response {
    match visit.context.bailey.unlock(&caller, &member).await {
        Ok(()) => go(PAGE, Notice::Unlocked),
        Err(error) => visit.error_at(PAGE, error).await,
    }
}
