//! Step 5: requests that another site caused change nothing here (SECURITY: cross-site decision table).
use super::{Edge, plain_page, request_id};
use axum::{
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{ORIGIN, REFERER, VARY},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;
use url::Url;
use web::Problem;

/// What is decided about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Pass,
    /// Another site caused it.
    CrossSite,
}

/// What the decision is taken from.
#[expect(clippy::struct_excessive_bools, reason = "four facts about a request that do not depend on each other")]
#[derive(Debug, Clone, Copy)]
struct Facts<'a> {
    safe: bool,
    api: bool,
    site: Option<&'a str>,
    mode: Option<&'a str>,
    destination: Option<&'a str>,
    origin: Option<&'a str>,
    referer: Option<&'a str>,
    cookie: bool,
    /// Whether it brings the cookie that no browser sends with what another site causes.
    own_page: bool,
}

fn decide(facts: &Facts<'_>, own: &str) -> Verdict {
    if facts.safe {
        // Data is not for other sites to embed; a person who follows a link is let through.
        let followed = facts.mode == Some("navigate") && facts.destination == Some("document");
        let embedded = facts.api && facts.site == Some("cross-site") && !followed;
        return if embedded { Verdict::CrossSite } else { Verdict::Pass };
    }
    let allowed = match (facts.site, facts.origin, facts.referer) {
        (Some(site), _, _) => matches!(site, "same-origin" | "none"),
        // A page under no-referrer has no origin to tell, ours as little as another one.
        (None, Some("null"), None) => facts.own_page,
        (None, Some(origin), _) => origin == own,
        (None, None, Some(referer)) => origin_of(referer).is_some_and(|origin| origin == own) || !facts.cookie,
        (None, None, None) => !facts.cookie,
    };
    if allowed { Verdict::Pass } else { Verdict::CrossSite }
}

/// Whether a browser says that a page of this site has caused a request, perhaps by the cookie that tells so where it can't:
/// programs that press the buttons of mails send none of what says so.
pub fn is_from_own_page(edge: &Edge, headers: &HeaderMap, own_page: bool) -> bool {
    let own = edge.public_url.origin();
    match (text(headers, "sec-fetch-site"), text(headers, ORIGIN.as_str()), text(headers, REFERER.as_str())) {
        (Some(site), _, _) => site == "same-origin",
        (None, Some("null"), None) => own_page,
        (None, Some(origin), _) => origin == own,
        (None, None, Some(referer)) => origin_of(referer).is_some_and(|origin| origin == own),
        (None, None, None) => false,
    }
}

fn origin_of(referer: &str) -> Option<String> {
    Url::parse(referer).ok().map(|url| url.origin().ascii_serialization())
}

/// Refuses what another site caused.
pub async fn check(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    // Browsers send reports of violations without any of these headers.
    let verdict = if path == "/csp-report" { Verdict::Pass } else { verdict(&edge, &request) };
    let mut response = match verdict {
        Verdict::Pass => next.run(request).await,
        Verdict::CrossSite => refuse(&edge, &path, &request),
    };
    response.headers_mut().append(VARY, HeaderValue::from_static("Sec-Fetch-Site, Origin"));
    response
}

fn verdict(edge: &Edge, request: &Request) -> Verdict {
    let headers = request.headers();
    let cookies = edge.public_url.cookies();
    let facts = Facts {
        safe: matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS),
        api: request.uri().path().starts_with("/api/"),
        site: text(headers, "sec-fetch-site"),
        mode: text(headers, "sec-fetch-mode"),
        destination: text(headers, "sec-fetch-dest"),
        origin: text(headers, ORIGIN.as_str()),
        referer: text(headers, REFERER.as_str()),
        cookie: cookies.session_of(headers).is_some() || cookies.pending_of(headers).is_some(),
        own_page: cookies.has_own_page(headers),
    };
    decide(&facts, &edge.public_url.origin())
}

/// Returns a header as text; one that is no text is there all the same, and equal to nothing.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

