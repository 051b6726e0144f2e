//! How a "no" reaches whoever asked: a page leads to the remedy, a program gets a problem document.
use super::{ReturnTo, query_encoded, redirect_after_lapsed_second_step, render};
use crate::{edge, state::AppState};
use app::{
    page::{Notice, PageState},
    sitemap::page_of_form,
};
use axum::{
    http::{Method, Uri, header::LOCATION, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use policy::{Refusal, reason::Remedy};
use web::{Problem, RequestContext, status_of};

/// Where the second step is.
const SECOND_STEP: &str = "/sign-in/second-step";

/// Leads to where a refusal can be mended, and back from there; where nothing mends it, says so on the page.
pub async fn refusal_page(state: &AppState, request: &Parts, context: &RequestContext, refusal: Refusal) -> Response {
    let from = came_from(request);
    let lapsed = refusal.remedy() == Remedy::SignIn
        && from.starts_with(SECOND_STEP)
        && state.cookies.pending_of(&request.headers).is_some();
    if lapsed {
        return redirect_after_lapsed_second_step(next_of(&from).as_deref());
    }
    // Nobody comes back to a second step: it belongs to the sign-in before.
    let back = query_encoded(if from.starts_with("/sign-in/") { "/" } else { &from });
    let notice = notice_of(request).map(|notice| format!("&notice={}", notice.name())).unwrap_or_default();
    let lead_to = |page: &str| Redirect::to(&format!("{page}?next={back}{notice}")).into_response();
    match refusal.remedy() {
        Remedy::SignIn => lead_to("/sign-in"),
        Remedy::SecondStep => Redirect::to(SECOND_STEP).into_response(),
        Remedy::NewPassword => lead_to("/profile/password"),
        Remedy::StepUp => lead_to("/profile/step-up"),
        Remedy::Enrol => lead_to("/profile/two-factor"),
        Remedy::None | Remedy::Wait | Remedy::TryAgain | Remedy::Confirm => {
            let status = status_of(&refusal);
            let page = PageState { refusal: Some(refusal), ..PageState::default() };
            render(state, context, request, page, status).await
        }
    }
}

/// Answers with a problem document, and with the address of the sign-in page where that mends it.
pub fn refusal_problem(state: &AppState, refusal: &Refusal, request_id: &str) -> Response {
    let mut response = Problem::refused(refusal, request_id).into_response();
    if refusal.remedy() == Remedy::SignIn {
        let place = format!("{}/sign-in", state.edge.public_url.origin());
        if let Ok(value) = place.parse() {
            response.headers_mut().insert(LOCATION, value);
        }
    }
    response
}

/// Returns the page to come back to: the one that was asked for, or the one whose form was posted.
fn came_from(request: &Parts) -> String {
    if let Some(ReturnTo(page)) = request.extensions.get::<ReturnTo>() {
        return page.clone();
    }
    if request.method == Method::GET || request.method == Method::HEAD {
        return path_of(&request.uri);
    }
    // Some browsers keep to themselves where a form stood.
    let posted_to = || page_of_form(request.uri.path()).unwrap_or("/").to_owned();
    edge::came_from(&request.headers).unwrap_or_else(posted_to)
}

fn path_of(uri: &Uri) -> String {
    uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
}

/// Returns where the person wanted to go, as the address of a page tells it.
pub fn next_of(page: &str) -> Option<String> {
    asked(page.split_once('?')?.1, "next")
}

/// Returns what had just happened that the page would have said, so that the one in its place says it.
fn notice_of(request: &Parts) -> Option<Notice> {
    Notice::from_name(&asked(request.uri.query()?, "notice")?)
}

fn asked(query: &str, wanted: &str) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes()).find_map(|(name, value)| (name == wanted).then(|| value.into_owned()))
}
