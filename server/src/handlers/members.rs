//! Admin, members: the posts of its forms.
use super::{SignedIn, visit::go};
use app::state::Notice;
use axum::{extract::Path, response::Response};
use domain::{Error, MemberId};
use policy::Standing;

const PAGE: &str = "/admin/members";

/// Activates a member.
pub async fn activate(signed_in: SignedIn, id: Path<String>) -> Response {
    change(signed_in, id, Standing::Active).await
}

/// Deactivates a member.
pub async fn deactivate(signed_in: SignedIn, id: Path<String>) -> Response {
    change(signed_in, id, Standing::Inactive).await
}

/// Bans a member.
pub async fn ban(signed_in: SignedIn, id: Path<String>) -> Response {
    change(signed_in, id, Standing::Banned).await
}

async fn change(SignedIn { visit, caller }: SignedIn, Path(id): Path<String>, wanted: Standing) -> Response {
    let changed = match MemberId::parse(&id) {
        Some(member) => visit.context.bailey.set_standing(&caller, &member, wanted).await,
        None => Err(Error::NotFound),
    };
    match changed {
        Ok(()) => go(PAGE, Notice::StandingChanged),
        Err(error) => visit.error_at(PAGE, error).await,
    }
}

/// Removes every second factor of a member who can't pass the second step any more.
pub async fn reset_two_factor(SignedIn { visit, caller }: SignedIn, Path(id): Path<String>) -> Response {
    let reset = match MemberId::parse(&id) {
        Some(member) => visit.context.bailey.reset_two_factor(&caller, &member).await,
        None => Err(Error::NotFound),
    };
    match reset {
        Ok(()) => go(PAGE, Notice::TwoFactorReset),
        Err(error) => visit.error_at(PAGE, error).await,
    }
}

/// Sends a member a link to choose a new password.
pub async fn send_reset(SignedIn { visit, caller }: SignedIn, Path(id): Path<String>) -> Response {
    let sent = match MemberId::parse(&id) {
        Some(member) => visit.context.bailey.send_reset(&caller, &member).await,
        None => Err(Error::NotFound),
    };
    match sent {
        Ok(()) => go(PAGE, Notice::ResetSent),
        Err(error) => visit.error_at(PAGE, error).await,
    }
}
