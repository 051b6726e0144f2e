use super::*;
use axum::{
    body::Body,
    http::{Request, StatusCode},
    response::Response,
    routing::get,
};
use hyper::body::Frame;
use std::{
    pin::Pin,
    sync::atomic::{AtomicBool, Ordering},
    task::{Context, Poll},
};
use tower::ServiceExt;

/// Is false, which the compiler need not know.
fn false_in_the_test() -> bool {
    std::env::args().next().is_none()
}

/// The edge around these routes, where clients come by TLS.
fn around(routes: Router, public_url: &str) -> Router {
    behind(routes, public_url, TrustedProxies::default(), true)
}

/// The edge around these routes, behind these proxies.
fn behind(routes: Router, public_url: &str, trusted_proxies: TrustedProxies, behind_tls: bool) -> Router {
    let edge = Edge {
        public_url: PublicUrl::parse(public_url).expect("a public URL"),
        trusted_proxies,
        behind_tls,
        forwarding: Forwarding::default(),
        session_check_is_activity: false,
        safe_mode: false,
        stylesheet: "/pkg/bailey.css".to_owned(),
        reports: Reports::default(),
        faults: fault_report::Faults::default(),
        pace: Pace::default(),
        requests: RequestBudgets::default(),
        repeated_forms: RepeatedForms::default(),
        misdirected: Tally::default(),
    };
    layers(routes, Arc::new(edge))
}

fn router(public_url: &str) -> Router {
    let routes = Router::new()
        .route("/", get(|| async { "hello" }).post(|| async { "done" }))
        .route(
            "/broken",
            get(|| async {
                assert!(false_in_the_test(), "as the test wants");
            }),
        )
        .route("/healthz", get(|| async { "ok" }));
    around(routes, public_url)
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
        (
            to_own_host("/").method("POST").header("content-length", UPLOAD_BODY_LIMIT.max(*TYPED_BODY_LIMIT) + 1),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
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

/// Says whether it was let go of.
struct Held(Arc<AtomicBool>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A router with a route that never answers, and whether what it holds was let go of.
fn that_hangs() -> (Router, Arc<AtomicBool>) {
    let gone = Arc::new(AtomicBool::new(false));
    let held = Arc::clone(&gone);
    let hang = move || async move {
        let _held = Held(held);
        std::future::pending::<()>().await;
    };
    (around(Router::new().route("/", get(hang)), "https://bailey.example.org"), gone)
}

/// Fails when `catch` leaves the task of a request that nobody waits for.
#[tokio::test(start_paused = true)]
async fn work_ends_with_its_request() {
    let (router, gone) = that_hangs();
    let request = to_own_host("/").body(Body::empty()).expect("a request");
    assert_eq!(router.oneshot(request).await.expect("it answers").status(), StatusCode::SERVICE_UNAVAILABLE);
    tokio::task::yield_now().await;
    assert!(gone.load(Ordering::SeqCst), "after thirty seconds");
    let (router, gone) = that_hangs();
    let request = to_own_host("/").body(Body::empty()).expect("a request");
    let hung_up = tokio::time::timeout(Duration::from_secs(1), router.oneshot(request)).await;
    assert!(hung_up.is_err());
    tokio::task::yield_now().await;
    assert!(gone.load(Ordering::SeqCst), "as soon as the client has hung up");
}

/// A body that never comes.
struct Never;

impl hyper::body::Body for Never {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Poll::Pending
    }
}

/// Fails when nothing limits how long a body may pause.
#[tokio::test(start_paused = true)]
async fn a_body_that_never_comes_is_not_waited_for() {
    let read = async |body: axum::body::Bytes| body.len().to_string();
    let router = around(Router::new().route("/", axum::routing::post(read)), "https://bailey.example.org");
    let request = to_own_host("/").method("POST").body(Body::new(Never)).expect("a request");
    let since = tokio::time::Instant::now();
    let response = router.oneshot(request).await.expect("it answers");
    assert!(response.status().is_client_error(), "{}", response.status());
    assert_eq!(since.elapsed(), BODY_PAUSE);
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

/// Fails when `find` takes the public URL's word for how a client came, or a stranger's.
#[tokio::test]
async fn hsts_is_sent_where_the_request_came_by_tls_or_the_operator_says_so() {
    let trusted = || TrustedProxies::parse("10.0.0.0/28").expect("a block");
    for (behind_tls, peer, proto, sent) in [
        (false, "203.0.113.7", None, false),
        (false, "203.0.113.7", Some("https"), false),
        (false, "10.0.0.1", None, false),
        (false, "10.0.0.1", Some("https"), true),
        (false, "10.0.0.1", Some("https, http"), true),
        (false, "10.0.0.1", Some("http"), false),
        (false, "10.0.0.1", Some("ws"), false),
        (true, "203.0.113.7", None, true),
        (true, "203.0.113.7", Some("http"), true),
        (true, "10.0.0.1", Some("http"), false),
    ] {
        let hello = Router::new().route("/", get(|| async { "hello" }));
        let router = behind(hello, "https://bailey.example.org", trusted(), behind_tls);
        let request =
            proto.into_iter().fold(to_own_host("/"), |request, proto| request.header("x-forwarded-proto", proto));
        let mut request = request.body(Body::empty()).expect("a request");
        let peer = std::net::SocketAddr::new(peer.parse().expect("an address"), 50_000);
        request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
        let response = router.oneshot(request).await.expect("it answers");
        let found = response.headers().contains_key("strict-transport-security");
        assert_eq!(found, sent, "behind_tls {behind_tls}, {peer} says {proto:?}");
    }
}

#[tokio::test]
async fn over_plain_http_there_is_no_hsts() {
    let request = Request::get("/").header("host", "localhost:3000").body(Body::empty()).expect("a request");
    let response = router("http://localhost:3000").oneshot(request).await.expect("the router always answers");
    assert_eq!(response.status(), StatusCode::OK);
    assert!(!response.headers().contains_key("strict-transport-security"));
}
