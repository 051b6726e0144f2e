//! Admin, lockouts: the post of its form.
use super::{SignedIn, visit::go};
use app::state::Notice;
use axum::{extract::Path, response::Response};
use domain::{Error, MemberId};

const PAGE: &str = "/admin/lockouts";

/// Lifts every lock of a member.
pub async fn unlock(SignedIn { visit, caller }: SignedIn, Path(id): Path<String>) -> Response {
    let unlocked = match MemberId::parse(&id) {
        Some(member) => visit.context.bailey.unlock(&caller, &member).await,
        None => Err(Error::NotFound),
    };
    match unlocked {
        Ok(()) => go(PAGE, Notice::Unlocked),
        Err(error) => visit.error_at(PAGE, error).await,
    }
}
