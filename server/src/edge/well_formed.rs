//! Step 4: what no page and no form of Bailey asks for is answered before anything looks at it.
use axum::{
    extract::Request,
    http::{
        HeaderValue, StatusCode,
        header::{ACCEPT, ALLOW},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses a request without a path, as `CONNECT` is, and one that asks for a text with a NUL, which PostgreSQL knows in
/// no text. Has server functions answer programs alone: a browser that asks one for a page would be led to wherever the
/// request says that it came from.
pub async fn check(mut request: Request, next: Next) -> Response {
    let Some(address) = request.uri().path_and_query().filter(|address| address.as_str().starts_with('/')) else {
        let allowed = [(ALLOW, "GET, HEAD, POST")];
        return (StatusCode::METHOD_NOT_ALLOWED, allowed, "Bailey is no proxy.\n").into_response();
    };
    if address.query().is_some_and(|asked| asked.contains("%00")) {
        return (StatusCode::BAD_REQUEST, "This address holds a character that stands in no text.\n").into_response();
    }
    if address.path().starts_with("/api/app/") {
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    }
    next.run(request).await
}
