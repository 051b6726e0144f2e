//! Signing in and out: plain forms that come back with everything but secrets still filled in.
use super::{Between, Fields, SignedIn, Visit, pages::AskedQuery, visit::go};
use app::{
    api::{cookies::kept_for, local_path, serve::explain},
    error::ApiError,
    state::{Form, Notice, PageState},
};
use axum::{
    extract::Query,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{RETRY_AFTER, SET_COOKIE},
    },
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::{
    Error, Token,
    sign_in::{BetweenSteps, Progress, Wanted},
};
use policy::{EmailAddress, Refusal, decide::trust};
use secrecy::SecretString;
use std::collections::BTreeMap;

const CLEAR_SITE_DATA: HeaderValue = HeaderValue::from_static("\"cache\", \"storage\"");

/// Shows the sign-in page; somebody who is signed in already goes on.
pub async fn sign_in_page(visit: Visit, headers: HeaderMap, asked: AskedQuery) -> Response {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let next = asked.next();
    if visit.context.admission.who.is_some() {
        return Redirect::to(local_path(next.as_deref())).into_response();
    }
    let cookies = visit.context.cookies;
    let may_stay = visit.context.admission.policy.settings.sessions.remember_me;
    let remembered = cookies.person_of(&headers);
    let form = match remembered.as_ref().filter(|_| may_stay) {
        Some(email) => Form::SignIn { email: email.to_string(), stay: true, errors: BTreeMap::new() },
        None => Form::None,
    };
    // A session that the person ended themselves needs no explanation.
    let ended = visit.context.admission.ended.filter(|ended| *ended != policy::Ended::SignedOut);
    let page = PageState {
        notice: asked.notice(),
        next,
        refusal: ended.map(|ended| Refusal::SessionEnded { ended }),
        form,
        ..PageState::default()
    };
    let mut response = visit.page(page, StatusCode::OK).await;
    if remembered.is_some() && !may_stay {
        response.headers_mut().append(SET_COOKIE, cookies.no_person());
    }
    known_again(&visit, &mut response);
    response
}

/// Gives a browser that has never been here the cookie by which it is known again; without
/// randomness it stays a stranger.
fn known_again(visit: &Visit, response: &mut Response) {
    if visit.context.client.browser.is_none()
        && let Ok(token) = Token::new()
    {
        response.headers_mut().append(SET_COOKIE, visit.context.cookies.browser(&token));
    }
}

/// Takes the first step.
pub async fn sign_in(visit: Visit, mut fields: Fields) -> Response {
    let password = SecretString::from(fields.take("password"));
    let email = fields.take("email");
    let next = Some(fields.take("next")).filter(|next| !next.is_empty());
    let next = next.map(|next| local_path(Some(&next)).to_owned());
    let stay = fields.text("stay") == "true";
    let context = &visit.context;
    let missing = missing_fields(&email, &password);
    let outcome = if missing.is_empty() {
        let wanted = Wanted { next: next.clone(), stay };
        context.bailey.sign_in(&context.workspace.id, &email, password, wanted, &context.client).await
    } else {
        Err(Error::Invalid(missing))
    };
    match outcome {
        Ok(progress) => {
            go_on(&visit, &progress, next.as_deref(), EmailAddress::parse(&email).ok().filter(|_| stay).as_ref())
        }
        Err(error) => sign_in_again(&visit, email, Wanted { next, stay }, error).await,
    }
}

fn missing_fields(email: &str, password: &SecretString) -> BTreeMap<String, String> {
    use secrecy::ExposeSecret;
    let mut missing = BTreeMap::new();
    if email.trim().is_empty() {
        missing.insert("email".to_owned(), "Enter your e-mail address.".to_owned());
    }
    if password.expose_secret().is_empty() {
        missing.insert("password".to_owned(), "Enter your password.".to_owned());
    }
    missing
}

/// Goes on after the first step.
pub(super) fn go_on(visit: &Visit, progress: &Progress, next: Option<&str>, stays: Option<&EmailAddress>) -> Response {
    let cookies = visit.context.cookies;
    match progress {
        Progress::SignedIn(token) => signed_in(visit, token, next, stays),
        Progress::SecondStep(token) => {
            (AppendHeaders([(SET_COOKIE, cookies.pending(token))]), Redirect::to("/sign-in/second-step"))
                .into_response()
        }
    }
}

