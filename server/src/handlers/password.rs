//! My profile, Password: the post of its form.
use crate::{
    extract::{Fields, SignedIn},
    respond::{redirect_to_step_up, redirect_with_notice, with_next},
};
use app::page::{Form, Notice, PageState};
use axum::{
    http::header::SET_COOKIE,
    response::{IntoResponse, Redirect, Response},
};
use policy::Refusal;
use secrecy::SecretString;
use web::{PublicError, explain};

const PAGE: &str = "/profile/password";

/// Changes the caller's password, or renders the page again with the words beside each field.
pub async fn change(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let (current, new) = (SecretString::from(fields.take("current")), SecretString::from(fields.take("password")));
    let next = fields.next();
    let token = match request.context.bailey.passwords().change(&caller, current, new).await {
        Ok(token) => token,
        Err(error) => {
            let (status, answer) = explain(error);
            let page = match answer {
                PublicError::Invalid(errors) => {
                    // It may have been the last one that is looked at for now.
                    let refusal = match request.context.bailey.passwords().present_refused(&caller).await {
                        Ok(refused) => refused.filter(|_| errors.contains_key("current")),
                        Err(error) => return request.error_at(PAGE, error).await,
                    };
                    PageState { form: Form::Password { errors }, refusal, next, ..PageState::default() }
                }
                PublicError::Refused(Refusal::StepUpRequired { .. }) => {
                    return redirect_to_step_up(&with_next(PAGE, next.as_deref()));
                }
                PublicError::Refused(refusal) => PageState { refusal: Some(refusal), next, ..PageState::default() },
                _ => return request.fault_page(status),
            };
            return request.page_at(PAGE, page, status).await;
        }
    };
    let mut response = match next {
        Some(next) => Redirect::to(&next).into_response(),
        None => redirect_with_notice(PAGE, Notice::PasswordChanged),
    };
    response.headers_mut().append(SET_COOKIE, request.context.cookies.renewed(&caller, &token));
    response
}
