//! Signing in and out: plain forms that come back with everything but secrets still filled in.
use crate::{
    extract::{AskedQuery, Fields, GatedRequest, SignedIn},
    respond::{query_encoded, redirect_with_notice},
};
use app::page::{Form, Notice, PageState};
use axum::{
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{RETRY_AFTER, SET_COOKIE},
    },
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};
use domain::{
    Error, Token,
    sign_in::{Credentials, Progress, SignInDone, Wanted},
};
use policy::{EmailAddress, Refusal};
use secrecy::SecretString;
use std::collections::BTreeMap;
use web::{PublicError, explain, local_path};

/// What a browser forgets when somebody signs out; not cookies, since it may keep a remembered name.
pub(super) const CLEAR_SITE_DATA: HeaderValue = HeaderValue::from_static("\"storage\"");

/// Shows the sign-in page; somebody who is signed in already goes on.
pub async fn sign_in_page(request: GatedRequest, headers: HeaderMap, asked: AskedQuery) -> Response {
    let next = asked.next();
    if request.context.admission.who.is_some() {
        return Redirect::to(local_path(next.as_deref())).into_response();
    }
    let cookies = request.context.cookies;
    let may_stay = request.context.admission.policy.settings.sessions.remember_me;
    let remembered = cookies.person_of(&headers);
    let form = match remembered.as_ref().filter(|_| may_stay) {
        Some(email) => {
            let context = &request.context;
            let (workspace, email) = (&context.workspace.id, email.to_string());
            match context.bailey.captchas().for_sign_in(workspace, &email, &context.client).await {
                Ok(captcha) => Form::SignIn { email, stay: true, captcha, again: None, errors: BTreeMap::new() },
                Err(error) => return request.error_at("/sign-in", error).await,
            }
        }
        None => match request
            .context
            .bailey
            .captchas()
            .prefetched(&request.context.workspace.id, &request.context.client)
            .await
        {
            Ok(None) => Form::None,
            Ok(captcha) => {
                Form::SignIn { email: String::new(), stay: false, captcha, again: None, errors: BTreeMap::new() }
            }
            Err(error) => return request.error_at("/sign-in", error).await,
        },
    };
    // A session that the person ended themselves needs no explanation.
    let ended = request.context.admission.ended.filter(|ended| *ended != policy::Ended::SignedOut);
    let page = PageState {
        notice: asked.notice(),
        next,
        refusal: ended.map(|ended| Refusal::SessionEnded { ended }),
        form,
        ..PageState::default()
    };
    let mut response = request.page(page, StatusCode::OK).await;
    if remembered.is_some() && !may_stay {
        response.headers_mut().append(SET_COOKIE, cookies.no_person());
    }
    remember_browser(&request, &mut response);
    response
}

/// Gives a browser that has never been here the cookie by which it is known again; without
/// randomness it stays a stranger.
fn remember_browser(request: &GatedRequest, response: &mut Response) {
    if request.context.client.browser.is_none()
        && let Ok(token) = Token::new()
    {
        response.headers_mut().append(SET_COOKIE, request.context.cookies.browser(&token));
    }
}

