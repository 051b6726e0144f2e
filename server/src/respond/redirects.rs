//! Where somebody is led to, and what the page says there.
use app::page::Notice;
use axum::response::{IntoResponse, Redirect, Response};

/// Where somebody proves once more who they are.
pub const STEP_UP: &str = "/profile/step-up";

/// Leads to a page that says what just happened.
pub fn redirect_with_notice(path: &str, notice: Notice) -> Response {
    Redirect::to(&with_notice(path, notice)).into_response()
}

/// Leads to a page that says what just happened, and offers the way on from there.
pub fn redirect_with_notice_and_next(path: &str, notice: Notice, next: &str) -> Response {
    Redirect::to(&format!("{}&next={}", with_notice(path, notice), query_encoded(next))).into_response()
}

/// Leads to the page on which somebody proves once more who they are, and back from there.
pub fn redirect_to_step_up(back: &str) -> Response {
    Redirect::to(&with_next(STEP_UP, Some(back))).into_response()
}

/// Leads to the sign-in page after a second step that has lapsed, and on from there to where somebody
/// wanted to go.
pub fn redirect_after_lapsed_second_step(next: Option<&str>) -> Response {
    match next {
        Some(next) => redirect_with_notice_and_next("/sign-in", Notice::SecondStepLapsed, next),
        None => redirect_with_notice("/sign-in", Notice::SecondStepLapsed),
    }
}

/// Returns the address of a page with where the person wanted to go.
pub fn with_next(page: &str, next: Option<&str>) -> String {
    next.map_or_else(|| page.to_owned(), |next| format!("{page}?next={}", query_encoded(next)))
}

/// Returns a path as part of a query.
pub fn query_encoded(path: &str) -> String {
    url::form_urlencoded::byte_serialize(path.as_bytes()).collect()
}

fn with_notice(path: &str, notice: Notice) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}notice={}", notice.name())
}
