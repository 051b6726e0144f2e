//! What every server function shares on the server: the request's context, the caller's right, and an error's
//! answer.
use crate::{error::ApiError, navigation::REVISION};
use domain::{
    Caller, Error, Token,
    sign_in::{PendingSignIn, SignInDone},
};
use http::{HeaderName, HeaderValue, header::SET_COOKIE};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use policy::{Area, EmailAddress};
use web::{RequestContext, explain};

/// Returns the context of this request.
pub fn context() -> RequestContext {
    expect_context::<RequestContext>()
}

/// Returns the signed-in member, if the gate lets them into this area; asked anew in every server function,
/// since a page that is rendered on the server calls them without passing the router.
///
/// # Errors
/// The gate's refusal.
pub fn caller(area: Area) -> Result<Caller, ApiError> {
    context().caller(area).map_err(|refusal| fail(refusal.into()))
}

/// Returns the sign-in between its two steps.
///
/// # Errors
/// Asks for a sign-in when there is none.
pub fn pending_sign_in() -> Result<PendingSignIn, ApiError> {
    context().pending_sign_in().map_err(|refusal| fail(refusal.into()))
}

/// Turns an error into an answer, and sets the status of the response.
pub fn fail(error: Error) -> ApiError {
    let (status, error) = explain(error);
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
    ApiError::of(error, &context().request_id)
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
