//! My profile, details: the post of its form.
use crate::{
    extract::{Fields, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Form, Notice, PageState};
use axum::response::Response;
use web::{PublicError, explain};

const PAGE: &str = "/profile";

/// Sends a link to an address that is to become the member's.
pub async fn change_email(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let email = fields.take("email");
    let error = match request.context.bailey.members().ask_for_email_change(&caller, &email).await {
        Ok(()) => return redirect_with_notice(PAGE, Notice::EmailChangeAsked),
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    let error = match answer {
        PublicError::Invalid(mut errors) => errors.remove("email"),
        PublicError::Refused(refusal) => return request.error_at(PAGE, refusal.into()).await,
        _ => return request.fault_page(status),
    };
    let form = Form::EmailChange { email, error };
    request.page_at(PAGE, PageState { form, ..PageState::default() }, status).await
}
