//! Step 4: the security headers, on every response, each exactly once.
use super::{Edge, address::Https};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header::CACHE_CONTROL},
    middleware::Next,
    response::Response,
};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use policy::decide::headers::{HeaderFacts, compose};
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

/// Mints the nonce, and sets the headers on whatever comes back.
pub async fn set(State(_edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let https = request.extensions().get::<Https>().is_some_and(|Https(https)| *https);
    let nonce = mint();
    request.extensions_mut().insert(CspNonce(nonce.clone()));
    let mut response = next.run(request).await;
    let no_referrer = response.extensions().get::<NoReferrer>().is_some();
    for (name, value) in compose(&HeaderFacts { https, nonce: &nonce, no_referrer }) {
        let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value)) else {
            tracing::error!(name, "a header can't be sent and is left out");
            continue;
        };
        // Files whose names change with their content may be kept.
        if name != CACHE_CONTROL || !response.headers().contains_key(CACHE_CONTROL) {
            response.headers_mut().insert(name, value);
        }
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
