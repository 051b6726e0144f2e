//! My profile, Two-factor: the posts of its forms.
use crate::{
    extract::{Fields, GatedRequest, Id, SignedIn},
    respond::{redirect_to_step_up, redirect_with_notice, with_next},
};
use app::page::{Form, Notice, PageState};
use axum::{
    http::{HeaderValue, StatusCode, header::SET_COOKIE},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Caller, Error, PasskeyId, credentials::two_factor::Enrolled};
use policy::{Area, Refusal};
use web::{PublicError, explain};

const PAGE: &str = "/profile/two-factor";

/// Begins setting up an authenticator app.
pub async fn begin(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    match request.context.bailey.two_factor().begin_authenticator(&caller).await {
        Ok(token) => {
            with_cookie(Redirect::to(&page(&fields)).into_response(), request.context.cookies.renewed(&caller, &token))
        }
        Err(error) => request.error_at(&page(&fields), error).await,
    }
}

/// Returns the page, which keeps where the person wanted to go: over a fresh proof of who they are, too.
fn page(fields: &Fields) -> String {
    with_next(PAGE, fields.next().as_deref())
}

async fn answer(request: &GatedRequest, fields: &Fields, done: domain::Result<()>, notice: Notice) -> Response {
    match done {
        Ok(()) => redirect_with_notice(&page(fields), notice),
        Err(error) => request.error_at(&page(fields), error).await,
    }
}

/// Gives up setting up an authenticator app.
pub async fn cancel(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    match request.context.bailey.two_factor().cancel_authenticator(&caller).await {
        Ok(()) => Redirect::to(&page(&fields)).into_response(),
        Err(error) => request.error_at(&page(&fields), error).await,
    }
}

/// Confirms an authenticator app by its first code, and shows the recovery codes once.
pub async fn confirm(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    let next = fields.next();
    match request.context.bailey.two_factor().confirm_authenticator(&caller, fields.text("code")).await {
        Ok(enrolled) => show_codes(&request, &caller, enrolled, next).await,
        Err(Error::NotFound) => Redirect::to(&page(&fields)).into_response(),
        Err(error) => wrong_first_code(&request, error, next).await,
    }
}

async fn wrong_first_code(request: &GatedRequest, error: Error, next: Option<String>) -> Response {
    let (status, answer) = explain(error);
    let page = match answer {
        PublicError::Refused(Refusal::WrongCode { .. }) => {
            let form = Form::FirstCode {
                error: "That code is not right. Check that your phone's clock is right, and type the code that the app shows now.".to_owned(),
            };
            PageState { form, next, ..PageState::default() }
        }
        PublicError::Invalid(errors) => {
            let form = Form::FirstCode { error: errors.into_values().next().unwrap_or_default() };
            PageState { form, next, ..PageState::default() }
        }
        PublicError::Refused(Refusal::StepUpRequired { .. }) => {
            return redirect_to_step_up(&with_next(PAGE, next.as_deref()));
        }
        PublicError::Refused(refusal) => PageState { refusal: Some(refusal), next, ..PageState::default() },
        _ => return request.fault_page(status),
    };
    request.page_at(PAGE, page, status).await
}

async fn show_codes(request: &GatedRequest, caller: &Caller, enrolled: Enrolled, next: Option<String>) -> Response {
    let cookie = request.context.cookies.renewed(caller, &enrolled.session);
    let response = if enrolled.recovery_codes.is_empty() {
        Redirect::to(next.as_deref().unwrap_or(PAGE)).into_response()
    } else {
        // The page shows what holds now: enrolled, and nothing missing.
        match request.context.admit_again(Area::Enrolment, enrolled.session).await {
            Ok(context) => {
                let form = Form::RecoveryCodes(enrolled.recovery_codes);
                request.page_as(&context, PAGE, PageState { form, next, ..PageState::default() }).await
            }
            Err(error) => request.error_at(PAGE, error).await,
        }
    };
    with_cookie(response, cookie)
}

fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

/// Removes the authenticator app.
pub async fn remove(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    let removed = request.context.bailey.two_factor().remove_authenticator(&caller).await;
    answer(&request, &fields, removed, Notice::AuthenticatorRemoved).await
}

/// Renames a passkey.
pub async fn rename_passkey(
    SignedIn { request, caller }: SignedIn,
    Id(key): Id<PasskeyId>,
    fields: Fields,
) -> Response {
    match request.context.bailey.two_factor().rename_passkey(&caller, &key, fields.text("name")).await {
        Err(Error::Invalid(errors)) => {
            let error = errors.into_values().next().unwrap_or_default();
            let form = Form::PasskeyName { id: key.to_string(), name: fields.text("name").to_owned(), error };
            let page = PageState { form, next: fields.next(), ..PageState::default() };
            request.page_at(PAGE, page, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        renamed => answer(&request, &fields, renamed, Notice::PasskeyRenamed).await,
    }
}

/// Removes a passkey.
pub async fn remove_passkey(
    SignedIn { request, caller }: SignedIn,
    Id(key): Id<PasskeyId>,
    fields: Fields,
) -> Response {
    let removed = request.context.bailey.two_factor().remove_passkey(&caller, &key).await;
    answer(&request, &fields, removed, Notice::PasskeyRemoved).await
}

/// Turns codes by e-mail on.
pub async fn email_codes_on(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    let chosen = request.context.bailey.two_factor().choose_emailed_codes(&caller, true).await;
    answer(&request, &fields, chosen, Notice::EmailCodesOn).await
}

/// Turns codes by e-mail off.
pub async fn email_codes_off(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    let chosen = request.context.bailey.two_factor().choose_emailed_codes(&caller, false).await;
    answer(&request, &fields, chosen, Notice::EmailCodesOff).await
}

/// Makes new recovery codes and shows them once.
pub async fn new_codes(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    match request.context.bailey.two_factor().new_recovery_codes(&caller).await {
        Ok(codes) => {
            let page = PageState { form: Form::RecoveryCodes(codes), next: fields.next(), ..PageState::default() };
            request.page_at(PAGE, page, StatusCode::OK).await
        }
        Err(Error::NotFound) => Redirect::to(&page(&fields)).into_response(),
        Err(error) => request.error_at(&page(&fields), error).await,
    }
}
