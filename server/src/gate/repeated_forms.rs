//! A form whose first sending is under way, or was done a moment ago, is not done once more.
use crate::{
    edge::{Act, ClientAddress, CspNonce, Edge, FormKey, GIVEN_AGAIN, GivenAnswer, PAGE_FIELD, request_id},
    extract::unreadable_form,
    state::AppState,
};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request, State},
    http::{
        HeaderMap, HeaderName,
        header::{COOKIE, USER_AGENT},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use sha2::{Digest, Sha256};
use std::{sync::Arc, time::Duration};
use tracing::Instrument;
use web::Cookies;

/// For how long an act goes on that nobody waits for: a browser that sends a form once more hangs up first.
const GOES_ON: Duration = Duration::from_secs(2);

/// By what a form is told apart from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToldApartBy {
    /// By the page that it stands on: a program that names none may send the same act as often as it likes.
    Page,
    /// By that page, or else by the cookies of which it uses one up or renews it.
    PageOrCookies,
}

/// The key of a form that can be told from those of all others, and whether it names its page.
fn key(by: ToldApartBy, cookies: Cookies, parts: &Parts, body: &Bytes) -> Option<(FormKey, bool)> {
    let same_page = url::form_urlencoded::parse(body).any(|(name, value)| name == PAGE_FIELD && !value.is_empty());
    let tokens = [Cookies::session_of, Cookies::pending_of, Cookies::grant_of];
    let has_token = || tokens.iter().any(|token| token(cookies, &parts.headers).is_some());
    let told_apart = same_page
        || match by {
            ToldApartBy::Page => false,
            ToldApartBy::PageOrCookies => has_token(),
        };
    if !told_apart {
        return None;
    }
    let address = ClientAddress::of(&parts.extensions);
    let address = address.map(|address| address.to_string()).unwrap_or_default();
    let path = parts.uri.to_string();
    let agent = header(&parts.headers, &USER_AGENT);
    // The first answer has changed the cookies, perhaps, before the second form is sent: the page tells it apart as well.
    let cookies = if same_page { String::new() } else { header(&parts.headers, &COOKIE) };
    let mut hash = Sha256::new();
    for part in [path.as_bytes(), address.as_bytes(), agent.as_bytes(), cookies.as_bytes(), body] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    Some((hash.finalize().into(), same_page))
}

fn header(headers: &HeaderMap, name: &HeaderName) -> String {
    headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect::<Vec<_>>().join("; ")
}

/// Lets a form pass that is an act of its own, and gives any other one the answer of the first.
pub async fn once(State((state, by)): State<(AppState, ToldApartBy)>, request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let (parts, body) = request.into_parts();
    let body = match Bytes::from_request(Request::from_parts(parts.clone(), body), &state).await {
        Ok(body) => body,
        Err(rejection) => return unreadable_form(&state, &parts.headers, &id, rejection.into_response().status()),
    };
    let whole = Body::from(body.clone());
    let Some((key, same_page)) = key(by, state.cookies, &parts, &body) else {
        return next.run(Request::from_parts(parts, whole)).await;
    };
    let (edge, nonce) = (Arc::clone(&state.edge), parts.extensions.get::<CspNonce>().cloned());
    let act: Act = async move {
        let answer = GivenAnswer::of(next.run(Request::from_parts(parts, whole)).await, nonce).await;
        edge.repeated_forms.answered(&key, &answer);
        answer
    }
    .in_current_span()
    .boxed()
    .shared();
    match state.edge.repeated_forms.enter(key, same_page, state.bailey.now(), act) {
        Ok(answer) => answer.into_response(),
        Err(act) => {
            drop(tokio::spawn(finish(Arc::clone(&state.edge), key, act.clone())));
            act.await.into_response()
        }
    }
}

/// Lets an act go on for a while whoever hangs up, and forgets its answer, which may hold a session.
async fn finish(edge: Arc<Edge>, key: FormKey, act: Act) {
    drop(tokio::time::timeout(GOES_ON, act).await);
    tokio::time::sleep(Duration::from_millis(GIVEN_AGAIN.millis().unsigned_abs())).await;
    edge.repeated_forms.forget(&key);
}
