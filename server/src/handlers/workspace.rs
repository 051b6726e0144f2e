//! How the workspace presents itself: the post of its form.
use crate::{
    extract::{Fields, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::response::Response;
use domain::workspaces::Profile;
use web::{PublicError, explain};

const PAGE: &str = "/admin/settings/general";

/// Saves it.
pub async fn present(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let typed = Profile {
        name: fields.take("name"),
        from_name: fields.take("from_name"),
        time_zone: fields.take("time_zone"),
        mark: None,
    };
    let error = match request.context.bailey.workspaces().present(&caller, &typed).await {
        Ok(()) => return redirect_with_notice(PAGE, Notice::WorkspaceSaved),
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    let errors = match answer {
        PublicError::Invalid(errors) => errors,
        PublicError::Refused(refusal) => return request.error_at(PAGE, refusal.into()).await,
        _ => return request.fault_page(status),
    };
    let Profile { name, from_name, time_zone, .. } = typed;
    let form = Form::Workspace { name, from_name, time_zone, errors };
    request.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
}
