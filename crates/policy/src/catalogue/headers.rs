//! The headers that make browsers protect their users.
use super::{Risk, declare::section, weaker::Weaker};
use crate::SettingKey;
use crate::audience::Audience;
use crate::value::{
    Bounds, Coep, Coop, Corp, CspPolicy, Days, HttpsUrl, Mode, PermissionsPolicy, Pins, ReferrerPolicy, XssProtection,
};

/// Why a change of Expect-CT asks for no fresh proof.
const EXPECT_CT: Option<&str> = Some("no browser reads this header any more");

/// From the policy that tells the least to the one that tells the most.
const REFERRER: &[&str] = &[
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "origin",
    "origin-when-cross-origin",
    "no-referrer-when-downgrade",
    "unsafe-url",
];

/// Two years at most, as the lists of preloaded sites ask for no more.
const MAX_AGE: Option<Bounds> = Some(Bounds { min: 1, max: 730 });

section! {
    /// The headers that make browsers protect their users.
    pub struct Headers in "headers" titled "Browser protection" {
        /// Browsers that have been here come back over HTTPS only.
        hsts: bool = true, "Strict transport security (HSTS)" {
            weaker: Weaker::Off,
            active: true,
        } about {
            more: "Sent over HTTPS only. Turning it off sends max-age=0, so that browsers forget it.",
            seed: "1.42",
            standards: &["RFC 6797", "ASVS 5.0 3.4.1"],
            synonyms: &["force https", "tls", "ssl", "strict-transport-security"],
            audience: Audience::Visitors,
            idle_when_off: false,
        }
        /// How long browsers remember to use HTTPS.
        hsts_max_age: Days = Days(365), "HSTS: remembered for" {
            weaker: Weaker::Less,
            bounds: MAX_AGE,
            active: true,
        } about {
            more: "Counted anew with each visit.",
            seed: "1.42",
            standards: &["RFC 6797 §6.1.1"],
            synonyms: &["https", "max-age", "strict-transport-security"],
            audience: Audience::Visitors,
            only_with: Some(SettingKey::HEADERS_HSTS),
        }
        /// HTTPS is required of every subdomain of this host too.
        hsts_subdomains: bool = false, "HSTS: subdomains too" {
            weaker: Weaker::Off,
            risk: Some(Risk::tightening("can make subdomains unreachable")),
            active: true,
        } about {
            more: "A subdomain that has no HTTPS can't be reached any more by browsers that have been here.",
            seed: "1.42",
            standards: &["RFC 6797 §6.1.2"],
            synonyms: &["https", "includeSubDomains"],
            audience: Audience::Visitors,
            only_with: Some(SettingKey::HEADERS_HSTS),
        }
        /// Asks browser makers to build the rule in.
        hsts_preload: bool = false, "HSTS: preload" {
            weaker: Weaker::Off,
            risk: Some(Risk::tightening("takes months to undo")),
            active: true,
        } about {
            more: "The list of preloaded sites takes a host only with a year or more and with its subdomains.",
            seed: "1.42",
            standards: &["hstspreload.org"],
            synonyms: &["https", "list"],
            audience: Audience::Visitors,
            only_with: Some(SettingKey::HEADERS_HSTS),
        }
        /// Tells old browsers what to do with their filter for cross-site scripting.
        xss_protection: XssProtection = XssProtection::Zero, "X-XSS-Protection" {
            weaker: Weaker::Later(&["0", "off", "1; mode=block", "1"]),
            active: true,
            deprecated: Some("Browsers have dropped this filter; where it is left, it can be turned against a page. 0 is the safe value."),
        } about {
            more: "The content security policy does what this filter was meant to do.",
            seed: "1.43",
            standards: &["OWASP Secure Headers"],
            synonyms: &["cross-site scripting", "filter"],
            audience: Audience::Visitors,
            idle_when_off: false,
        }
        /// Browsers take every file for what the server says it is.
        content_type_options: bool = true, "X-Content-Type-Options" {
            weaker: Weaker::Off,
            active: true,
        } about {
            more: "Sends nosniff.",
            seed: "1.44",
            standards: &["ASVS 5.0 3.4.4"],
            synonyms: &["nosniff", "mime"],
            audience: Audience::Visitors,
        }
        /// How much of a page's address is told to where its links lead.
        referrer_policy: ReferrerPolicy = ReferrerPolicy::StrictOriginWhenCrossOrigin, "Referrer-Policy" {
            weaker: Weaker::Later(REFERRER),
            active: true,
        } about {
            more: "Pages whose address holds a token always send no-referrer.",
            seed: "1.45",
            standards: &["ASVS 5.0 3.4.5"],
            synonyms: &["referer", "privacy"],
            audience: Audience::Visitors,
        }
        /// Where pages may load things from, beyond Bailey itself.
        csp: CspPolicy = CspPolicy::default(), "Content-Security-Policy" {
            weaker: Weaker::Loads,
            bounds: Some(Bounds { min: 0, max: 4_000 }),
            risk: Some(Risk::any("can break pages")),
            active: true,
        } about {
            more: "One directive per line: img-src https://images.example.org. It is added to what Bailey's own pages need, which can't be taken away. The preview shows the whole header.",
            seed: "1.46",
            standards: &["CSP Level 3", "ASVS 5.0 3.4.3"],
            synonyms: &["CSP", "xss", "injection", "script-src", "clickjacking", "iframe", "x-frame-options", "frame-ancestors"],
            audience: Audience::Visitors,
            idle_when_off: false,
            only_with: Some(SettingKey::HEADERS_CSP_MODE),
        }
        /// Whether what the policy does not allow is stopped or only reported.
        csp_mode: Mode = Mode::Enforce, "Content-Security-Policy: mode" {
            weaker: Weaker::Later(&["enforce", "report-only", "off"]),
            risk: Some(Risk::weakening("can leave pages unprotected")),
            active: true,
        } about {
            more: "Authentication, confirmation and recovery pages always carry Bailey's own policy, enforced.",
            seed: "1.46",
            standards: &["CSP Level 3"],
            synonyms: &["CSP", "report-only"],
            audience: Audience::Visitors,
        }
        /// Which features of the device pages may use.
        permissions_policy: PermissionsPolicy = PermissionsPolicy::default(), "Permissions-Policy" {
            weaker: Weaker::Allows,
            bounds: Some(Bounds { min: 0, max: 4_000 }),
            active: true,
        } about {
            more: "One feature per line: camera=() for nobody, camera=(self) for this site.",
            seed: "1.49",
            standards: &["W3C Permissions Policy", "RFC 9651"],
            synonyms: &["feature policy", "camera", "microphone", "location"],
            audience: Audience::Visitors,
        }
        /// What pages may embed from elsewhere.
        coep: Coep = Coep::Off, "Cross-Origin-Embedder-Policy" {
            weaker: Weaker::Later(&["require-corp", "credentialless", "unsafe-none", "off"]),
            risk: Some(Risk::tightening("can break pages")),
            active: true,
        } about {
            more: "Together with the opener policy it isolates pages from all others in the browser.",
            seed: "1.50",
            standards: &["HTML §7.1.4"],
            synonyms: &["COEP", "isolation"],
            audience: Audience::Visitors,
        }
        /// Which windows a page stays connected with.
        coop: Coop = Coop::SameOrigin, "Cross-Origin-Opener-Policy" {
            weaker: Weaker::Later(&["same-origin", "noopener-allow-popups", "same-origin-allow-popups", "unsafe-none", "off"]),
            risk: Some(Risk::tightening("can break pages")),
            active: true,
        } about {
            more: "same-origin cuts the connection to windows of other sites.",
            seed: "1.51",
            standards: &["HTML §7.1.3", "ASVS 5.0 3.4.8"],
            synonyms: &["COOP", "isolation", "popup"],
            audience: Audience::Visitors,
        }
        /// Who may load what Bailey serves.
        corp: Corp = Corp::SameOrigin, "Cross-Origin-Resource-Policy" {
            weaker: Weaker::Later(&["same-origin", "same-site", "cross-origin", "off"]),
            active: true,
        } about {
            more: "Every page, file and answer of Bailey's carries it but pictures of members, which mails show as well: those are always cross-origin.",
            seed: "1.52",
            standards: &["Fetch §3.6"],
            synonyms: &["CORP", "CORS", "hotlink"],
            audience: Audience::Visitors,
        }
        /// Hashes of the public keys that this site's certificates may have.
        public_key_pins: Pins = Pins::default(), "Public-Key-Pins" {
            weaker: Weaker::Neither,
            risk: Some(Risk::any("can make the site unreachable in old browsers")),
            active: true,
            deprecated: Some("Browsers have removed public key pinning (RFC 7469) since 2018, because a lost key took a site down for good."),
        } about {
            more: "One base64 SHA-256 per line, two to ten. Leave it empty to send no such header.",
            seed: "1.47",
            standards: &["RFC 7469"],
            synonyms: &["HPKP", "certificate", "pinning"],
            audience: Audience::Visitors,
        }
        /// How long browsers remember the pins.
        public_key_pins_max_age: Days = Days(1), "Public-Key-Pins: remembered for" {
            weaker: Weaker::Neither,
            bounds: Some(Bounds { min: 1, max: 60 }),
            active: true,
            deprecated: Some("See Public-Key-Pins."),
        } about {
            more: "RFC 7469 §4.1 advises sixty days at most.",
            seed: "1.47",
            standards: &["RFC 7469 §2.1.2"],
            synonyms: &["HPKP", "max-age"],
            audience: Audience::Visitors,
            only_with: Some(SettingKey::HEADERS_PUBLIC_KEY_PINS),
        }
        /// The pins hold for every subdomain too.
        public_key_pins_subdomains: bool = false, "Public-Key-Pins: subdomains too" {
            weaker: Weaker::Neither,
            active: true,
            deprecated: Some("See Public-Key-Pins."),
        } about {
            more: "Sends includeSubDomains.",
            seed: "1.47",
            standards: &["RFC 7469 §2.1.3"],
            synonyms: &["HPKP"],
            audience: Audience::Visitors,
            only_with: Some(SettingKey::HEADERS_PUBLIC_KEY_PINS),
        }
        /// Violations of the pins are only reported.
        public_key_pins_report_only: bool = true, "Public-Key-Pins: report only" {
            weaker: Weaker::Neither,
            active: true,
            deprecated: Some("See Public-Key-Pins."),
        } about {
            more: "Sends Public-Key-Pins-Report-Only.",
            seed: "1.47",
            standards: &["RFC 7469 §2.1"],
            synonyms: &["HPKP"],
            audience: Audience::Visitors,
            only_with: Some(SettingKey::HEADERS_PUBLIC_KEY_PINS),
        }
        /// Browsers ask that certificates stand in public logs.
        expect_ct: bool = false, "Expect-CT" {
            weaker: Weaker::Neither,
            cosmetic: EXPECT_CT,
            active: true,
            deprecated: Some("Browsers have removed Expect-CT, since they ask the same of every certificate (RFC 9163 is historic)."),
        } about {
            more: "Sent over HTTPS only.",
            seed: "1.53",
            standards: &["RFC 9163"],
            synonyms: &["certificate transparency"],
            audience: Audience::Visitors,
        }
        /// How long browsers remember it.
        expect_ct_max_age: Days = Days(1), "Expect-CT: remembered for" {
            weaker: Weaker::Neither,
            cosmetic: EXPECT_CT,
            bounds: MAX_AGE,
            active: true,
            deprecated: Some("See Expect-CT."),
        } about {
            more: "Counted anew with each visit.",
            seed: "1.53",
            standards: &["RFC 9163 §2.1.3"],
            synonyms: &["certificate transparency", "max-age"],
            audience: Audience::Visitors,
            only_with: Some(SettingKey::HEADERS_EXPECT_CT),
        }
        /// Connections that break it are refused, not only reported.
        expect_ct_enforce: bool = false, "Expect-CT: enforce" {
            weaker: Weaker::Neither,
            cosmetic: EXPECT_CT,
            active: true,
            deprecated: Some("See Expect-CT."),
        } about {
            more: "Sends enforce.",
            seed: "1.53",
            standards: &["RFC 9163 §2.1.2"],
            synonyms: &["certificate transparency"],
            audience: Audience::Visitors,
            only_with: Some(SettingKey::HEADERS_EXPECT_CT),
        }
        /// Where browsers report connections that break it.
        expect_ct_report_uri: HttpsUrl = HttpsUrl::default(), "Expect-CT: report to" {
            weaker: Weaker::Neither,
            cosmetic: EXPECT_CT,
            bounds: Some(Bounds { min: 0, max: 200 }),
            active: true,
            deprecated: Some("See Expect-CT."),
        } about {
            more: "An address that begins with https://. Leave it empty for no reports.",
            seed: "1.53",
            standards: &["RFC 9163 §2.1.1"],
            synonyms: &["certificate transparency", "report-uri"],
            audience: Audience::Visitors,
            only_with: Some(SettingKey::HEADERS_EXPECT_CT),
        }
    }
}
