//! Admin, members: the posts of its forms.
use super::{Id, SignedIn, visit::go};
use app::state::Notice;
use axum::response::Response;
use domain::MemberId;
use policy::Standing;

const PAGE: &str = "/admin/members";

/// Activates a member.
pub async fn activate(signed_in: SignedIn, id: Id<MemberId>) -> Response {
    change(signed_in, id, Standing::Active).await
}

/// Deactivates a member.
pub async fn deactivate(signed_in: SignedIn, id: Id<MemberId>) -> Response {
    change(signed_in, id, Standing::Inactive).await
}

/// Bans a member.
pub async fn ban(signed_in: SignedIn, id: Id<MemberId>) -> Response {
    change(signed_in, id, Standing::Banned).await
}

async fn change(SignedIn { visit, caller }: SignedIn, Id(member): Id<MemberId>, wanted: Standing) -> Response {
    match visit.context.bailey.set_standing(&caller, &member, wanted).await {
        Ok(()) => go(PAGE, Notice::StandingChanged),
        Err(error) => visit.error_at(PAGE, error).await,
    }
}

/// Removes every second factor of a member who can't pass the second step any more.
pub async fn reset_two_factor(SignedIn { visit, caller }: SignedIn, Id(member): Id<MemberId>) -> Response {
    match visit.context.bailey.reset_two_factor(&caller, &member).await {
        Ok(()) => go(PAGE, Notice::TwoFactorReset),
        Err(error) => visit.error_at(PAGE, error).await,
    }
}

/// Sends a member a link to choose a new password.
pub async fn send_reset(SignedIn { visit, caller }: SignedIn, Id(member): Id<MemberId>) -> Response {
    match visit.context.bailey.send_reset(&caller, &member).await {
        Ok(()) => go(PAGE, Notice::ResetSent),
        Err(error) => visit.error_at(PAGE, error).await,
    }
}
