//! Whether a browser may be measured: what the line at the end of a page asks, and My profile takes back.
use crate::{
    extract::{Fields, SignedIn},
    respond::redirect_with_notice,
};
use app::page::Notice;
use axum::{
    http::{HeaderMap, header::SET_COOKIE},
    response::{AppendHeaders, IntoResponse, Redirect, Response},
};

/// Remembers what somebody has answered; anything but a yes is a no.
pub async fn choose(SignedIn { request, .. }: SignedIn, headers: HeaderMap, fields: Fields) -> Response {
    let (cookies, given) = (request.context.cookies, fields.text("consent") == "yes");
    let mut set = vec![cookies.consent(given)];
    if !given {
        set.extend(cookies.no_measurements(&headers));
    }
    let answer = match fields.next() {
        Some(next) => Redirect::to(&next).into_response(),
        None => redirect_with_notice("/profile", Notice::ConsentKept),
    };
    (AppendHeaders(set.into_iter().map(|cookie| (SET_COOKIE, cookie))), answer).into_response()
}
