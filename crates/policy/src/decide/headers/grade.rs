//! How well the headers protect, with reasons.
use crate::{SettingKey, catalogue::Headers, value::Value};

/// A grade from A to F, and what stands in the way of a better one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// The letter.
    pub letter: char,
    /// What would be better, the weightiest first.
    pub reasons: Vec<&'static str>,
}

/// Half a year in days: below this, browsers forget between visits.
const HALF_A_YEAR: &str = "180";

/// Grades the headers that pages have under these settings.
pub fn grade(settings: &Headers) -> Grade {
    // Each setting with the value below which it costs, as its declaration says which of two is weaker.
    let below = |key: SettingKey, least: &str, now: String| {
        key.setting().is_some_and(|setting| setting.weaker.weakens(least, &now))
    };
    let findings = [
        (
            below(SettingKey::HEADERS_CSP_MODE, "enforce", settings.csp_mode.print()),
            3,
            "The content security policy is not enforced.",
        ),
        (below(SettingKey::HEADERS_HSTS, "true", settings.hsts.print()), 2, "Browsers are not told to use HTTPS only."),
        (
            settings.hsts && below(SettingKey::HEADERS_HSTS_MAX_AGE, HALF_A_YEAR, settings.hsts_max_age.print()),
            1,
            "HTTPS only is forgotten after less than half a year.",
        ),
        (
            below(SettingKey::HEADERS_CONTENT_TYPE_OPTIONS, "true", settings.content_type_options.print()),
            1,
            "Browsers may take a file for something else than the server says.",
        ),
        (
            below(SettingKey::HEADERS_REFERRER_POLICY, "origin-when-cross-origin", settings.referrer_policy.print()),
            1,
            "Whole addresses are told to other sites.",
        ),
        (
            below(SettingKey::HEADERS_COOP, "same-origin-allow-popups", settings.coop.print()),
            1,
            "Windows of other sites stay connected.",
        ),
        (
            below(SettingKey::HEADERS_CORP, "same-site", settings.corp.print()),
            1,
            "Other sites may load what Bailey serves.",
        ),
        (settings.permissions_policy.is_empty(), 1, "Pages may use every feature of the device."),
        (
            below(SettingKey::HEADERS_XSS_PROTECTION, "off", settings.xss_protection.print()),
            1,
            "A filter that can be turned against a page is on.",
        ),
    ];
    let found = findings.into_iter().filter(|(found, ..)| *found);
    let (lost, reasons) = found.fold((0, Vec::new()), |(lost, mut reasons), (_, points, words)| {
        reasons.push(words);
        (lost + points, reasons)
    });
    let letter = match lost {
        0 => 'A',
        1 => 'B',
        2 => 'C',
        3 => 'D',
        4 => 'E',
        _ => 'F',
    };
    Grade { letter, reasons }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Coop, Corp, Days, Mode, ReferrerPolicy, XssProtection};

    #[test]
    fn what_costs_is_what_is_weaker_than_the_least_that_is_good() {
        let costs = |change: fn(&mut Headers)| {
            let mut settings = Headers::default();
            change(&mut settings);
            !grade(&settings).reasons.is_empty()
        };
        assert!(costs(|h| h.referrer_policy = ReferrerPolicy::NoReferrerWhenDowngrade));
        assert!(costs(|h| h.referrer_policy = ReferrerPolicy::UnsafeUrl));
        assert!(!costs(|h| h.referrer_policy = ReferrerPolicy::OriginWhenCrossOrigin));
        assert!(costs(|h| h.coop = Coop::UnsafeNone) && costs(|h| h.coop = Coop::Off));
        assert!(!costs(|h| h.coop = Coop::SameOriginAllowPopups) && !costs(|h| h.coop = Coop::NoopenerAllowPopups));
        assert!(
            costs(|h| h.corp = Corp::CrossOrigin)
                && costs(|h| h.corp = Corp::Off)
                && !costs(|h| h.corp = Corp::SameSite)
        );
        assert!(
            costs(|h| h.xss_protection = XssProtection::Block) && !costs(|h| h.xss_protection = XssProtection::Off)
        );
        assert!(costs(|h| h.hsts_max_age = Days(179)) && !costs(|h| h.hsts_max_age = Days(180)));
    }

    #[test]
    fn the_defaults_are_the_best_grade_and_each_fault_costs() {
        assert_eq!(grade(&Headers::default()), Grade { letter: 'A', reasons: vec![] });
        let mut settings = Headers { content_type_options: false, ..Headers::default() };
        assert_eq!(grade(&settings).letter, 'B');
        settings.csp_mode = Mode::ReportOnly;
        assert_eq!(grade(&settings).letter, 'E');
        assert_eq!(grade(&settings).reasons[0], "The content security policy is not enforced.");
        settings.hsts = false;
        assert_eq!(grade(&settings).letter, 'F');
    }
}
