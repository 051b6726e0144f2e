//! Admin, settings, the chats that are told of ideas: the posts of its forms.
use crate::{
    extract::{Fields, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::response::Response;
use domain::{Error, chat::NewHook};
use uuid::Uuid;
use web::explain;

const PAGE: &str = "/admin/settings/chat";

/// Sets a webhook.
pub async fn set(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let (community, form, address) = (fields.take("community"), fields.take("form"), fields.take("webhook"));
    let new = NewHook { community: &community, form: &form, address: &address };
    match request.context.bailey.chat().set(&caller, new).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::ChatHookSet),
        Err(Error::Invalid(errors)) => {
            let (status, _) = explain(Error::Invalid(errors.clone()));
            let form = Form::ChatHook { community, form, errors };
            request.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
        }
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Takes a webhook away.
pub async fn remove(SignedIn { request, caller }: SignedIn, Id(id): Id<Uuid>) -> Response {
    match request.context.bailey.chat().remove(&caller, id).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::ChatHookRemoved),
        Err(error) => request.error_at(PAGE, error).await,
    }
}
