//! Proving once more who one is: by a second factor, or by the password where there is none.
use super::second_step::{beside_code, ways_under};
use crate::extract::{AskedQuery, Fields, GatedRequest, SignedIn};
use app::{
    page::refusal_view::RefusalView,
    page::{Form, PageState, Way},
};
use axum::{
    http::{StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::{Caller, Token};
use policy::Refusal;
use secrecy::SecretString;
use std::collections::BTreeMap;
use web::{PublicError, explain};

const PAGE: &str = "/profile/step-up";

/// Shows the page.
pub async fn page(SignedIn { request, caller }: SignedIn, asked: AskedQuery) -> Response {
    match refused(&request, &caller).await {
        Ok(refused) => show(&request, &caller, asked.next(), BTreeMap::new(), refused, StatusCode::OK).await,
        Err(error) => request.error_at("/", error).await,
    }
}

/// Returns why no code is taken at present, or no password where there are no codes, if none is.
async fn refused(request: &GatedRequest, caller: &Caller) -> domain::Result<Option<Refusal>> {
    let bailey = &request.context.bailey;
    if caller.factors().enrolled() {
        bailey.two_factor().codes_refused_of(caller).await
    } else {
        bailey.passwords().present_refused(caller).await
    }
}

async fn show(
    request: &GatedRequest,
    caller: &Caller,
    next: Option<String>,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
    status: StatusCode,
) -> Response {
    let overview = match request.context.bailey.two_factor().overview(caller).await {
        Ok(overview) => overview,
        Err(error) => return request.error_at("/", error).await,
    };
    let enrolled = caller.factors().enrolled();
    let ways = [
        (!enrolled && caller.password().set_at.is_some(), Way::Password),
        (overview.authenticator.is_some(), Way::Authenticator),
        (!overview.passkeys.is_empty(), Way::Passkey),
        (enrolled && overview.recovery_codes_left > 0, Way::RecoveryCode),
    ];
    let ways = ways.into_iter().filter_map(|(there, way)| there.then_some(way)).collect();
    let ways = ways_under(refusal.as_ref(), ways);
    let why = caller.is_fresh().err().map(RefusalView::from);
    let form = Form::StepUp { ways, why, errors };
    request.page_at(PAGE, PageState { form, next, refusal, ..PageState::default() }, status).await
}

/// Proves by a code of the authenticator app.
pub async fn by_code(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    let done = request.context.bailey.two_factor().step_up_by_code(&caller, fields.text("code")).await;
    answer(&request, &caller, &fields, "code", done).await
}

/// Proves by a recovery code.
pub async fn by_recovery_code(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    let done =
        request.context.bailey.two_factor().step_up_by_recovery_code(&caller, fields.text("recovery_code")).await;
    answer(&request, &caller, &fields, "recovery_code", done).await
}

/// Proves by the password.
pub async fn by_password(SignedIn { request, caller }: SignedIn, mut fields: Fields) -> Response {
    let password = SecretString::from(fields.take("current"));
    let done = request.context.bailey.two_factor().step_up_by_password(&caller, password).await;
    answer(&request, &caller, &fields, "current", done).await
}

async fn answer(
    request: &GatedRequest,
    caller: &Caller,
    fields: &Fields,
    field: &str,
    done: domain::Result<Token>,
) -> Response {
    let next = fields.next();
    let error = match done {
        Ok(token) => {
            let cookie = request.context.cookies.renewed(caller, &token);
            let to = next.as_deref().unwrap_or("/profile");
            return (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(to)).into_response();
        }
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    match answer {
        PublicError::Invalid(errors) => {
            let errors = errors.into_values().map(|words| (field.to_owned(), words)).collect();
            // It may have been the last one that is looked at for now.
            match refused(request, caller).await {
                Ok(refused) => show(request, caller, next, errors, refused, status).await,
                Err(error) => request.error_at("/", error).await,
            }
        }
        PublicError::Refused(Refusal::WrongCode { of }) => {
            let refused = match refused(request, caller).await {
                Ok(refused) => refused,
                Err(error) => return request.error_at("/", error).await,
            };
            let errors = BTreeMap::from([(field.to_owned(), beside_code(of, refused.as_ref()))]);
            show(request, caller, next, errors, refused, status).await
        }
        PublicError::Refused(refusal) => show(request, caller, next, BTreeMap::new(), Some(refusal), status).await,
        _ => request.fault_page(status),
    }
}
