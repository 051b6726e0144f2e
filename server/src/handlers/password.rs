//! My profile, Password: the post of its form.
use super::{
    Fields, SignedIn,
    visit::{go, on_the_way, step_up},
};
use app::{
    api::serve::explain,
    error::ApiError,
    page::{Form, Notice, PageState},
};
use axum::{
    http::header::SET_COOKIE,
    response::{IntoResponse, Redirect, Response},
};
use policy::Refusal;
use secrecy::SecretString;

const PAGE: &str = "/profile/password";

/// Changes the caller's password, or renders the page again with the words beside each field.
pub async fn change(SignedIn { visit, caller }: SignedIn, mut fields: Fields) -> Response {
    let (current, new) = (SecretString::from(fields.take("current")), SecretString::from(fields.take("password")));
    let next = fields.next();
    let token = match visit.context.bailey.change_password(&caller, current, new).await {
        Ok(token) => token,
        Err(error) => {
            let (status, answer) = explain(error, &visit.context.request_id);
            let page = match answer {
                ApiError::Invalid(errors) => {
                    // It may have been the last one that is looked at for now.
                    let refusal = match visit.context.bailey.present_password_refused(&caller).await {
                        Ok(refused) => refused.filter(|_| errors.contains_key("current")),
                        Err(error) => return visit.error_at(PAGE, error).await,
                    };
                    PageState { form: Form::Password { errors }, refusal, next, ..PageState::default() }
                }
                ApiError::Refused(Refusal::StepUpRequired { .. }) => {
                    return step_up(&on_the_way(PAGE, next.as_deref()));
                }
                ApiError::Refused(refusal) => PageState { refusal: Some(refusal), next, ..PageState::default() },
                _ => return crate::gate::broken_page(&visit.state, status, &visit.context.request_id),
            };
            return visit.page_at(PAGE, page, status).await;
        }
    };
    let mut response = match next {
        Some(next) => Redirect::to(&next).into_response(),
        None => go(PAGE, Notice::PasswordChanged),
    };
    response.headers_mut().append(SET_COOKIE, visit.context.cookies.renewed(&caller, &token));
    response
}
