//! Conversations: the posts of their forms.
use crate::{
    extract::{Fields, GatedRequest, Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{ConversationId, Result, conversations::NewConversation};
use std::collections::BTreeMap;
use web::{PublicError, explain};

const PAGE: &str = "/conversations";

fn page_of(id: &ConversationId) -> String {
    format!("{PAGE}/{id}")
}

/// Starts a conversation.
pub async fn start(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let [community, to, subject, body] = ["community", "to", "subject", "body"].map(|name| fields.take(name));
    let new = NewConversation { community: &community, to: &to, subject: &subject, body: &body };
    let error = match request.context.bailey.conversations().start(&caller, new).await {
        Ok(id) => return Redirect::to(&page_of(&id)).into_response(),
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    let (errors, refusal) = match answer {
        PublicError::Invalid(errors) => (errors, None),
        PublicError::Refused(refusal) => (BTreeMap::new(), Some(refusal)),
        _ => return request.fault_page(status),
    };
    let form = Form::Conversation { community, to, subject, body, errors };
    request.page_at(PAGE, PageState { form, refusal, ..PageState::default() }, status).await
}

/// Sends a message.
pub async fn reply(SignedIn { request, caller }: SignedIn, Id(id): Id<ConversationId>, mut fields: Fields) -> Response {
    let (body, here) = (fields.take("body"), page_of(&id));
    let seen = number(&fields);
    let error = match request.context.bailey.conversations().reply(&caller, &id, &body, seen).await {
        Ok(()) => return redirect_with_notice(&here, Notice::MessageSent),
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    let (error, refusal) = match answer {
        PublicError::Invalid(mut errors) => (errors.remove("body"), None),
        PublicError::Refused(refusal) => (None, Some(refusal)),
        _ => return request.fault_page(status),
    };
    let form = Form::Reply { body, error };
    request.page_at(&here, PageState { form, refusal, ..PageState::default() }, status).await
}

/// Notes that a conversation was read.
pub async fn read(SignedIn { request, caller }: SignedIn, Id(id): Id<ConversationId>, fields: Fields) -> Response {
    let done = request.context.bailey.conversations().read(&caller, &id, number(&fields)).await;
    answer(&request, done, &page_of(&id), Notice::MessagesRead).await
}

/// Mutes a conversation.
pub async fn mute(SignedIn { request, caller }: SignedIn, Id(id): Id<ConversationId>) -> Response {
    let done = request.context.bailey.conversations().mute(&caller, &id, true).await;
    answer(&request, done, &page_of(&id), Notice::ConversationMuted).await
}

/// Takes that back.
pub async fn unmute(SignedIn { request, caller }: SignedIn, Id(id): Id<ConversationId>) -> Response {
    let done = request.context.bailey.conversations().mute(&caller, &id, false).await;
    answer(&request, done, &page_of(&id), Notice::ConversationUnmuted).await
}

/// Leaves a conversation.
pub async fn leave(SignedIn { request, caller }: SignedIn, Id(id): Id<ConversationId>) -> Response {
    let done = request.context.bailey.conversations().leave(&caller, &id).await;
    answer(&request, done, PAGE, Notice::ConversationLeft).await
}

/// The number of the last message that the page has shown; 0 where the form does not say.
fn number(fields: &Fields) -> i64 {
    fields.text("seen").parse().unwrap_or_default()
}

async fn answer(request: &GatedRequest, done: Result<()>, page: &str, notice: Notice) -> Response {
    match done {
        Ok(()) => redirect_with_notice(page, notice),
        Err(error) => request.error_at(PAGE, error).await,
    }
}
