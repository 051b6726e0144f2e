use super::*;
use crate::value::{Days, Pins, Value};

fn facts(nonce: &str) -> HeaderFacts<'_> {
    HeaderFacts { https: true, nonce, no_referrer: false, floor_only: false, measured: false }
}

fn composed(change: impl FnOnce(&mut Headers), facts: &HeaderFacts<'_>) -> Vec<Header> {
    let mut settings = Headers::default();
    change(&mut settings);
    compose(&settings, facts)
}

fn value(name: &str, change: impl FnOnce(&mut Headers)) -> Option<String> {
    composed(change, &facts("n")).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}

#[test]
fn the_whole_default_block_is_the_one_that_was_measured() {
    let block: Vec<_> =
        composed(|_| (), &facts("bm9uY2U")).into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
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
fn hsts_is_sent_over_https_only_and_turned_off_it_is_forgotten() {
    let plain = composed(|_| (), &HeaderFacts { https: false, ..facts("n") });
    assert!(!plain.iter().any(|(name, _)| *name == "strict-transport-security"));
    assert_eq!(value("strict-transport-security", |h| h.hsts = false).as_deref(), Some("max-age=0"));
    let whole = value("strict-transport-security", |h| {
        h.hsts_max_age = Days(730);
        h.hsts_subdomains = true;
        h.hsts_preload = true;
    });
    assert_eq!(whole.as_deref(), Some("max-age=63072000; includeSubDomains; preload"));
}

#[test]
fn what_is_not_to_be_sent_is_not() {
    assert_eq!(value("x-content-type-options", |h| h.content_type_options = false), None);
    assert_eq!(value("x-xss-protection", |h| h.xss_protection = XssProtection::Off), None);
    assert_eq!(value("cross-origin-opener-policy", |h| h.coop = Coop::Off), None);
    assert_eq!(value("cross-origin-resource-policy", |h| h.corp = Corp::Off), None);
    assert_eq!(value("content-security-policy", |h| h.csp_mode = Mode::Off), None);
    assert_eq!(value("cross-origin-embedder-policy", |_| ()), None);
    assert_eq!(value("public-key-pins-report-only", |_| ()), None);
    assert_eq!(value("expect-ct", |_| ()), None);
}

#[test]
fn what_is_chosen_is_sent() {
    assert_eq!(
        value("cross-origin-embedder-policy", |h| h.coep = Coep::Credentialless).as_deref(),
        Some("credentialless")
    );
    assert_eq!(
        value("x-xss-protection", |h| h.xss_protection = XssProtection::Block).as_deref(),
        Some("1; mode=block")
    );
    let pins = "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=\nE9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g=";
    assert_eq!(
        value("public-key-pins-report-only", |h| h.public_key_pins = Pins::parse(pins, None).expect("two pins"))
            .as_deref(),
        Some(
            "pin-sha256=\"d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=\"; pin-sha256=\"E9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g=\"; max-age=86400"
        )
    );
    let enforced = |h: &mut Headers| {
        h.expect_ct = true;
        h.expect_ct_enforce = true;
    };
    assert_eq!(value("expect-ct", enforced).as_deref(), Some("max-age=86400, enforce"));
}

#[test]
fn what_is_added_to_the_policy_stands_beside_what_bailey_needs() {
    let added = |h: &mut Headers| {
        h.csp = CspPolicy::parse("img-src https://images.example.org; worker-src 'self'", None).expect("a policy");
    };
    let policy = value("content-security-policy", added).expect("it is sent");
    assert!(policy.contains("img-src 'self' data: https://images.example.org;"), "{policy}");
    assert!(
        policy.contains("worker-src 'self';") && policy.contains("script-src 'self' 'nonce-n' 'wasm-unsafe-eval';")
    );
    let floor = composed(added, &HeaderFacts { floor_only: true, ..facts("n") });
    assert!(!floor[0].1.contains("example.org"), "the ways in carry Bailey's own policy");
}

#[test]
fn a_policy_that_is_only_watched_is_sent_as_such_but_never_on_the_ways_in() {
    let watched = |h: &mut Headers| h.csp_mode = Mode::ReportOnly;
    assert!(value("content-security-policy-report-only", watched).is_some());
    assert_eq!(value("content-security-policy", watched), None);
    let off = composed(|h| h.csp_mode = Mode::Off, &HeaderFacts { floor_only: true, ..facts("n") });
    assert_eq!(off[0].0, "content-security-policy");
}

#[test]
fn pages_carry_another_policy_than_the_ways_in_only_where_one_was_saved() {
    let differ = |change: fn(&mut Headers)| {
        let mut headers = Headers::default();
        change(&mut headers);
        differ_from_floor(&headers)
    };
    assert!(!differ(|_| ()));
    assert!(!differ(|h| h.hsts = false), "another header is the same on every page");
    assert!(differ(|h| h.csp_mode = Mode::ReportOnly) && differ(|h| h.csp_mode = Mode::Off));
    assert!(differ(|h| h.csp = CspPolicy::parse("img-src https://images.example.org", None).expect("a policy")));
}

#[test]
fn a_page_whose_address_holds_a_token_tells_it_to_nobody() {
    let headers = composed(|_| (), &HeaderFacts { no_referrer: true, ..facts("n") });
    assert!(headers.contains(&("referrer-policy", "no-referrer".to_owned())));
}

#[test]
fn a_nonce_that_is_no_base64_is_left_out() {
    for nonce in ["", "a' 'unsafe-inline", "a;b", "a\r\nb"] {
        assert!(!composed(|_| (), &facts(nonce))[0].1.contains("nonce-"), "{nonce:?}");
    }
}

#[test]
fn every_value_is_printable_ascii() {
    for (name, value) in composed(|_| (), &facts("bm9uY2U")) {
        assert!(value.bytes().all(|b| (0x20..=0x7e).contains(&b)), "{name}");
    }
}

#[test]
fn a_page_that_is_measured_allows_googles_hosts_and_nothing_else_beside_its_own() {
    let csp = |change: fn(&mut Headers), measured, floor_only| {
        let headers = composed(change, &HeaderFacts { floor_only, measured, ..facts("n") });
        headers.into_iter().find(|(name, _)| name.starts_with("content-security-policy")).map(|(_, value)| value)
    };
    let plain = csp(|_| (), false, false).expect("it is sent");
    assert!(!plain.contains("google"), "{plain}");
    let measured = csp(|_| (), true, false).expect("it is sent");
    let added: Vec<&str> = measured.split([' ', ';']).filter(|part| part.contains("google")).collect();
    let named: Vec<&str> = MEASURING.iter().flat_map(|(_, sources)| sources.iter().copied()).collect();
    assert_eq!(added.iter().collect::<std::collections::BTreeSet<_>>(), named.iter().collect());
    assert!(
        measured.contains("script-src 'self' 'nonce-n' 'wasm-unsafe-eval' https://www.googletagmanager.com; "),
        "{measured}"
    );
    assert!(!measured.contains("unsafe-inline") && !measured.contains("frame-src"), "{measured}");
    assert_eq!(csp(|_| (), true, true), Some(plain), "a way in or back never does");
    assert_eq!(csp(|h| h.csp_mode = Mode::Off, true, false), None);
}
