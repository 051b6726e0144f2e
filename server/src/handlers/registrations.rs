//! Admin, invitations: the posts that decide about whoever waits to be let in.
use crate::{
    extract::{Fields, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::response::Response;
use domain::{Error, MemberId, members::registration::Decision};
use web::explain;

const PAGE: &str = "/admin/invitations";

/// Lets somebody in.
pub async fn approve(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>) -> Response {
    match request.context.bailey.members().decide(&caller, &member, Decision::Approved).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::MemberApproved),
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Keeps somebody out, and tells them why.
pub async fn reject(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>, mut fields: Fields) -> Response {
    let reason = fields.take("reason");
    match request.context.bailey.members().decide(&caller, &member, Decision::Rejected(&reason)).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::MemberRejected),
        Err(Error::Invalid(mut errors)) => {
            let error = errors.remove("reason").unwrap_or_default();
            let (status, _) = explain(Error::Invalid(errors));
            let form = Form::Rejection { id: member.to_string(), reason, error };
            request.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
        }
        Err(error) => request.error_at(PAGE, error).await,
    }
}
