//! The headers of a page have to fit through a proxy: one that refuses them refuses every page.
use super::conflict;
use crate::{SettingKey, Settings, Violation, decide::headers, value::Value};

/// As many pins as a site has use for: the keys of today and tomorrow, and of the authorities above them.
const MOST_PINS: usize = 10;
/// As many bytes as all headers together may take: proxies keep 4 KiB for them by default, and other headers are there.
const MOST_HEADER_BYTES: usize = 3 * 1_024;

/// What makes the headers of a page larger than proxies take. No part of reading the values, so that what was stored
/// before there was a limit can still be read.
pub(super) fn violations(settings: &Settings) -> Vec<Violation> {
    let headers = &settings.headers;
    if headers.public_key_pins.iter().count() > MOST_PINS {
        return vec![conflict(SettingKey::HEADERS_PUBLIC_KEY_PINS, "At most 10 pins.")];
    }
    if headers::size(headers) <= MOST_HEADER_BYTES {
        return Vec::new();
    }
    // The longest of what was typed is what can be shortened.
    let typed = [
        (headers.csp.print().len(), SettingKey::HEADERS_CSP),
        (headers.permissions_policy.print().len(), SettingKey::HEADERS_PERMISSIONS_POLICY),
        (headers.public_key_pins.print().len(), SettingKey::HEADERS_PUBLIC_KEY_PINS),
    ];
    let longest = typed.into_iter().max_by_key(|(length, _)| *length);
    let words = "With this, the headers of a page take more than 3 KiB together. A proxy may refuse such an answer, so that nobody reaches any page: shorten it.";
    longest.map(|(_, key)| conflict(key, words)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{CspPolicy, Mode, Pins};

    fn refused(change: impl Fn(&mut Settings)) -> Vec<&'static str> {
        let mut settings = Settings::default();
        change(&mut settings);
        violations(&settings).iter().map(|v| v.key).collect()
    }

    /// Fails when `violations` no longer counts the bytes or the pins, or counts what is not sent.
    #[test]
    fn headers_that_a_proxy_may_refuse_are_refused_beside_the_longest_field() {
        let pinned = |count: usize| {
            move |s: &mut Settings| {
                let typed: Vec<_> = (0..count).map(|n| format!("{n:042}A=")).collect();
                s.headers.public_key_pins = Pins::parse(&typed.join(" "), None).expect("pins");
            }
        };
        assert!(refused(pinned(10)).is_empty());
        assert_eq!(refused(pinned(11)), ["headers.public_key_pins"]);
        let long = |s: &mut Settings| {
            let typed: Vec<_> = (0..90).map(|n| format!("https://i{n:03}.example.org")).collect();
            s.headers.csp = CspPolicy::parse(&format!("img-src {}", typed.join(" ")), None).expect("a policy");
        };
        assert_eq!(refused(long), ["headers.csp"]);
        let off = |s: &mut Settings| {
            long(s);
            s.headers.csp_mode = Mode::Off;
        };
        assert!(refused(off).is_empty(), "what is not sent is not counted");
    }
}
