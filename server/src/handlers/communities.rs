//! Settings by community: the posts of its forms.
use crate::{
    extract::{Fields, GatedRequest, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::{extract::Path, response::Response};
use domain::{CommunityId, Result};
use web::{PublicError, explain};

const PAGE: &str = "/admin/settings/communities";

/// Adds a community.
pub async fn create(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    let name = fields.text("name");
    let done = request.context.bailey.communities().create(&caller, name, "").await;
    answer(&request, done, Notice::CommunityCreated, String::new(), "name", name).await
}

/// Adds a member to a community.
pub async fn add_member(
    SignedIn { request, caller }: SignedIn,
    Id(community): Id<CommunityId>,
    fields: Fields,
) -> Response {
    let email = fields.text("email");
    let done = request.context.bailey.communities().add_member(&caller, &community, email).await;
    answer(&request, done, Notice::AddedToCommunity, community.to_string(), "email", email).await
}

/// Overrides a setting.
pub async fn put(
    SignedIn { request, caller }: SignedIn,
    Id(community): Id<CommunityId>,
    Path((_, key)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let value = fields.text("value");
    let done = request.context.bailey.communities().override_setting(&caller, &community, &key, value).await;
    answer(&request, done, Notice::SettingOverridden, community.to_string(), &key, value).await
}

/// Lets a community inherit a setting again.
pub async fn reset(
    SignedIn { request, caller }: SignedIn,
    Id(community): Id<CommunityId>,
    Path((_, key)): Path<(String, String)>,
) -> Response {
    let done = request.context.bailey.communities().reset_override(&caller, &community, &key).await;
    answer(&request, done, Notice::OverrideReset, community.to_string(), &key, "").await
}

async fn answer(
    request: &GatedRequest,
    done: Result<()>,
    notice: Notice,
    id: String,
    field: &str,
    typed: &str,
) -> Response {
    let error = match done {
        Ok(()) => return redirect_with_notice(PAGE, notice),
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    let error = match answer {
        PublicError::Invalid(mut errors) => errors.remove(field),
        PublicError::Refused(refusal) => return request.error_at(PAGE, refusal.into()).await,
        _ => None,
    };
    let Some(error) = error else { return request.fault_page(status) };
    let form = Form::Community { id, field: field.to_owned(), typed: typed.to_owned(), error };
    request.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
}
