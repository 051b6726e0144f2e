//! Stopping the mails about ideas, from one of them: GET shows what will happen, POST does it, whether a person presses the
//! button or their program of mail posts for them (RFC 8058), which needs no sign-in and is redirected nowhere.
use crate::{edge, extract::GatedRequest};
use app::page::{Form, PageState};
use axum::{extract::Path, http::StatusCode, response::Response};

/// Shows what the link does.
pub async fn page(request: GatedRequest, Path(token): Path<String>) -> Response {
    let context = &request.context;
    match context.bailey.ideas().look_at_unsubscribing(&context.workspace.id, &token).await {
        Ok(gets_mails) => show(&request, token, !gets_mails).await,
        Err(error) => edge::without_referrer(request.error_at("/unsubscribe/used", error).await),
    }
}

/// Stops the mails. What is posted with it says nothing that counts.
pub async fn stop(request: GatedRequest, Path(token): Path<String>) -> Response {
    let context = &request.context;
    let address = context.client.address.as_deref();
    match context.bailey.ideas().unsubscribe(&context.workspace.id, &token, address).await {
        Ok(()) => show(&request, token, true).await,
        Err(error) => edge::without_referrer(request.error_at("/unsubscribe/used", error).await),
    }
}

async fn show(request: &GatedRequest, token: String, stopped: bool) -> Response {
    let form = Form::Unsubscribe { token, stopped };
    edge::without_referrer(request.page(PageState { form, ..PageState::default() }, StatusCode::OK).await)
}
