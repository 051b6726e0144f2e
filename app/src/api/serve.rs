//! What every server function shares on the server: the request's context, the caller's right, and
//! the one place where an error becomes an answer.
use crate::{error::ApiError, navigation::REVISION};
use domain::{
    Admission, Bailey, Caller, Client, Error, Token,
    access::Pass,
    sign_in::{PendingSignIn, SignInDone},
    workspaces::Workspace,
};
use http::{HeaderName, HeaderValue, StatusCode, header::SET_COOKIE};
use leptos::prelude::{ServerFnErrorErr, expect_context, use_context};
use leptos_axum::ResponseOptions;
use policy::{Area, EmailAddress, Refusal, reason::Remedy};

/// What the edge and the gate know of the request that is being answered.
#[derive(Clone)]
pub struct RequestContext {
    /// Bailey itself.
    pub bailey: Bailey,
    /// The workspace.
    pub workspace: Workspace,
    /// What the gate decided.
    pub admission: Admission,
    /// The browser.
    pub client: Client,
    /// What an operator finds in the log.
    pub request_id: String,
    /// How cookies are named and marked.
    pub cookies: super::cookies::Cookies,
}

/// The context of this request.
pub fn context() -> RequestContext {
    expect_context::<RequestContext>()
}

/// The signed-in member, if the gate lets them into this area; asked anew in every server function,
/// since a page that is rendered on the server calls them without passing the router.
///
/// # Errors
/// The gate's refusal.
pub fn caller(area: Area) -> Result<Caller, ApiError> {
    let refusal = match context().admission.verdict {
        Ok(Pass::Member(caller)) => match caller.may_enter(area) {
            Ok(_) => return Ok(caller),
            Err(refusal) => refusal,
        },
        Ok(Pass::PendingSignIn(_)) => Refusal::SecondStepRequired,
        Ok(Pass::Anybody) => Refusal::SignInRequired,
        Err(refusal) => refusal,
    };
    Err(fail(refusal.into()))
}

/// The sign-in between its two steps.
///
/// # Errors
/// Asks for a sign-in when there is none.
pub fn pending_sign_in() -> Result<PendingSignIn, ApiError> {
    match context().admission.verdict {
        Ok(Pass::PendingSignIn(between)) => Ok(between),
        Err(refusal) => Err(fail(refusal.into())),
        Ok(_) => Err(fail(Refusal::SignInRequired.into())),
    }
}

/// Turns an error into an answer, and sets the status of the response.
pub fn fail(error: Error) -> ApiError {
    let (status, answer) = explain(error, &context().request_id);
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
    answer
}

/// The status of a call whose arguments can't be read; no server function answers with it by itself.
pub const UNREADABLE: StatusCode = StatusCode::BAD_REQUEST;

/// What becomes of a call that did not reach its server function, or whose answer could not be sent. What was wrong
/// with it is nothing for whoever called.
pub fn not_called(error: &ServerFnErrorErr) -> ApiError {
    let unreadable = matches!(
        error,
        ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_)
    );
    if unreadable {
        tracing::debug!(%error, "the arguments of a call could not be read");
    } else {
        tracing::error!(%error, "a call failed");
    }
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(if unreadable { UNREADABLE } else { StatusCode::INTERNAL_SERVER_ERROR });
    }
    let request_id = use_context::<RequestContext>().map(|context| context.request_id).unwrap_or_default();
    ApiError::Failed { request_id }
}

/// The status and the answer of an error; what a person can't mend is logged here, once.
pub fn explain(error: Error, request_id: &str) -> (StatusCode, ApiError) {
    let away = error.is_outage();
    let request_id = || request_id.to_owned();
    match error {
        Error::Invalid(fields) => (StatusCode::UNPROCESSABLE_ENTITY, ApiError::Invalid(fields)),
        Error::Refused(refusal) => (status_of(&refusal), ApiError::Refused(refusal)),
        Error::Conflict(conflict) => (StatusCode::CONFLICT, ApiError::Conflict(Box::new((*conflict).into()))),
        Error::NotFound => (StatusCode::NOT_FOUND, ApiError::NotFound),
        other if away => {
            tracing::error!(error = %other, "the database is away");
            (StatusCode::SERVICE_UNAVAILABLE, ApiError::Unavailable { request_id: request_id() })
        }
        other => {
            tracing::error!(error = %other, "a request failed");
            (StatusCode::INTERNAL_SERVER_ERROR, ApiError::Failed { request_id: request_id() })
        }
    }
}

/// The HTTP status of a refusal.
pub const fn status_of(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::ClaimsPaused { .. }
        | Refusal::CodesPaused { .. }
        | Refusal::AddressPaused { .. }
        | Refusal::Locked { .. }
        | Refusal::PresentPasswordPaused { .. }
        | Refusal::CodeSentLately { .. }
        | Refusal::CodeSentElsewhere { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::WrongCredentials
        | Refusal::WrongCode { .. }
        | Refusal::WrongPasskey
        | Refusal::ChallengeExpired
        | Refusal::CaptchaUnsolved { .. }
        | Refusal::CaptchaLapsed { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::ChangeWaiting { .. } => StatusCode::CONFLICT,
        Refusal::LinkDead | Refusal::LinkUsed | Refusal::LinkExpired { .. } => StatusCode::GONE,
        _ => match refusal.remedy() {
            Remedy::SignIn | Remedy::SecondStep => StatusCode::UNAUTHORIZED,
            _ => StatusCode::FORBIDDEN,
        },
    }
}

/// Hands out the cookies of a new session, and takes back the one between the steps; whoever stays signed in
/// is greeted by name the next time.
pub fn set_session(done: &SignInDone, stays: Option<&EmailAddress>) {
    let RequestContext { cookies, admission, .. } = context();
    set_cookies(cookies.of_sign_in(&admission.policy.settings, done, stays));
}

/// Hands out the new token of a session that goes on.
pub fn renew_session(caller: &Caller, token: &Token) {
    set_cookies([context().cookies.renewed(caller, token)]);
}

/// Says that another revision holds than the one under which the request was let in.
pub fn policy_is_now(revision: i64) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(HeaderName::from_static(REVISION), revision.into());
    }
}

fn set_cookies(values: impl IntoIterator<Item = HeaderValue>) {
    if let Some(response) = use_context::<ResponseOptions>() {
        for value in values {
            response.append_header(SET_COOKIE, value);
        }
    }
}
