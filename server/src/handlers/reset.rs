//! Choosing a password without an old one: ask for a mail, or claim an account, press the mail's button, choose.
use super::{Fields, Visit, visit::go};
use crate::gate::broken_page;
use app::{
    api::serve::explain,
    error::ApiError,
    page::{Form, Judge, Notice, PageState},
};
use axum::{
    http::{HeaderMap, StatusCode, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::{Error, Token, passwords::Granted};
use policy::Refusal;
use secrecy::SecretString;
use std::collections::BTreeMap;

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
pub async fn forgot_page(visit: Visit) -> Response {
    asking(&visit, For::Reset, String::new(), BTreeMap::new(), None, StatusCode::OK).await
}

/// Shows the form that claims an account.
pub async fn claim_page(visit: Visit) -> Response {
    asking(&visit, For::Claim, String::new(), BTreeMap::new(), None, StatusCode::OK).await
}

async fn asking(
    visit: &Visit,
    what: For,
    email: String,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
    status: StatusCode,
) -> Response {
    let (bailey, workspace) = (&visit.context.bailey, &visit.context.workspace.id);
    let captcha = match what {
        For::Reset => bailey.captcha_for_reset(workspace, &visit.context.client).await,
        For::Claim => bailey.captcha_for_claim(workspace, &visit.context.client).await,
    };
    let captcha = match captcha {
        Ok(captcha) => captcha,
        Err(error) => return visit.error_at("/sign-in", error).await,
    };
    let form = Form::ForgotPassword { email, captcha, sent: false, errors };
    visit.page_at(what.page(), PageState { form, refusal, ..PageState::default() }, status).await
}

/// Sends a mail, if somebody has the address; says the same if nobody has.
pub async fn ask(visit: Visit, fields: Fields) -> Response {
    mail(visit, For::Reset, fields).await
}

/// Claims an account, if somebody has the address; says the same if nobody has.
pub async fn claim(visit: Visit, fields: Fields) -> Response {
    mail(visit, For::Claim, fields).await
}

async fn mail(visit: Visit, what: For, mut fields: Fields) -> Response {
    let (email, captcha) = (fields.take("email"), fields.take("altcha"));
    let email = email.trim().to_owned();
    if email.is_empty() {
        let errors = BTreeMap::from([("email".to_owned(), "Enter your e-mail address.".to_owned())]);
        return asking(&visit, what, email, errors, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let context = &visit.context;
    let (bailey, workspace) = (&context.bailey, &context.workspace.id);
    let asked = match what {
        For::Reset => bailey.ask_for_reset(workspace, &email, &captcha, &context.client).await,
        For::Claim => bailey.claim_account(workspace, &email, &captcha, &context.client).await,
    };
    let error = match asked {
        Ok(()) => {
            let form = Form::ForgotPassword { email, captcha: None, sent: true, errors: BTreeMap::new() };
            return visit.page_at(what.page(), PageState { form, ..PageState::default() }, StatusCode::OK).await;
        }
        Err(error) => error,
    };
    let (status, answer) = explain(error, &context.request_id);
    match answer {
        ApiError::Refused(refusal) => asking(&visit, what, email, BTreeMap::new(), Some(refusal), status).await,
        _ => broken_page(&visit.state, status, &context.request_id),
    }
}

/// Hands out the right to choose a new password.
pub fn granted(visit: &Visit, grant: &Token) -> Response {
    (AppendHeaders([(SET_COOKIE, visit.context.cookies.grant(grant))]), Redirect::to(CHOOSE)).into_response()
}

/// Shows the form that chooses.
pub async fn choose_page(visit: Visit, headers: HeaderMap) -> Response {
    choose(&visit, &headers, BTreeMap::new(), None, StatusCode::OK).await
}

fn grant_of(visit: &Visit, headers: &HeaderMap) -> Token {
    visit.context.cookies.grant_of(headers).unwrap_or_else(|| Token::from_browser(""))
}

async fn choose(
    visit: &Visit,
    headers: &HeaderMap,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
    status: StatusCode,
) -> Response {
    let context = &visit.context;
    let looked = context.bailey.look_at_grant(&context.workspace.id, &grant_of(visit, headers)).await;
    let Granted { email, name } = match looked {
        Ok(granted) => granted,
        Err(error) => return visit.error_at(CHOOSE, error).await,
    };
    let judge = Judge::new(context.admission.policy.settings.passwords.policy, &name, &email);
    let form = Form::ChoosePassword { judge, errors };
    visit.page_at(CHOOSE, PageState { form, refusal, ..PageState::default() }, status).await
}

/// Chooses.
pub async fn set(visit: Visit, headers: HeaderMap, mut fields: Fields) -> Response {
    let password = SecretString::from(fields.take("password"));
    let context = &visit.context;
    let grant = grant_of(&visit, &headers);
    let chosen = context.bailey.choose_password(&context.workspace.id, &grant, password, &context.client).await;
    match chosen {
        Ok(()) => {
            let mut response = go("/sign-in", Notice::PasswordChosen);
            for cookie in [context.cookies.no_grant(), context.cookies.no_session()] {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
            response
        }
        Err(Error::Invalid(errors)) => choose(&visit, &headers, errors, None, StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(Error::Refused(refusal @ Refusal::Busy { .. })) => {
            choose(&visit, &headers, BTreeMap::new(), Some(refusal), StatusCode::SERVICE_UNAVAILABLE).await
        }
        Err(error) => visit.error_at(CHOOSE, error).await,
    }
}
