//! Files of ideas: the posts of their forms, and the files.
use super::ideas::page_of;
use crate::{
    extract::{Id, SignedIn, receive},
    respond::{download, picture, redirect_with_notice},
};
use app::page::{Form, Notice, PageState};
use axum::{
    extract::{Multipart, multipart::MultipartRejection},
    response::Response,
};
use domain::{FileId, IdeaId};
use policy::decide::file::ATTACHMENT_BYTES;
use web::{PublicError, explain};

/// Attaches a file to an idea.
pub async fn add(
    SignedIn { request, caller }: SignedIn,
    Id(idea): Id<IdeaId>,
    parts: Result<Multipart, MultipartRejection>,
) -> Response {
    let form = receive(&request, &caller, parts, ATTACHMENT_BYTES).await;
    let done = match form.upload {
        Ok(upload) => request.context.bailey.files().attach(&caller, &idea, upload).await,
        Err(error) => Err(error),
    };
    let here = page_of(&idea);
    let Err(error) = done else { return redirect_with_notice(&here, Notice::FileAttached) };
    let (status, answer) = explain(error);
    let (error, refusal) = match answer {
        PublicError::Invalid(mut errors) => (errors.remove("file"), None),
        PublicError::Refused(refusal) => (None, Some(refusal)),
        _ => return request.fault_page(status),
    };
    let form = Form::Attachment { error };
    request.page_at(&here, PageState { form, refusal, ..PageState::default() }, status).await
}

/// Takes a file off its idea.
pub async fn remove(SignedIn { request, caller }: SignedIn, Id(id): Id<FileId>) -> Response {
    match request.context.bailey.files().detach(&caller, &id).await {
        Ok(idea) => redirect_with_notice(&page_of(&idea), Notice::AttachmentRemoved),
        Err(error) => request.error_at("/ideas", error).await,
    }
}

/// Hands a file out.
pub async fn show(SignedIn { request, caller }: SignedIn, Id(id): Id<FileId>) -> Response {
    match request.context.bailey.files().attachment(&caller, &id, false).await {
        Ok(file) => download(file),
        Err(error) => request.error_at("/ideas", error).await,
    }
}

/// Hands out the picture that is shown of a file.
pub async fn preview(SignedIn { request, caller }: SignedIn, Id(id): Id<FileId>) -> Response {
    match request.context.bailey.files().attachment(&caller, &id, true).await {
        Ok(file) => picture(file),
        Err(error) => request.error_at("/ideas", error).await,
    }
}
