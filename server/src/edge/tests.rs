use super::*;
use axum::{
    body::Body,
    http::{Request, StatusCode},
    response::Response,
    routing::get,
};
use tower::ServiceExt;

/// Is false, which the compiler need not know.
fn false_in_the_test() -> bool {
    std::env::args().next().is_none()
}

fn router(public_url: &str) -> Router {
    let edge = Edge {
        public_url: PublicUrl::parse(public_url).expect("a public URL"),
        trusted_proxies: TrustedProxies::default(),
        forwarding: Forwarding::default(),
        session_check_is_activity: false,
        safe_mode: false,
        stylesheet: "/pkg/bailey.css".to_owned(),
        misdirected: Tally::default(),
    };
    let routes = Router::new()
        .route("/", get(|| async { "hello" }).post(|| async { "done" }))
        .route(
            "/broken",
            get(|| async {
                assert!(false_in_the_test(), "as the test wants");
            }),
        )
        .route("/healthz", get(|| async { "ok" }));
    layers(routes, Arc::new(edge))
}

async fn ask(request: axum::http::request::Builder) -> Response {
    let request: Request<Body> = request.body(Body::empty()).expect("a request");
    router("https://bailey.example.org").oneshot(request).await.expect("the router always answers")
}

fn to_own_host(path: &str) -> axum::http::request::Builder {
    Request::get(path).header("host", "bailey.example.org")
}

#[tokio::test]
async fn every_response_carries_each_header_once() {
    for (request, status) in [
        (to_own_host("/"), StatusCode::OK),
        (to_own_host("/nothing"), StatusCode::NOT_FOUND),
        (to_own_host("/broken"), StatusCode::INTERNAL_SERVER_ERROR),
        (to_own_host("/").header("host", "other.example"), StatusCode::MISDIRECTED_REQUEST),
        (to_own_host("/").method("POST").header("sec-fetch-site", "cross-site"), StatusCode::FORBIDDEN),
        (to_own_host("/").method("POST").header("content-length", "65537"), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let response = ask(request).await;
        assert_eq!(response.status(), status);
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "x-frame-options",
            "referrer-policy",
            "permissions-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "strict-transport-security",
            "cache-control",
            "x-request-id",
        ] {
            assert_eq!(response.headers().get_all(name).iter().count(), 1, "{status} {name}");
        }
    }
}

#[tokio::test]
async fn the_nonce_is_new_for_every_response() {
    let policy = |response: Response| response.headers()["content-security-policy"].clone();
    assert_ne!(policy(ask(to_own_host("/")).await), policy(ask(to_own_host("/")).await));
}

#[tokio::test]
async fn an_unknown_host_is_answered_without_repeating_it() {
    for host in ["evil.example", "bailey.example.org.evil.example", "bailey.example.org@evil.example", "127.0.0.1"] {
        let request = Request::get("/").header("host", host).header("x-forwarded-host", "bailey.example.org");
        let response = ask(request).await;
        assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.expect("a body");
        assert_eq!(body, "This host is not served here.\n");
    }
    assert_eq!(ask(Request::get("/")).await.status(), StatusCode::MISDIRECTED_REQUEST);
    let twice = to_own_host("/").header("host", "bailey.example.org");
    assert_eq!(ask(twice).await.status(), StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn the_own_host_is_known_in_any_case_and_with_any_port() {
    for host in ["Bailey.Example.Org", "bailey.example.org:8443", "bailey.example.org."] {
        assert_eq!(ask(Request::get("/").header("host", host)).await.status(), StatusCode::OK, "{host}");
    }
    assert_eq!(ask(Request::get("/healthz").header("host", "10.1.2.3")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn over_plain_http_there_is_no_hsts() {
    let request = Request::get("/").header("host", "localhost:3000").body(Body::empty()).expect("a request");
    let response = router("http://localhost:3000").oneshot(request).await.expect("the router always answers");
    assert_eq!(response.status(), StatusCode::OK);
    assert!(!response.headers().contains_key("strict-transport-security"));
}