fn refuse(edge: &Edge, path: &str, request: &Request) -> Response {
    let (status, title) = (StatusCode::FORBIDDEN, "This request came from another site");
    let detail = "Bailey does not act on requests that another site causes, and nothing was changed. Open Bailey in a tab of its own and try again there.";
    let id = request_id(request);
    if path.starts_with("/api/") {
        let problem = Problem { title: title.to_owned(), ..Problem::of(status, "cross-site", detail, &id) };
        return problem.into_response();
    }
    plain_page(edge, status, title, &[detail], &id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://bailey.example.org";
    const POST: Facts<'static> = Facts {
        safe: false,
        api: false,
        site: None,
        mode: None,
        destination: None,
        origin: None,
        referer: None,
        cookie: true,
        own_page: false,
    };

    #[test]
    fn only_what_this_site_caused_may_change_something() {
        let (other, look_alike) = ("https://evil.example", "https://bailey.example.org.evil.example");
        for (facts, verdict) in [
            (Facts { site: Some("same-origin"), ..POST }, Verdict::Pass),
            // A form under `Referrer-Policy: no-referrer` has the origin null.
            (Facts { site: Some("same-origin"), origin: Some("null"), ..POST }, Verdict::Pass),
            (Facts { site: Some("none"), ..POST }, Verdict::Pass),
            (Facts { site: Some("same-site"), origin: Some(OWN), ..POST }, Verdict::CrossSite),
            (Facts { site: Some("cross-site"), origin: Some(OWN), ..POST }, Verdict::CrossSite),
            (Facts { site: Some("?"), ..POST }, Verdict::CrossSite),
            (Facts { origin: Some(OWN), ..POST }, Verdict::Pass),
            (Facts { origin: Some("null"), ..POST }, Verdict::CrossSite),
            (Facts { origin: Some(other), ..POST }, Verdict::CrossSite),
            (Facts { origin: Some(look_alike), ..POST }, Verdict::CrossSite),
            (Facts { origin: Some("http://bailey.example.org"), ..POST }, Verdict::CrossSite),
            (Facts { origin: Some("https://bailey.example.org:8443"), ..POST }, Verdict::CrossSite),
            (Facts { origin: Some(other), cookie: false, ..POST }, Verdict::CrossSite),
            (Facts { referer: Some("https://bailey.example.org/admin"), ..POST }, Verdict::Pass),
            (Facts { referer: Some("https://evil.example/https://bailey.example.org"), ..POST }, Verdict::CrossSite),
            (Facts { referer: Some("not a url"), ..POST }, Verdict::CrossSite),
            (POST, Verdict::CrossSite),
            (Facts { cookie: false, ..POST }, Verdict::Pass),
            // A page of ours under no-referrer, in a browser that sends no Sec-Fetch-Site.
            (Facts { origin: Some("null"), own_page: true, ..POST }, Verdict::Pass),
            (Facts { origin: Some("null"), own_page: true, cookie: false, ..POST }, Verdict::Pass),
            (Facts { origin: Some("null"), cookie: false, ..POST }, Verdict::CrossSite),
            (Facts { origin: Some("null"), own_page: true, site: Some("cross-site"), ..POST }, Verdict::CrossSite),
            (Facts { origin: Some("null"), own_page: true, referer: Some(other), ..POST }, Verdict::CrossSite),
            (Facts { origin: Some(other), own_page: true, ..POST }, Verdict::CrossSite),
            (Facts { safe: true, site: Some("cross-site"), ..POST }, Verdict::Pass),
            (Facts { safe: true, api: true, site: Some("cross-site"), ..POST }, Verdict::CrossSite),
            (
                Facts {
                    safe: true,
                    api: true,
                    site: Some("cross-site"),
                    mode: Some("navigate"),
                    destination: Some("document"),
                    ..POST
                },
                Verdict::Pass,
            ),
        ] {
            assert_eq!(decide(&facts, OWN), verdict, "{facts:?}");
        }
    }
}
