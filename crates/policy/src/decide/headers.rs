//! The security headers of every response, composed from typed parts, so that nothing that was
//! typed can end a header or begin another one.
mod grade;
mod loads;

pub use grade::{Grade, grade};
pub use loads::loads_more;

use crate::{
    Area,
    catalogue::Headers,
    value::{Coep, Coop, Corp, CspPolicy, Mode, XssProtection},
};

/// What the headers of a response depend on besides the settings.
#[expect(clippy::struct_excessive_bools, reason = "four facts that have nothing to do with each other")]
#[derive(Debug, Clone, Copy)]
pub struct HeaderFacts<'a> {
    /// Whether the client came over HTTPS.
    pub https: bool,
    /// The nonce of this response, base64.
    pub nonce: &'a str,
    /// Whether the address of the page holds a token.
    pub no_referrer: bool,
    /// Whether the page always carries Bailey's own content security policy, enforced: the
    /// ways in and back must work whatever was saved.
    pub floor_only: bool,
    /// Whether the page is measured by Google Analytics.
    pub measured: bool,
}

/// What a page that is measured loads beside its own, by directive: what Google names for Analytics 4 without its
/// advertising features (developers.google.com/tag-platform/security/guides/csp).
pub const MEASURING: [(&str, &[&str]); 3] = [
    ("script-src", &["https://www.googletagmanager.com"]),
    ("img-src", &["https://*.google-analytics.com", "https://www.googletagmanager.com"]),
    (
        "connect-src",
        &["https://*.google-analytics.com", "https://*.analytics.google.com", "https://www.googletagmanager.com"],
    ),
];

/// One day, in seconds.
const DAY: u32 = 86_400;
/// Where browsers send their reports.
const REPORTS: &str = "/csp-report";

