//! The mark of the workspace: the posts of its form, and the picture.
use crate::{
    edge,
    extract::{SignedIn, receive},
    respond::{picture, redirect_to_step_up, redirect_with_notice},
    state::AppState,
};
use app::page::{Form, Notice, PageState};
use axum::{
    extract::{Multipart, Path, State, multipart::MultipartRejection},
    http::{HeaderValue, StatusCode, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use domain::FileId;
use policy::{decide::file::MARK_BYTES, reason::Remedy};
use web::{PublicError, explain};

const PAGE: &str = "/admin/settings/general";
/// Another picture has another address.
const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Has a picture stand before the name of the workspace.
pub async fn set(SignedIn { request, caller }: SignedIn, parts: Result<Multipart, MultipartRejection>) -> Response {
    let mut form = receive(&request, &caller, parts, MARK_BYTES).await;
    let text = form.take("text");
    let done = match form.upload {
        Ok(upload) => request.context.bailey.workspaces().set_mark(&caller, upload, &text).await,
        Err(error) => Err(error),
    };
    let Err(error) = done else { return redirect_with_notice(PAGE, Notice::WorkspaceSaved) };
    let (status, answer) = explain(error);
    let (errors, refusal) = match answer {
        PublicError::Invalid(errors) => (errors, None),
        PublicError::Refused(refusal) if refusal.remedy() == Remedy::StepUp => return redirect_to_step_up(PAGE),
        PublicError::Refused(refusal) => (std::collections::BTreeMap::new(), Some(refusal)),
        _ => return request.fault_page(status),
    };
    let form = Form::Mark { text, errors };
    request.page_at(PAGE, PageState { form, refusal, ..PageState::default() }, status).await
}

/// Has none stand there any more.
pub async fn remove(SignedIn { request, caller }: SignedIn) -> Response {
    match request.context.bailey.workspaces().remove_mark(&caller).await {
        Ok(()) => redirect_with_notice(PAGE, Notice::WorkspaceSaved),
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Shows the picture, to anybody: it stands in mails and on the sign-in page.
pub async fn show(State(state): State<AppState>, Path(id): Path<String>) -> Response {
    let Some(id) = FileId::parse(&id) else { return StatusCode::NOT_FOUND.into_response() };
    match state.bailey.workspaces().open_mark(&state.workspace.id, &id).await {
        Ok(mark) => {
            let mut response = edge::from_anywhere(picture(mark));
            response.headers_mut().insert(CACHE_CONTROL, FOR_A_YEAR);
            response
        }
        Err(error) => explain(error).0.into_response(),
    }
}
