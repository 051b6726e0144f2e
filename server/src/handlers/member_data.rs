//! What is held about members: handed out as a file, and erased.
use crate::{
    extract::{Fields, GatedRequest, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::{
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use domain::{Error, MemberId};
use web::explain;

/// Returns the page of a member's data.
fn page_of(member: &MemberId) -> String {
    format!("/admin/members/{member}/data")
}

async fn file(request: &GatedRequest, page: &str, data: domain::Result<serde_json::Value>) -> Response {
    let text =
        data.and_then(|data| serde_json::to_string_pretty(&data).map_err(|error| Error::Internal(error.to_string())));
    match text {
        Ok(text) => {
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static("application/json")),
                (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"bailey-data.json\"")),
                (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (headers, text).into_response()
        }
        Err(error) => request.error_at(page, error).await,
    }
}

/// Hands out what is held about the caller.
pub async fn own(SignedIn { request, caller }: SignedIn) -> Response {
    let data = request.context.bailey.members().data_of(&caller, caller.member()).await;
    file(&request, "/profile", data).await
}

/// Hands out what is held about a member.
pub async fn download(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>) -> Response {
    let data = request.context.bailey.members().data_of(&caller, &member).await;
    file(&request, &page_of(&member), data).await
}

/// Erases a member.
pub async fn erase(SignedIn { request, caller }: SignedIn, Id(member): Id<MemberId>, mut fields: Fields) -> Response {
    let email = fields.take("email");
    match request.context.bailey.members().erase(&caller, &member, &email).await {
        Ok(()) => redirect_with_notice("/admin/members", Notice::MemberErased),
        Err(Error::Invalid(mut errors)) => {
            let error = errors.remove("email");
            let (status, _) = explain(Error::Invalid(errors));
            let form = Form::Erasure { email, error };
            request.page_at(&page_of(&member), PageState { form, ..PageState::default() }, status).await
        }
        Err(error) => request.error_at(&page_of(&member), error).await,
    }
}

/// Ends everybody's sessions.
pub async fn sign_everybody_out(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    const PAGE: &str = "/admin/sessions";
    let confirm = fields.take("confirm");
    match request.context.bailey.sessions().end_everybody(&caller, &confirm).await {
        Ok(_) => redirect_with_notice(PAGE, Notice::EverybodySignedOut),
        Err(Error::Invalid(mut errors)) => {
            let error = errors.remove("confirm");
            let (status, _) = explain(Error::Invalid(errors));
            let form = Form::EverybodysSessions { confirm, error };
            request.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
        }
        Err(error) => request.error_at(PAGE, error).await,
    }
}
