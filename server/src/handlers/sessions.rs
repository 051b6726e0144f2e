//! My profile, Sessions: the posts of its forms.
use super::auth::CLEAR_SITE_DATA;
use crate::{
    extract::{GatedRequest, SignedIn},
    respond::redirect_with_notice,
};
use app::page::{Notice, refusal_view::key_and_label};
use axum::{
    Json,
    extract::Path,
    http::header::{CACHE_CONTROL, SET_COOKIE},
    response::{IntoResponse, Response},
};
use domain::{Error, SessionId};
use policy::{Ended, Refusal, setting_link};
use serde::Serialize;

const PAGE: &str = "/profile/sessions";

/// Ends one session.
pub async fn end(SignedIn { request, caller }: SignedIn, Path(id): Path<String>) -> Response {
    let ended = match SessionId::parse(&id) {
        Some(id) => request.context.bailey.sessions().end(&caller, &id).await,
        None => Err(Error::NotFound),
    };
    match ended {
        // Whoever ends their own session is signed out.
        Ok(()) if caller.session().as_str() == id => {
            let mut response = redirect_with_notice("/sign-in", Notice::SignedOut);
            response.headers_mut().append(SET_COOKIE, request.context.cookies.no_session());
            response.headers_mut().insert("clear-site-data", CLEAR_SITE_DATA);
            response
        }
        // One that is over already is what was wanted.
        Ok(()) | Err(Error::NotFound) => redirect_with_notice(PAGE, Notice::SessionEnded),
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Ends the trust in a browser.
pub async fn end_trust(SignedIn { request, caller }: SignedIn, Path(id): Path<String>) -> Response {
    match request.context.bailey.known_browsers().end_trust(&caller, &id).await {
        // One that is over already is what was wanted.
        Ok(()) | Err(Error::NotFound) => redirect_with_notice(PAGE, Notice::TrustEnded),
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Ends all other sessions.
pub async fn end_others(SignedIn { request, caller }: SignedIn) -> Response {
    match request.context.bailey.sessions().end_others(&caller).await {
        Ok(_) => redirect_with_notice(PAGE, Notice::OtherSessionsEnded),
        Err(error) => request.error_at(PAGE, error).await,
    }
}

/// Tells how long the session of a request lasts if nothing more happens, in seconds, and which setting says so: a
/// page asks before it warns. Asking is no activity.
pub async fn left(request: GatedRequest) -> Response {
    let now = request.context.bailey.now();
    let admission = &request.context.admission;
    let left = match (admission.ends, admission.ended) {
        (Some((at, why)), _) => Some((at.since(now).whole_seconds(), why)),
        (None, Some(why)) => Some((0, why)),
        (None, None) => None,
    };
    let may_look = admission.who.as_ref().is_some_and(|who| who.role.reaches_admin());
    let left = left.map(|(seconds, why)| {
        let (key, label) = Refusal::SessionEnded { ended: why }.setting().and_then(key_and_label).unzip();
        let page = key.filter(|_| may_look).map(|key| setting_link::to(&key));
        Left { seconds, idle: matches!(why, Ended::Idle { .. }), setting: label, page }
    });
    ([(CACHE_CONTROL, "no-store")], Json(left)).into_response()
}

/// How long a session lasts.
#[derive(Serialize)]
struct Left {
    seconds: i64,
    idle: bool,
    /// The label of the setting that says so, where one does.
    setting: Option<String>,
    /// Where it can be changed, for whoever may look.
    page: Option<String>,
}

/// Keeps the session alive: the gate has recorded the activity.
pub async fn stay(SignedIn { request, .. }: SignedIn) -> Response {
    left(request).await
}
