//! The headers of *Browser protection*, each as its settings say.
use crate::support::{Answer, TestServer};
use policy::Role;
use store::on_both;

/// Two hashes of public keys.
const PINS: &str = "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=\nE9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g=";

/// What a page carries, or does not.
fn assert_carries(page: &Answer, headers: &[(&str, Option<&str>)]) {
    for (name, expected) in headers {
        let value = page.headers.get(*name).map(|value| value.to_str().expect("ASCII"));
        assert_eq!(value, *expected, "{name}");
    }
}

on_both! {
    /// Fails when `header_size` is taken from `violations`: a proxy then answers 502 for every page.
    async fn headers_that_a_proxy_would_refuse_are_not_saved(db: TestDatabase) {
        let server = TestServer::over_https(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let sources = |count: usize| (0..count).map(|n| format!(" https://i{n:03}.example.org")).collect::<Vec<_>>().concat();
        let pins = |count: usize| (0..count).map(|n| format!("{n:042}A=")).collect::<Vec<_>>().join("\n");
        for (key, value, words) in [
            ("headers.public_key_pins", pins(200), "At most 10 pins."),
            ("headers.csp", format!("img-src{}", sources(120)), "more than 3 KiB together"),
            ("headers.permissions_policy", format!("camera=(self{})", sources(110).replace(" h", " \"h").replace("org", "org\"")), "more than 3 KiB together"),
        ] {
            let refused = ada.save_settings(&[(key, &value)]).await;
            assert_eq!(refused.status, 422, "{key}");
            assert!(refused.text().contains(words), "{key}");
        }
        ada.has_saved_settings(&[("headers.public_key_pins", &pins(10)), ("headers.csp", &format!("img-src{}", sources(30)))]).await;
        let size: usize = ada.get("/sign-in").await.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        assert!(size < 4_096, "{size}");
    }

    /// Fails when `compose` no longer reads one of these settings.
    async fn over_https_every_header_is_what_its_settings_say(db: TestDatabase) {
        let server = TestServer::over_https(db).await;
        let mut ada = server.signed_in("ada@example.org", Role::SuperAdmin).await;
        let page = ada.get("/profile").await;
        assert!(page.headers.contains_key("content-security-policy"));
        assert_carries(&page, &[
            ("strict-transport-security", Some("max-age=31536000")),
            ("x-xss-protection", Some("0")),
            ("x-content-type-options", Some("nosniff")),
            ("referrer-policy", Some("strict-origin-when-cross-origin")),
            ("cross-origin-embedder-policy", None),
            ("cross-origin-opener-policy", Some("same-origin")),
            ("cross-origin-resource-policy", Some("same-origin")),
            ("content-security-policy-report-only", None),
            ("public-key-pins", None),
            ("public-key-pins-report-only", None),
            ("expect-ct", None),
        ]);
        let others = [
            ("headers.hsts_max_age", "2"),
            ("headers.hsts_subdomains", "true"),
            ("headers.hsts_preload", "true"),
            ("headers.xss_protection", "1; mode=block"),
            ("headers.content_type_options", "false"),
            ("headers.referrer_policy", "same-origin"),
            ("headers.csp", "img-src https://images.example.org"),
            ("headers.csp_mode", "report-only"),
            ("headers.permissions_policy", "camera=(self)"),
            ("headers.coep", "credentialless"),
            ("headers.coop", "same-origin-allow-popups"),
            ("headers.corp", "same-site"),
            ("headers.public_key_pins", PINS),
            ("headers.public_key_pins_max_age", "2"),
            ("headers.public_key_pins_subdomains", "true"),
            ("headers.public_key_pins_report_only", "false"),
            ("headers.expect_ct", "true"),
            ("headers.expect_ct_max_age", "3"),
            ("headers.expect_ct_enforce", "true"),
            ("headers.expect_ct_report_uri", "https://reports.example.org/ct"),
        ];
        let saved = ada.save_settings(&others).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let page = ada.get("/profile").await;
        let csp = page.headers["content-security-policy-report-only"].to_str().expect("ASCII");
        assert!(csp.contains("img-src 'self' data: https://images.example.org;"), "{csp}");
        let pins: Vec<_> = PINS.lines().map(|pin| format!("pin-sha256=\"{pin}\"")).collect();
        let pins = format!("{}; max-age=172800; includeSubDomains", pins.join("; "));
        assert_carries(&page, &[
            ("strict-transport-security", Some("max-age=172800; includeSubDomains; preload")),
            ("x-xss-protection", Some("1; mode=block")),
            ("x-content-type-options", None),
            ("referrer-policy", Some("same-origin")),
            ("permissions-policy", Some("camera=(self)")),
            ("cross-origin-embedder-policy", Some("credentialless")),
            ("cross-origin-opener-policy", Some("same-origin-allow-popups")),
            ("cross-origin-resource-policy", Some("same-site")),
            ("content-security-policy", None),
            ("public-key-pins", Some(&pins)),
            ("public-key-pins-report-only", None),
            ("expect-ct", Some("max-age=259200, enforce, report-uri=\"https://reports.example.org/ct\"")),
        ]);
        let off = [
            ("headers.hsts", "false"),
            ("headers.xss_protection", "off"),
            ("headers.csp_mode", "off"),
            ("headers.permissions_policy", ""),
            ("headers.coop", "off"),
            ("headers.corp", "off"),
        ];
        assert_eq!(ada.save_settings(&off).await.status, 303);
        assert_carries(&ada.get("/profile").await, &[
            ("strict-transport-security", Some("max-age=0")),
            ("x-xss-protection", None),
            ("content-security-policy", None),
            ("content-security-policy-report-only", None),
            ("permissions-policy", None),
            ("cross-origin-opener-policy", None),
            ("cross-origin-resource-policy", None),
        ]);
    }
}