/// Hands out the session; whoever stays signed in is greeted by name the next time.
fn signed_in(visit: &Visit, token: &Token, next: Option<&str>, stays: Option<&EmailAddress>) -> Response {
    let cookies = visit.context.cookies;
    let kept = kept_for(&visit.context.admission.policy.settings, stays.is_some());
    let name = stays.filter(|_| kept.is_some()).map_or_else(|| cookies.no_person(), |email| cookies.person(email));
    let set = AppendHeaders([
        (SET_COOKIE, cookies.session(token, kept)),
        (SET_COOKIE, cookies.no_pending()),
        (SET_COOKIE, name),
    ]);
    (set, Redirect::to(local_path(next))).into_response()
}

async fn sign_in_again(visit: &Visit, email: String, Wanted { next, stay }: Wanted, error: Error) -> Response {
    let (status, answer) = explain(error, &visit.context.request_id);
    let (errors, refusal) = match answer {
        ApiError::Invalid(errors) => (errors, None),
        ApiError::Refused(refusal) => (BTreeMap::new(), Some(refusal)),
        _ => return crate::gate::broken_page(&visit.state, status, &visit.context.request_id),
    };
    let wait = match &refusal {
        Some(Refusal::Busy { retry_after }) => Some(i64::from(*retry_after)),
        Some(Refusal::Locked { seconds, .. }) => Some(*seconds),
        _ => None,
    };
    let page = PageState { next, refusal, form: Form::SignIn { email, stay, errors }, ..PageState::default() };
    let mut response = visit.page_at("/sign-in", page, status).await;
    if let Some(seconds) = wait {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// Shows the second step.
pub async fn second_step_page(Between { visit, between }: Between) -> Response {
    visit.page(second_step(&visit, &between, BTreeMap::new(), None), StatusCode::OK).await
}

fn second_step(
    visit: &Visit,
    between: &BetweenSteps,
    errors: BTreeMap<String, String>,
    refusal: Option<Refusal>,
) -> PageState {
    let trust_days = trust::days(&visit.context.admission.policy.settings);
    let form = Form::SecondStep {
        trust_days,
        email: between.email().to_string(),
        authenticator: between.factors().authenticator,
        passkeys: between.factors().passkeys > 0,
        recovery_codes: between.has_recovery_codes(),
        errors,
    };
    PageState { form, refusal, ..PageState::default() }
}

/// Takes the second step by a code of the authenticator app.
pub async fn verify_code(Between { visit, between }: Between, fields: Fields) -> Response {
    let code = fields.text("code");
    let between = between.trusting(fields.text("trust") == "true");
    let done = visit.context.bailey.second_step_by_code(&between, code, &visit.context.client).await;
    after_second_step(&visit, &between, "code", done).await
}

/// Takes the second step by a recovery code.
pub async fn use_recovery_code(Between { visit, between }: Between, fields: Fields) -> Response {
    let code = fields.text("recovery_code");
    let between = between.trusting(fields.text("trust") == "true");
    let done = visit.context.bailey.second_step_by_recovery_code(&between, code, &visit.context.client).await;
    after_second_step(&visit, &between, "recovery_code", done).await
}

async fn after_second_step(
    visit: &Visit,
    between: &BetweenSteps,
    field: &str,
    done: domain::Result<Token>,
) -> Response {
    let error = match done {
        Ok(token) => {
            return signed_in(visit, &token, between.next(), Some(between.email()).filter(|_| between.stays()));
        }
        Err(error) => error,
    };
    let (status, answer) = explain(error, &visit.context.request_id);
    let page = match answer {
        ApiError::Refused(Refusal::ChallengeExpired) => return Redirect::to("/sign-in").into_response(),
        ApiError::Refused(refusal @ Refusal::WrongCode) => {
            second_step(visit, between, BTreeMap::from([(field.to_owned(), refusal.detail())]), None)
        }
        ApiError::Refused(refusal) => second_step(visit, between, BTreeMap::new(), Some(refusal)),
        _ => return crate::gate::broken_page(&visit.state, status, &visit.context.request_id),
    };
    visit.page_at("/sign-in/second-step", page, status).await
}

/// Gives the sign-in up between its steps.
pub async fn cancel(Between { visit, between }: Between) -> Response {
    if let Err(error) = visit.context.bailey.cancel_sign_in(&between).await {
        return visit.error_at("/sign-in", error).await;
    }
    (AppendHeaders([(SET_COOKIE, visit.context.cookies.no_pending())]), Redirect::to("/sign-in")).into_response()
}

/// Signs out.
pub async fn sign_out(SignedIn { visit, caller }: SignedIn) -> Response {
    if let Err(error) = visit.context.bailey.sign_out(&caller).await {
        return visit.error_at("/sign-in", error).await;
    }
    let mut response = go("/sign-in", Notice::SignedOut);
    response.headers_mut().append(SET_COOKIE, visit.context.cookies.no_session());
    response.headers_mut().insert("clear-site-data", CLEAR_SITE_DATA);
    response
}
