//! The security headers of every response, composed from typed parts, so that nothing that was
//! typed can end a header or begin another one.

/// What the headers of a response depend on.
#[derive(Debug, Clone, Copy)]
pub struct HeaderFacts<'a> {
    /// Tells whether the client came over HTTPS.
    pub https: bool,
    /// The nonce of this response, base64.
    pub nonce: &'a str,
    /// Tells whether the address of the page holds a token.
    pub no_referrer: bool,
}

/// One year, in seconds.
const HSTS_MAX_AGE: u32 = 365 * 86_400;

/// Features of the browser that pages may not use, and those that only this site may.
const PERMISSIONS: [(&str, &str); 7] = [
    ("camera", "()"),
    ("microphone", "()"),
    ("geolocation", "()"),
    ("usb", "()"),
    ("payment", "()"),
    ("publickey-credentials-get", "(self)"),
    ("publickey-credentials-create", "(self)"),
];

/// Composes the headers of a response: name in lower case and value, each name once.
pub fn compose(facts: &HeaderFacts<'_>) -> Vec<(&'static str, String)> {
    let fixed = |name, value: &str| (name, value.to_owned());
    let mut headers = vec![
        ("content-security-policy", content_security_policy(facts.nonce)),
        fixed("reporting-endpoints", "csp=\"/csp-report\""),
        fixed("x-content-type-options", "nosniff"),
        fixed("x-frame-options", "DENY"),
        fixed("x-xss-protection", "0"),
        fixed("referrer-policy", if facts.no_referrer { "no-referrer" } else { "strict-origin-when-cross-origin" }),
        ("permissions-policy", permissions_policy()),
        fixed("cross-origin-opener-policy", "same-origin"),
        fixed("cross-origin-resource-policy", "same-origin"),
        fixed("cache-control", "no-store"),
    ];
    if facts.https {
        headers.push(("strict-transport-security", format!("max-age={HSTS_MAX_AGE}")));
    }
    headers
}

fn content_security_policy(nonce: &str) -> String {
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
        ("report-uri", "/csp-report".to_owned()),
        ("report-to", "csp".to_owned()),
    ]
    .map(|(directive, sources)| format!("{directive} {sources}"))
    .join("; ")
}

/// A structured dictionary (RFC 9651 §3.2): `camera=(), microphone=()`.
fn permissions_policy() -> String {
    PERMISSIONS.map(|(feature, allowed)| format!("{feature}={allowed}")).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(nonce: &str) -> HeaderFacts<'_> {
        HeaderFacts { https: true, nonce, no_referrer: false }
    }

    #[test]
    fn the_whole_block_is_the_one_that_was_measured() {
        let block: Vec<_> =
            compose(&facts("bm9uY2U")).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        assert_eq!(
            block,
            [
                "content-security-policy: default-src 'none'; script-src 'self' 'nonce-bm9uY2U' 'wasm-unsafe-eval'; style-src 'self' 'nonce-bm9uY2U'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; report-uri /csp-report; report-to csp",
                "reporting-endpoints: csp=\"/csp-report\"",
                "x-content-type-options: nosniff",
                "x-frame-options: DENY",
                "x-xss-protection: 0",
                "referrer-policy: strict-origin-when-cross-origin",
                "permissions-policy: camera=(), microphone=(), geolocation=(), usb=(), payment=(), publickey-credentials-get=(self), publickey-credentials-create=(self)",
                "cross-origin-opener-policy: same-origin",
                "cross-origin-resource-policy: same-origin",
                "cache-control: no-store",
                "strict-transport-security: max-age=31536000",
            ]
        );
    }

    #[test]
    fn hsts_is_sent_over_https_only() {
        let names = |https| {
            compose(&HeaderFacts { https, ..facts("n") }).into_iter().any(|(n, _)| n == "strict-transport-security")
        };
        assert!(names(true) && !names(false));
    }

    #[test]
    fn a_page_whose_address_holds_a_token_tells_it_to_nobody() {
        let headers = compose(&HeaderFacts { no_referrer: true, ..facts("n") });
        assert!(headers.contains(&("referrer-policy", "no-referrer".to_owned())));
    }

    #[test]
    fn a_nonce_that_is_no_base64_is_left_out() {
        for nonce in ["", "a' 'unsafe-inline", "a;b", "a\r\nb"] {
            assert!(!compose(&facts(nonce))[0].1.contains("nonce-"), "{nonce:?}");
        }
    }

    #[test]
    fn every_value_is_printable_ascii() {
        for (name, value) in compose(&facts("bm9uY2U")) {
            assert!(value.bytes().all(|b| (0x20..=0x7e).contains(&b)), "{name}");
        }
    }
}
