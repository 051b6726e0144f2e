//! Step 4: the security headers, on every response, each exactly once.
use super::{Edge, address::Https};
use axum::{
    extract::{Request, State},
    http::{
        HeaderName, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS},
    },
    middleware::Next,
    response::Response,
};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use policy::{
    Policy,
    catalogue::Headers,
    decide::headers::{HeaderFacts, compose},
};
use std::sync::Arc;

/// The nonce of a response's content security policy.
#[derive(Debug, Clone)]
pub struct CspNonce(pub String);

/// Marks a response whose address must not be told to anybody.
#[derive(Debug, Clone, Copy)]
struct NoReferrer;

/// Marks a response whose address holds a token, so that no browser tells it to anybody.
pub fn without_referrer(mut response: Response) -> Response {
    response.extensions_mut().insert(NoReferrer);
    response
}

/// Marks a page that shows a mail as people get it, which styles itself and does nothing.
#[derive(Debug, Clone, Copy)]
struct Mail;

/// From where something may be shown.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The content security policy of such a page: of this site it loads the pictures of members, as mails do, and no more.
fn mail_policy(origin: &str) -> String {
    format!("default-src 'none'; img-src {origin}/avatars/; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox")
}

/// Marks a page that shows a mail as people get it.
pub fn as_mail(mut response: Response) -> Response {
    response.extensions_mut().insert(Mail);
    response
}

/// Marks a picture of a member, which other sites show as well: mails are read on them.
#[derive(Debug, Clone, Copy)]
struct Picture;

/// The content security policy of such a picture, for whoever opens it by itself.
const PICTURE_CSP: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

/// Marks a picture of a member.
pub fn as_picture(mut response: Response) -> Response {
    response.extensions_mut().insert(Picture);
    response
}

/// Marks a page that is measured.
#[derive(Debug, Clone, Copy)]
struct Measured;

/// Marks a page that is measured, so that it may load what measures it.
pub fn as_measured(mut response: Response) -> Response {
    response.extensions_mut().insert(Measured);
    response
}

/// Marks a file that somebody has brought, which no page may run.
#[derive(Debug, Clone, Copy)]
struct BroughtFile;

/// The content security policy of such a file.
const FILE_CSP: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// Marks a file that somebody has brought: whatever was saved, browsers take it for what it is said to be, and run nothing
/// of it.
pub fn as_file(mut response: Response) -> Response {
    response.extensions_mut().insert(BroughtFile);
    response
}

/// Marks what pages of other sites may show, as mail programs do.
#[derive(Debug, Clone, Copy)]
struct FromAnywhere;

/// Marks what pages of other sites may show, whatever was saved.
pub fn from_anywhere(mut response: Response) -> Response {
    response.extensions_mut().insert(FromAnywhere);
    response
}

/// What of the workspace's policy holds, put on each response by the gate.
#[derive(Debug, Clone)]
struct InForce(Arc<Policy>);

/// Marks a page that always carries Bailey's own content security policy: the ways in and back.
#[derive(Debug, Clone, Copy)]
struct FloorOnly;

/// Puts on a response under which policy its headers are composed.
pub fn under(mut response: Response, in_force: Arc<Policy>) -> Response {
    response.extensions_mut().insert(InForce(in_force));
    response
}

/// Marks a response that always carries Bailey's own content security policy.
pub async fn with_floor_only(mut response: Response) -> Response {
    response.extensions_mut().insert(FloorOnly);
    response
}

/// Whether it is known under which policy the headers of a response are composed.
pub fn has_policy(response: &Response) -> bool {
    response.extensions().get::<InForce>().is_some()
}

/// Mints the nonce, and sets the headers on whatever comes back.
pub async fn set(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let cookies = edge.public_url.cookies();
    let own_page = cookies.has_own_page(request.headers());
    let old_names = cookies.old_names(request.headers());
    let https = request.extensions().get::<Https>().is_some_and(|Https(https)| *https);
    let nonce = mint();
    request.extensions_mut().insert(CspNonce(nonce.clone()));
    let mut response = next.run(request).await;
    // An answer that is given again was rendered with another one.
    let nonce = response.extensions().get::<CspNonce>().map_or(nonce, |CspNonce(nonce)| nonce.clone());
    let no_referrer = response.extensions().get::<NoReferrer>().is_some();
    let floor_only = response.extensions().get::<FloorOnly>().is_some();
    let in_force = response.extensions().get::<InForce>().map(|InForce(policy)| Arc::clone(policy));
    let built_in = Headers::default();
    let settings = in_force.as_ref().map_or(&built_in, |policy| &policy.settings.headers);
    let measured = response.extensions().get::<Measured>().is_some();
    for (name, value) in compose(settings, &HeaderFacts { https, nonce: &nonce, no_referrer, floor_only, measured }) {
        let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value)) else {
            tracing::error!(name, "a header can't be sent and is left out");
            continue;
        };
        // Files whose names change with their content may be kept.
        if name != CACHE_CONTROL || !response.headers().contains_key(CACHE_CONTROL) {
            response.headers_mut().insert(name, value);
        }
    }
    // The forms of such a page can't say where they come from.
    if !own_page && response.headers().get(REFERRER_POLICY).is_some_and(|policy| policy == "no-referrer") {
        response.headers_mut().append(SET_COOKIE, cookies.own_page());
    }
    old_names.replace(cookies, response.headers_mut());
    if response.extensions().get::<Mail>().is_some() {
        let policy = HeaderValue::from_str(&mail_policy(&edge.public_url.origin()));
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy.unwrap_or(PICTURE_CSP));
    }
    if response.extensions().get::<Picture>().is_some() {
        let headers = response.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, PICTURE_CSP);
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    }
    if response.extensions().get::<BroughtFile>().is_some() {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, FILE_CSP);
        response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    }
    if response.extensions().get::<FromAnywhere>().is_some() {
        response.headers_mut().insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    }
    response
}

/// 128 random bits. Without randomness there is no nonce, and then no inline script runs.
fn mint() -> String {
    let mut bytes = [0; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => BASE64_STANDARD_NO_PAD.encode(bytes),
        Err(_) => String::new(),
    }
}
