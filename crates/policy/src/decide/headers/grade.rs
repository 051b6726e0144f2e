//! How well the headers protect, with reasons.
use crate::{
    catalogue::Headers,
    value::{Coop, Corp, Mode, ReferrerPolicy, XssProtection},
};

/// A grade from A to F, and what stands in the way of a better one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// The letter.
    pub letter: char,
    /// What would be better, the weightiest first.
    pub reasons: Vec<&'static str>,
}

/// Half a year: below this, browsers forget between visits.
const SHORT_DAYS: u32 = 180;

/// Grades the headers that pages have under these settings.
pub fn grade(settings: &Headers) -> Grade {
    let open_referrer =
        matches!(settings.referrer_policy, ReferrerPolicy::UnsafeUrl | ReferrerPolicy::NoReferrerWhenDowngrade);
    let filter_on = matches!(settings.xss_protection, XssProtection::One | XssProtection::Block);
    let findings = [
        (settings.csp_mode != Mode::Enforce, 3, "The content security policy is not enforced."),
        (!settings.hsts, 2, "Browsers are not told to use HTTPS only."),
        (
            settings.hsts && settings.hsts_max_age.0 < SHORT_DAYS,
            1,
            "HTTPS only is forgotten after less than half a year.",
        ),
        (!settings.content_type_options, 1, "Browsers may take a file for something else than the server says."),
        (open_referrer, 1, "Whole addresses are told to other sites."),
        (matches!(settings.coop, Coop::Off | Coop::UnsafeNone), 1, "Windows of other sites stay connected."),
        (matches!(settings.corp, Corp::Off | Corp::CrossOrigin), 1, "Other sites may load what Bailey serves."),
        (settings.permissions_policy.is_empty(), 1, "Pages may use every feature of the device."),
        (filter_on, 1, "A filter that can be turned against a page is on."),
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
