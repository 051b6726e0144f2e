//! Admin, mail: the posts of its forms, and mails as people get them.
use crate::{
    edge,
    extract::{Id, SignedIn},
    respond::redirect_with_notice,
};
use app::page::Notice;
use axum::{
    extract::Path,
    response::{Html, IntoResponse, Response},
};
use domain::{Error, mail};
use uuid::Uuid;

const PAGE: &str = "/admin/mail";

/// Sends a mail to whoever asks, to see that mail arrives.
pub async fn test(SignedIn { request, caller }: SignedIn) -> Response {
    match request.context.bailey.mail().send_test(&caller).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::TestMailQueued),
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Tries a mail again that was given up, or waits after a failure.
pub async fn retry(SignedIn { request, caller }: SignedIn, Id(id): Id<Uuid>) -> Response {
    match request.context.bailey.mail().retry(&caller, id).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::MailTriedAgain),
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Shows the HTML part of a mail of this kind, with made-up facts.
pub async fn preview(SignedIn { request, caller }: SignedIn, Path(kind): Path<String>) -> Response {
    let samples = match request.context.bailey.mail().samples(&caller).await {
        Ok(samples) => samples,
        Err(error) => return request.error_at(PAGE, error).await,
    };
    match samples.into_iter().find(|(name, _)| *name == kind) {
        Some((_, letter)) => edge::as_mail(Html(mail::html(&letter, &caller.who().name)).into_response()),
        None => request.error_at(PAGE, Error::NotFound).await,
    }
}
