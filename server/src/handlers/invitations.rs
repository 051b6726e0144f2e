//! Admin, invitations: the posts of its forms.
use crate::{
    extract::{Fields, GatedRequest, Id, SignedIn},
    respond::{redirect_to_step_up, redirect_with_notice},
};
use app::page::{Form, Notice, PageState};
use axum::response::Response;
use domain::{
    MemberId, Result,
    members::invitations::{Joining, NewInvitation},
};
use policy::reason::Remedy;
use std::collections::BTreeMap;
use web::{PublicError, explain};

const PAGE: &str = "/admin/invitations";

/// Invites somebody, or adds them at once.
pub async fn invite(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let [name, email, role, joining] = ["name", "email", "role", "joining"].map(|name| fields.take(name));
    let (how, notice) = match joining.as_str() {
        "add" => (Joining::Added, Notice::MemberAdded),
        _ => (Joining::Invited, Notice::InvitationSent),
    };
    let new = NewInvitation { name: &name, email: &email, role: &role, joining: how };
    let error = match request.context.bailey.members().invite(&caller, new).await {
        Ok(()) => return redirect_with_notice(PAGE, notice),
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    let (errors, refusal) = match answer {
        PublicError::Invalid(errors) => (errors, None),
        PublicError::Refused(refusal) if refusal.remedy() == Remedy::StepUp => return redirect_to_step_up(PAGE),
        PublicError::Refused(refusal) => (BTreeMap::new(), Some(refusal)),
        _ => return request.fault_page(status),
    };
    let form = Form::Invitation { name, email, role, joining, errors };
    request.page_at(PAGE, PageState { form, refusal, ..PageState::default() }, status).await
}

/// Sends the mail again.
pub async fn send_again(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>) -> Response {
    let sent = request.context.bailey.members().send_invitation_again(&caller, &member).await;
    answer(&request, sent, Notice::InvitationSentAgain).await
}

/// Withdraws an invitation.
pub async fn withdraw(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>) -> Response {
    let withdrawn = request.context.bailey.members().withdraw_invitation(&caller, &member).await;
    answer(&request, withdrawn, Notice::InvitationWithdrawn).await
}

async fn answer(request: &GatedRequest, done: Result<()>, notice: Notice) -> Response {
    match done {
        Ok(()) => redirect_with_notice(PAGE, notice),
        Err(error) => request.error_at(PAGE, error).await,
    }
}
