//! Choosing a password without an old one: ask for a mail, or claim an account, press the mail's button, choose.
use crate::{
    extract::{Fields, GatedRequest},
    respond::redirect_with_notice,
};
use app::page::{Form, Judge, Notice, PageState};
use axum::{
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::{Error, Token, credentials::passwords::Granted};
use policy::Refusal;
use secrecy::SecretString;
use std::collections::BTreeMap;
use web::{PublicError, explain};

const FORGOT: &str = "/forgot-password";
const CHOOSE: &str = "/choose-password";
const CLAIM: &str = "/claim-account";

/// What a mail is asked for.
#[derive(Clone, Copy)]
enum For {
    /// Choosing a new password.
    Reset,
    /// Claiming an account.
    Claim,
}

impl For {
    const fn page(self) -> &'static str {
        match self {
            Self::Reset => FORGOT,
            Self::Claim => CLAIM,
        }
    }
}

/// Shows the form that asks for a mail.
pub async fn forgot_page(request: GatedRequest) -> Response {
    request_page(&request, For::Reset, String::new(), BTreeMap::new(), None, StatusCode::OK).await
}

/// Shows the form that claims an account.
pub async fn claim_page(request: GatedRequest) -> Response {
    request_page(&request, For::Claim, String::new(), BTreeMap::new(), None, StatusCode::OK).await
}

async fn request_page(
    request: &GatedRequest,
    what: For,
    email: String,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
    status: StatusCode,
) -> Response {
    let (bailey, workspace) = (&request.context.bailey, &request.context.workspace.id);
    let captcha = match what {
        For::Reset => bailey.passwords().reset_captcha(workspace, &request.context.client).await,
        For::Claim => bailey.members().claim_captcha(workspace, &request.context.client).await,
    };
    let captcha = match captcha {
        Ok(captcha) => captcha,
        Err(error) => return request.error_at("/sign-in", error).await,
    };
    let form = Form::ForgotPassword { email, captcha, sent: false, errors };
    request.page_at(what.page(), PageState { form, refusal, ..PageState::default() }, status).await
}

/// Sends a mail, if somebody has the address; says the same if nobody has.
pub async fn ask(request: GatedRequest, fields: Fields) -> Response {
    send_mail(request, For::Reset, fields).await
}

/// Claims an account, if somebody has the address; says the same if nobody has.
pub async fn claim(request: GatedRequest, fields: Fields) -> Response {
    send_mail(request, For::Claim, fields).await
}

async fn send_mail(request: GatedRequest, what: For, mut fields: Fields) -> Response {
    let (email, captcha) = (fields.take("email"), fields.take("altcha"));
    let email = email.trim().to_owned();
    if email.is_empty() {
        let errors = BTreeMap::from([("email".to_owned(), "Enter your e-mail address.".to_owned())]);
        return request_page(&request, what, email, errors, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let context = &request.context;
    let (bailey, workspace) = (&context.bailey, &context.workspace.id);
    let asked = match what {
        For::Reset => bailey.passwords().ask_for_reset(workspace, &email, &captcha, &context.client).await,
        For::Claim => bailey.members().claim_account(workspace, &email, &captcha, &context.client).await,
    };
    let error = match asked {
        Ok(()) => {
            let form = Form::ForgotPassword { email, captcha: None, sent: true, errors: BTreeMap::new() };
            return request.page_at(what.page(), PageState { form, ..PageState::default() }, StatusCode::OK).await;
        }
        Err(error) => error,
    };
    let (status, answer) = explain(error);
    match answer {
        PublicError::Refused(refusal) => {
            request_page(&request, what, email, BTreeMap::new(), Some(refusal), status).await
        }
        _ => request.fault_page(status),
    }
}

/// Hands out the right to choose a new password.
pub fn hand_out_grant(request: &GatedRequest, grant: &Token) -> Response {
    (AppendHeaders([(SET_COOKIE, request.context.cookies.grant(grant))]), Redirect::to(CHOOSE)).into_response()
}

/// Shows the form that chooses.
pub async fn choose_page(request: GatedRequest, headers: HeaderMap) -> Response {
    choose_form(&request, &headers, BTreeMap::new(), None, StatusCode::OK).await
}

fn grant_of(request: &GatedRequest, headers: &HeaderMap) -> Token {
    request.context.cookies.grant_of(headers).unwrap_or_else(|| Token::from_browser(""))
}

async fn choose_form(
    request: &GatedRequest,
    headers: &HeaderMap,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
    status: StatusCode,
) -> Response {
    let context = &request.context;
    let looked = context.bailey.passwords().look_at_grant(&context.workspace.id, &grant_of(request, headers)).await;
    let Granted { email, name } = match looked {
        Ok(granted) => granted,
        Err(error) => return request.error_at(CHOOSE, error).await,
    };
    let judge = Judge::new(context.admission.policy.settings.passwords.policy, &name, &email);
    let form = Form::ChoosePassword { judge, errors };
    request.page_at(CHOOSE, PageState { form, refusal, ..PageState::default() }, status).await
}

/// Chooses.
pub async fn set(request: GatedRequest, headers: HeaderMap, mut fields: Fields) -> Response {
    let password = SecretString::from(fields.take("password"));
    let context = &request.context;
    let grant = grant_of(&request, &headers);
    let chosen = context.bailey.passwords().choose(&context.workspace.id, &grant, password, &context.client).await;
    match chosen {
        Ok(()) => {
            let mut response = redirect_with_notice("/sign-in", Notice::PasswordChosen);
            for cookie in [context.cookies.no_grant(), context.cookies.no_session()] {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
            response
        }
        Err(Error::Invalid(errors)) => {
            choose_form(&request, &headers, errors, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Error::Refused(refusal @ Refusal::Busy { .. })) => {
            choose_form(&request, &headers, BTreeMap::new(), Some(refusal), StatusCode::SERVICE_UNAVAILABLE).await
        }
        Err(error) => request.error_at(CHOOSE, error).await,
    }
}
