//! Step 3: the workspace of a host name. An unknown host is answered without repeating it.
use super::Edge;
use axum::{
    extract::{Request, State},
    http::{StatusCode, header::HOST},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;
use tokio::time::Instant;

/// Refuses a request for a host that is not served here. Probes may use an address.
pub async fn check(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let probe = matches!(request.uri().path(), "/healthz" | "/readyz");
    if probe || asked_host(&request).is_some_and(|host| host == edge.public_url.host()) {
        return next.run(request).await;
    }
    if let Some((_, times)) = edge.misdirected.count("", Instant::now()) {
        let asked = asked_host(&request).unwrap_or_default();
        let asked: String = asked.chars().filter(|c| !c.is_control()).take(100).collect();
        tracing::warn!(
            asked,
            served = edge.public_url.host(),
            times,
            "requests for a host that is not served here were refused"
        );
    }
    (StatusCode::MISDIRECTED_REQUEST, "This host is not served here.\n").into_response()
}

/// Returns the one host name that is asked for, in lower case, without port and final dot.
fn asked_host(request: &Request) -> Option<String> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let text = match (hosts.next(), hosts.next(), request.uri().host()) {
        (Some(host), None, None) => host.to_str().ok()?,
        (None, None, Some(host)) => host,
        (Some(host), None, Some(authority)) => {
            let host = host.to_str().ok()?;
            if without_port(host).eq_ignore_ascii_case(authority) { host } else { return None }
        }
        _ => return None,
    };
    let name = without_port(text);
    Some(name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase())
}

fn without_port(host: &str) -> &str {
    host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name)
}