/// Takes the first step.
pub async fn sign_in(request: GatedRequest, mut fields: Fields) -> Response {
    let (typed, email, again) = (fields.take("password"), fields.take("email"), fields.take("again"));
    let captcha = fields.take("altcha");
    let next = Some(fields.take("next")).filter(|next| !next.is_empty());
    let next = next.map(|next| local_path(Some(&next)).to_owned());
    let stay = fields.text("stay_signed_in") == "true";
    let context = &request.context;
    let brought_back =
        if typed.is_empty() { context.bailey.sign_in().open_again(&email, &again, &context.client) } else { None };
    let password = brought_back.unwrap_or_else(|| SecretString::from(typed));
    let missing = missing_fields(&email, &password);
    let outcome = if missing.is_empty() {
        let wanted = Wanted { next: next.clone(), stay };
        let credentials = Credentials { email: &email, password: password.clone(), captcha: &captcha };
        context.bailey.sign_in().by_password(&context.workspace.id, credentials, wanted, &context.client).await
    } else {
        Err(Error::Invalid(missing))
    };
    match outcome {
        Ok(progress) => continue_sign_in(
            &request,
            &progress,
            next.as_deref(),
            EmailAddress::parse(&email).ok().filter(|_| stay).as_ref(),
        ),
        Err(error) => sign_in_page_again(&request, (email, &password), Wanted { next, stay }, error).await,
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
pub(super) fn continue_sign_in(
    request: &GatedRequest,
    progress: &Progress,
    next: Option<&str>,
    stays: Option<&EmailAddress>,
) -> Response {
    let cookies = request.context.cookies;
    match progress {
        Progress::SignedIn(done) => hand_out_session(request, done, next, stays),
        Progress::SecondStep(token) => {
            // The sign-in itself knows where to go; the address tells it where the sign-in has lapsed.
            let next = next.map(|next| format!("?next={}", query_encoded(next))).unwrap_or_default();
            let to = Redirect::to(&format!("/sign-in/second-step{next}"));
            (AppendHeaders([(SET_COOKIE, cookies.pending(token))]), to).into_response()
        }
    }
}

/// Hands out the session; whoever stays signed in is greeted by name the next time.
pub(super) fn hand_out_session(
    request: &GatedRequest,
    done: &SignInDone,
    next: Option<&str>,
    stays: Option<&EmailAddress>,
) -> Response {
    let settings = &request.context.admission.policy.settings;
    let set = request.context.cookies.of_sign_in(settings, done, stays);
    (AppendHeaders(set.map(|cookie| (SET_COOKIE, cookie))), Redirect::to(local_path(next))).into_response()
}

async fn sign_in_page_again(
    request: &GatedRequest,
    (email, password): (String, &SecretString),
    Wanted { next, stay }: Wanted,
    error: Error,
) -> Response {
    let (status, answer) = explain(error);
    let (errors, refusal) = match answer {
        PublicError::Invalid(errors) => (errors, None),
        PublicError::Refused(refusal) => (BTreeMap::new(), Some(refusal)),
        _ => return request.fault_page(status),
    };
    let wait = if let Some(Refusal::Locked { seconds, .. } | Refusal::AddressPaused { seconds, .. }) = &refusal {
        Some(*seconds)
    } else {
        None
    };
    let context = &request.context;
    // A flood is turned away before the database is asked anything.
    let captcha = if context.admission.policy.settings.sign_in.captcha {
        match context.bailey.captchas().for_sign_in(&context.workspace.id, &email, &context.client).await {
            Ok(captcha) => captcha,
            Err(error) => return request.error_at("/sign-in", error).await,
        }
    } else {
        None
    };
    let again = if let Some(Refusal::Busy { retry_after }) = &refusal {
        // Without randomness the person types it again.
        context.bailey.sign_in().seal_for_again(&email, password, &context.client, *retry_after).ok().flatten()
    } else {
        None
    };
    let form = Form::SignIn { email, stay, captcha, again, errors };
    let page = PageState { next, refusal, form, ..PageState::default() };
    let mut response = request.page_at("/sign-in", page, status).await;
    if let Some(seconds) = wait {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// Signs out; whoever wants to go on as somebody else says where to.
pub async fn sign_out(SignedIn { request, caller }: SignedIn, fields: Fields) -> Response {
    if let Err(error) = request.context.bailey.sessions().sign_out(&caller).await {
        return request.error_at("/sign-in", error).await;
    }
    let next = Some(fields.text("next")).filter(|next| !next.is_empty() && local_path(Some(next)) == *next);
    let mut response = match next {
        Some(next) => Redirect::to(&format!("/sign-in?notice=signed-out&next={}", query_encoded(next))).into_response(),
        None => redirect_with_notice("/sign-in", Notice::SignedOut),
    };
    response.headers_mut().append(SET_COOKIE, request.context.cookies.no_session());
    response.headers_mut().insert("clear-site-data", CLEAR_SITE_DATA);
    response
}
