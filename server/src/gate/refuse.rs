//! How a "no" reaches whoever asked: a page leads to the remedy, a program gets the typed reason.
use super::{request_id, saved_forms::ReturnTo};
use crate::{edge, problem::Problem, render::render, routes::Kind, state::AppState};
use app::{
    api::serve::{RequestContext, explain, status_of},
    error::ApiError,
    page::PageState,
    routes::page_of,
};
use axum::{
    Json,
    extract::Request,
    http::{Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use domain::Error;
use policy::{Refusal, reason::Remedy};

/// Answers a refusal.
pub async fn refused(
    state: &AppState,
    kind: Kind,
    request: Parts,
    context: RequestContext,
    refusal: Refusal,
) -> Response {
    let response = match kind {
        Kind::ServerFunction => (status_of(&refusal), Json(ApiError::Refused(refusal.clone()))).into_response(),
        Kind::Api => problem(state, &refusal, &context.request_id),
        Kind::Page | Kind::Form | Kind::Open => page(state, &request, context, &refusal).await,
    };
    wait_hint(response, &refusal)
}

fn wait_hint(mut response: Response, refusal: &Refusal) -> Response {
    if let Refusal::Busy { retry_after } = refusal {
        response.headers_mut().insert(header::RETRY_AFTER, (*retry_after).into());
    }
    response
}

fn problem(state: &AppState, refusal: &Refusal, request_id: &str) -> Response {
    let mut response = Problem::refused(refusal, request_id).into_response();
    if refusal.remedy() == Remedy::SignIn {
        let place = format!("{}/sign-in", state.edge.public_url.origin());
        if let Ok(value) = place.parse() {
            response.headers_mut().insert(header::LOCATION, value);
        }
    }
    response
}

async fn page(state: &AppState, request: &Parts, context: RequestContext, refusal: &Refusal) -> Response {
    let from = came_from(request);
    if refusal.remedy() == Remedy::SignIn && from.starts_with(SECOND_STEP) {
        let next = from.split_once("?next=").map(|(_, next)| next);
        if state.cookies.pending_of(&request.headers).is_some() {
            return sign_in_anew_to(next);
        }
    }
    // Nobody comes back to a second step: it belongs to the sign-in before.
    let back = encoded(if from.starts_with("/sign-in/") { "/" } else { &from });
    match refusal.remedy() {
        Remedy::SignIn => Redirect::to(&format!("/sign-in?next={back}")).into_response(),
        Remedy::SecondStep => Redirect::to("/sign-in/second-step").into_response(),
        Remedy::NewPassword => Redirect::to(&format!("/profile/password?next={back}")).into_response(),
        Remedy::StepUp => Redirect::to(&format!("/profile/step-up?next={back}")).into_response(),
        Remedy::Enrol => Redirect::to(&format!("/profile/two-factor?next={back}")).into_response(),
        _ => {
            let page = PageState { refusal: Some(refusal.clone()), ..PageState::default() };
            let status = status_of(refusal);
            render(state, &context, request, page, status).await
        }
    }
}

/// When to try again while the database does not answer, in seconds.
const COME_BACK_AFTER: u32 = 5;

/// Where the second step is.
const SECOND_STEP: &str = "/sign-in/second-step";

/// Leads to the sign-in page, which says that the second step has lapsed; `next` is encoded.
fn sign_in_anew_to(next: Option<&str>) -> Response {
    let next = next.map(|next| format!("&next={next}")).unwrap_or_default();
    Redirect::to(&format!("/sign-in?notice=second-step-lapsed{next}")).into_response()
}

/// Leads to the sign-in page after a second step that has lapsed, and back from there to where somebody
/// wanted to go.
pub fn sign_in_anew(next: Option<&str>) -> Response {
    sign_in_anew_to(next.map(encoded).as_deref())
}

/// The page to come back to: the one that was asked for, or the one whose form was posted.
fn came_from(request: &Parts) -> String {
    if let Some(ReturnTo(page)) = request.extensions.get::<ReturnTo>() {
        return (*page).to_owned();
    }
    if request.method == Method::GET || request.method == Method::HEAD {
        return path_of(&request.uri);
    }
    // Some browsers keep to themselves where a form stood.
    let posted_to = || page_of(request.uri.path()).unwrap_or("/").to_owned();
    edge::came_from(&request.headers).unwrap_or_else(posted_to)
}

fn path_of(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

/// A path as part of a query.
pub fn encoded(path: &str) -> String {
    url::form_urlencoded::byte_serialize(path.as_bytes()).collect()
}

/// Answers an error that is no refusal: the database is away, or something broke.
pub fn failed(state: &AppState, kind: Kind, request: &Request, error: Error) -> Response {
    let id = request_id(request);
    let (status, answer) = explain(error, &id);
    match kind {
        Kind::ServerFunction => (status, Json(answer)).into_response(),
        Kind::Api => Problem::failed(status, &id).into_response(),
        Kind::Page | Kind::Form | Kind::Open => broken_page(state, status, &id),
    }
}

/// A page that needs neither the database nor the front-end.
pub fn broken_page(state: &AppState, status: StatusCode, request_id: &str) -> Response {
    let (title, words): (_, &[&str]) = if status == StatusCode::SERVICE_UNAVAILABLE {
        (
            "Bailey can't reach its database just now",
            &[
                "Nothing that was saved is lost. Bailey goes on by itself as soon as the database answers: try again in a moment.",
            ],
        )
    } else if status == StatusCode::NOT_FOUND {
        ("There is no such thing here", &["It may have been removed meanwhile. Go back and reload the page."])
    } else {
        (
            "Bailey could not do that",
            &["This is a fault in Bailey, not in what you did. The number below helps your operator to find it."],
        )
    };
    let mut page = edge::plain_page(&state.edge, status, title, words, request_id);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        page.headers_mut().insert(header::RETRY_AFTER, COME_BACK_AFTER.into());
    }
    page
}
