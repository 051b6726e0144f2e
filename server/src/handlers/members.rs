//! Admin, members: the posts of its forms.
use crate::{
    extract::{Fields, GatedRequest, Id, SignedIn},
    respond::{query_encoded, redirect_with_notice},
};
use app::page::Notice;
use axum::response::Response;
use domain::{MemberId, Result};
use policy::AccountStatus;

/// What the list of members can be asked for.
const ASKED: [&str; 8] = ["holds", "who", "role", "status", "community", "order", "before", "after"];

/// Returns the page that a form was sent from: the member's own, or the list with what was looked for on it.
fn page(fields: &Fields, member: &MemberId) -> String {
    if fields.text("from") == "member" {
        return format!("/admin/members/{member}");
    }
    let asked = ASKED.map(|name| (name, fields.text(name)));
    let asked = asked.into_iter().filter(|(_, value)| !value.is_empty());
    let asked: Vec<_> = asked.map(|(name, value)| format!("{name}={}", query_encoded(value))).collect();
    if asked.is_empty() { "/admin/members".to_owned() } else { format!("/admin/members?{}", asked.join("&")) }
}

async fn answer(
    request: &GatedRequest,
    fields: &Fields,
    member: &MemberId,
    done: Result<()>,
    notice: Notice,
) -> Response {
    let page = page(fields, member);
    match done {
        Ok(()) => redirect_with_notice(&page, notice),
        Err(error) => request.error_at(&page, error).await,
    }
}

/// Activates a member.
pub async fn activate(signed_in: SignedIn, id: Id<MemberId>, fields: Fields) -> Response {
    change(signed_in, id, fields, AccountStatus::Active).await
}

/// Deactivates a member.
pub async fn deactivate(signed_in: SignedIn, id: Id<MemberId>, fields: Fields) -> Response {
    change(signed_in, id, fields, AccountStatus::Inactive).await
}

/// Bans a member.
pub async fn ban(signed_in: SignedIn, id: Id<MemberId>, fields: Fields) -> Response {
    change(signed_in, id, fields, AccountStatus::Banned).await
}

async fn change(
    SignedIn { request, caller }: SignedIn,
    Id(member): Id<MemberId>,
    fields: Fields,
    wanted: AccountStatus,
) -> Response {
    let changed = request.context.bailey.members().set_status(&caller, &member, wanted).await;
    answer(&request, &fields, &member, changed, Notice::AccountStatusChanged).await
}

/// Removes every second factor of a member who can't pass the second step any more.
pub async fn reset_two_factor(
    SignedIn { request, caller }: SignedIn,
    Id(member): Id<MemberId>,
    fields: Fields,
) -> Response {
    let reset = request.context.bailey.two_factor().reset(&caller, &member).await;
    answer(&request, &fields, &member, reset, Notice::TwoFactorReset).await
}

/// Ends every session of a member.
pub async fn end_sessions(
    SignedIn { request, caller }: SignedIn,
    Id(member): Id<MemberId>,
    fields: Fields,
) -> Response {
    let ended = request.context.bailey.sessions().end_all_of(&caller, &member).await;
    answer(&request, &fields, &member, ended, Notice::MemberSignedOut).await
}

/// Sends a member a link to choose a new password.
pub async fn send_reset(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>, fields: Fields) -> Response {
    let sent = request.context.bailey.passwords().send_reset(&caller, &member).await;
    answer(&request, &fields, &member, sent, Notice::ResetSent).await
}