/// A header: its name in lower case, and its value.
pub type Header = (&'static str, String);

/// Whether whatever belongs to an area always carries Bailey's own content security policy: it is a way in or back.
pub const fn floor_only_in(area: Area) -> bool {
    matches!(area, Area::Public | Area::SecondStep | Area::SignedIn | Area::Password | Area::Enrolment)
}

/// Whether pages under these settings carry another content security policy than Bailey's own.
pub fn differ_from_floor(settings: &Headers) -> bool {
    let facts = |floor_only| HeaderFacts { https: false, nonce: "", no_referrer: false, floor_only, measured: false };
    content_security_policy(settings, &facts(false)) != content_security_policy(settings, &facts(true))
}

/// Composes the headers of a response, each name once.
pub fn compose(settings: &Headers, facts: &HeaderFacts<'_>) -> Vec<Header> {
    let referrer = if facts.no_referrer { "no-referrer" } else { settings.referrer_policy.as_str() };
    let mut headers = Vec::new();
    headers.extend(content_security_policy(settings, facts));
    headers.push(("reporting-endpoints", format!("csp=\"{REPORTS}\"")));
    if settings.content_type_options {
        headers.push(("x-content-type-options", "nosniff".to_owned()));
    }
    headers.push(("x-frame-options", "DENY".to_owned()));
    if settings.xss_protection != XssProtection::Off {
        headers.push(("x-xss-protection", settings.xss_protection.as_str().to_owned()));
    }
    headers.push(("referrer-policy", referrer.to_owned()));
    if !settings.permissions_policy.is_empty() {
        headers.push(("permissions-policy", settings.permissions_policy.header()));
    }
    if settings.coep != Coep::Off {
        headers.push(("cross-origin-embedder-policy", settings.coep.as_str().to_owned()));
    }
    if settings.coop != Coop::Off {
        headers.push(("cross-origin-opener-policy", settings.coop.as_str().to_owned()));
    }
    if settings.corp != Corp::Off {
        headers.push(("cross-origin-resource-policy", settings.corp.as_str().to_owned()));
    }
    headers.push(("cache-control", "no-store".to_owned()));
    if facts.https {
        headers.push(("strict-transport-security", strict_transport_security(settings)));
        headers.extend(public_key_pins(settings));
        headers.extend(expect_ct(settings));
    }
    headers
}

/// The bytes that the headers of a page take under these settings, at most.
pub fn size(settings: &Headers) -> usize {
    // As long as a nonce of 128 bits.
    let nonce = "AAAAAAAAAAAAAAAAAAAAAA";
    let facts = HeaderFacts { https: true, nonce, no_referrer: false, floor_only: false, measured: true };
    // Each is written as name, colon, space, value, and an end of two bytes.
    compose(settings, &facts).iter().map(|(name, value)| name.len() + value.len() + 4).sum()
}

/// RFC 6797 §6.1; `max-age=0` makes browsers forget (§6.1.1).
fn strict_transport_security(settings: &Headers) -> String {
    if !settings.hsts {
        return "max-age=0".to_owned();
    }
    let mut value = format!("max-age={}", settings.hsts_max_age.0 * DAY);
    for (on, directive) in [(settings.hsts_subdomains, "includeSubDomains"), (settings.hsts_preload, "preload")] {
        if on {
            value.push_str("; ");
            value.push_str(directive);
        }
    }
    value
}

/// RFC 7469 §2.1; only with pins to send.
fn public_key_pins(settings: &Headers) -> Option<Header> {
    if settings.public_key_pins.is_empty() {
        return None;
    }
    let mut parts: Vec<_> = settings.public_key_pins.iter().map(|pin| format!("pin-sha256=\"{pin}\"")).collect();
    parts.push(format!("max-age={}", settings.public_key_pins_max_age.0 * DAY));
    if settings.public_key_pins_subdomains {
        parts.push("includeSubDomains".to_owned());
    }
    let name = if settings.public_key_pins_report_only { "public-key-pins-report-only" } else { "public-key-pins" };
    Some((name, parts.join("; ")))
}

/// RFC 9163 §2.1.
fn expect_ct(settings: &Headers) -> Option<Header> {
    if !settings.expect_ct {
        return None;
    }
    let mut parts = vec![format!("max-age={}", settings.expect_ct_max_age.0 * DAY)];
    if settings.expect_ct_enforce {
        parts.push("enforce".to_owned());
    }
    if !settings.expect_ct_report_uri.is_empty() {
        parts.push(format!("report-uri=\"{}\"", settings.expect_ct_report_uri.as_str()));
    }
    Some(("expect-ct", parts.join(", ")))
}

/// CSP Level 3: what Bailey's own pages need, and what was added to it.
fn content_security_policy(settings: &Headers, facts: &HeaderFacts<'_>) -> Option<Header> {
    let name = match settings.csp_mode {
        Mode::ReportOnly if !facts.floor_only => "content-security-policy-report-only",
        Mode::Off if !facts.floor_only => return None,
        _ => "content-security-policy",
    };
    let none = CspPolicy::default();
    let added = if facts.floor_only { &none } else { &settings.csp };
    let mut directives: Vec<(&str, String)> = floor(facts.nonce)
        .into_iter()
        .map(|(directive, sources)| {
            let more = added.sources(directive).unwrap_or_default().iter().filter(|source| *source != "'none'");
            let mut more: Vec<_> = more.map(String::as_str).collect();
            if facts.measured && !facts.floor_only {
                more.extend(
                    measuring(directive).iter().filter(|source| !more.contains(source)).copied().collect::<Vec<_>>(),
                );
            }
            (directive, merged(&sources, &more))
        })
        .collect();
    // A directive that Bailey does not set falls back to its default, so the addition has to repeat what that allows.
    for (directive, sources) in added.iter() {
        if !directives.iter().any(|(known, _)| *known == directive) {
            directives.push((directive, sources.join(" ")));
        }
    }
    directives.push(("report-uri", REPORTS.to_owned()));
    directives.push(("report-to", "csp".to_owned()));
    let value = directives.iter().map(|(directive, sources)| format!("{directive} {sources}").trim_end().to_owned());
    Some((name, value.collect::<Vec<_>>().join("; ")))
}

/// What a page that is measured needs of a directive beside its own.
fn measuring(directive: &str) -> &'static [&'static str] {
    MEASURING.iter().find(|(of, _)| *of == directive).map_or(&[], |(_, sources)| sources)
}

/// `'none'` stands alone: with anything beside it, it means nothing (CSP Level 3 §2.3.1).
fn merged(own: &str, more: &[&str]) -> String {
    match (own, more) {
        (own, []) => own.to_owned(),
        ("'none'", more) => more.join(" "),
        (own, more) => format!("{own} {}", more.join(" ")),
    }
}

fn floor(nonce: &str) -> [(&'static str, String); 11] {
    // A nonce is base64; anything else would end the source list.
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=');
    let nonce =
        if !nonce.is_empty() && nonce.chars().all(is_base64) { format!(" 'nonce-{nonce}'") } else { String::new() };
    [
        ("default-src", "'none'".to_owned()),
        ("script-src", format!("'self'{nonce} 'wasm-unsafe-eval'")),
        ("style-src", format!("'self'{nonce}")),
        ("img-src", "'self' data:".to_owned()),
        ("font-src", "'self'".to_owned()),
        ("connect-src", "'self'".to_owned()),
        ("manifest-src", "'self'".to_owned()),
        ("form-action", "'self'".to_owned()),
        ("base-uri", "'none'".to_owned()),
        ("frame-ancestors", "'none'".to_owned()),
        ("object-src", "'none'".to_owned()),
    ]
}

#[cfg(test)]
mod tests;
