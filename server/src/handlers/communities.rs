//! Settings by community: the posts of its forms.
use super::{Fields, Id, SignedIn, Visit, visit::go};
use crate::gate::broken_page;
use app::{
    api::serve::explain,
    error::ApiError,
    page::{Form, Notice, PageState},
};
use axum::{extract::Path, response::Response};
use domain::{CommunityId, Result};

const PAGE: &str = "/admin/settings/communities";

/// Adds a community.
pub async fn create(SignedIn { visit, caller }: SignedIn, fields: Fields) -> Response {
    let name = fields.text("name");
    let done = visit.context.bailey.create_community(&caller, name).await;
    answer(&visit, done, Notice::CommunityCreated, String::new(), "name", name).await
}

/// Adds a member to a community.
pub async fn add_member(
    SignedIn { visit, caller }: SignedIn,
    Id(community): Id<CommunityId>,
    fields: Fields,
) -> Response {
    let email = fields.text("email");
    let done = visit.context.bailey.add_to_community(&caller, &community, email).await;
    answer(&visit, done, Notice::AddedToCommunity, community.to_string(), "email", email).await
}

/// Overrides a setting.
pub async fn put(
    SignedIn { visit, caller }: SignedIn,
    Id(community): Id<CommunityId>,
    Path((_, key)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    let value = fields.text("value");
    let done = visit.context.bailey.override_setting(&caller, &community, &key, value).await;
    answer(&visit, done, Notice::SettingOverridden, community.to_string(), &key, value).await
}

/// Lets a community inherit a setting again.
pub async fn reset(
    SignedIn { visit, caller }: SignedIn,
    Id(community): Id<CommunityId>,
    Path((_, key)): Path<(String, String)>,
) -> Response {
    let done = visit.context.bailey.reset_override(&caller, &community, &key).await;
    answer(&visit, done, Notice::OverrideReset, community.to_string(), &key, "").await
}

async fn answer(visit: &Visit, done: Result<()>, notice: Notice, id: String, field: &str, typed: &str) -> Response {
    let error = match done {
        Ok(()) => return go(PAGE, notice),
        Err(error) => error,
    };
    let (status, answer) = explain(error, &visit.context.request_id);
    let error = match answer {
        ApiError::Invalid(mut errors) => errors.remove(field),
        ApiError::Refused(refusal) => return visit.error_at(PAGE, refusal.into()).await,
        _ => None,
    };
    let Some(error) = error else { return broken_page(&visit.state, status, &visit.context.request_id) };
    let form = Form::Community { id, field: field.to_owned(), typed: typed.to_owned(), error };
    visit.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
}
