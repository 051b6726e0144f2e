//! Which page is measured by others, under which ID, and whether whoever looks has to agree first. Where pages may be
//! measured at all is in the site map: never where people prove who they are, on their profile, or in the admin panel.
use crate::{Settings, value::MeasurementId};

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageOf<'a> {
    /// A community's: what it says in place of the workspace, where it says something.
    Community(Option<&'a MeasurementId>),
    /// The workspace's: what the communities of whoever looks say, those that say something.
    Workspace(&'a [MeasurementId]),
}

/// What a browser was told about being measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Consent {
    /// Nothing so far.
    #[default]
    Unasked,
    /// Yes.
    Given,
    /// No.
    Refused,
}

/// What a page does about being measured.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Measuring {
    /// Nothing.
    #[default]
    Off,
    /// It asks.
    Asks,
    /// It is measured under this ID.
    On(MeasurementId),
}

/// Returns the ID under which a page is measured; `None` where it is not. A community decides about its own pages.
/// Elsewhere the strictest wins: one community that wants nothing measured keeps its members from being measured.
pub fn measured<'a>(settings: &'a Settings, page: PageOf<'a>) -> Option<&'a MeasurementId> {
    let workspace = &settings.analytics.google;
    let id = match page {
        PageOf::Community(own) => own.unwrap_or(workspace),
        PageOf::Workspace(theirs) if theirs.iter().any(MeasurementId::is_empty) => return None,
        PageOf::Workspace(_) => workspace,
    };
    Some(id).filter(|id| !id.is_empty())
}

/// Whether a page is measured, asks, or does neither. Who has said no is not measured, whatever is asked for.
pub fn measuring(settings: &Settings, page: PageOf<'_>, consent: Consent) -> Measuring {
    match (measured(settings, page), consent) {
        (None, _) | (_, Consent::Refused) => Measuring::Off,
        (Some(_), Consent::Unasked) if settings.analytics.consent => Measuring::Asks,
        (Some(id), Consent::Unasked | Consent::Given) => Measuring::On(id.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    fn id(text: &str) -> MeasurementId {
        MeasurementId::parse(text, None).expect("an ID, or nothing")
    }

    fn under(google: &str, consent: bool) -> Settings {
        let mut settings = Settings::default();
        settings.analytics.google = id(google);
        settings.analytics.consent = consent;
        settings
    }

    #[test]
    fn nothing_is_measured_by_default_and_nobody_is_asked() {
        for consent in [Consent::Unasked, Consent::Given, Consent::Refused] {
            assert_eq!(measuring(&Settings::default(), PageOf::Workspace(&[]), consent), Measuring::Off);
        }
    }

    #[test]
    fn a_page_waits_for_consent_where_that_is_asked_for_and_a_no_always_holds() {
        let page = PageOf::Workspace(&[]);
        let on = Measuring::On(id("G-WORK1"));
        for (asks, consent, wanted) in [
            (true, Consent::Unasked, Measuring::Asks),
            (true, Consent::Given, on.clone()),
            (true, Consent::Refused, Measuring::Off),
            (false, Consent::Unasked, on.clone()),
            (false, Consent::Given, on),
            (false, Consent::Refused, Measuring::Off),
        ] {
            assert_eq!(measuring(&under("G-WORK1", asks), page, consent), wanted, "{asks} {consent:?}");
        }
    }

    #[test]
    fn a_community_decides_about_its_own_pages() {
        let (on, off) = (under("G-WORK1", true), under("", true));
        assert_eq!(measured(&on, PageOf::Community(None)), Some(&id("G-WORK1")), "it says nothing");
        assert_eq!(measured(&on, PageOf::Community(Some(&id("G-TEAM1")))), Some(&id("G-TEAM1")));
        assert_eq!(measured(&on, PageOf::Community(Some(&id("")))), None);
        assert_eq!(measured(&off, PageOf::Community(None)), None);
        assert_eq!(measured(&off, PageOf::Community(Some(&id("G-TEAM1")))), Some(&id("G-TEAM1")));
    }

    #[test]
    fn elsewhere_the_strictest_wins() {
        let (on, off) = (under("G-WORK1", true), under("", true));
        assert_eq!(measured(&on, PageOf::Workspace(&[id("G-TEAM1")])), Some(&id("G-WORK1")), "never theirs");
        assert_eq!(measured(&on, PageOf::Workspace(&[id("G-TEAM1"), id("")])), None);
        assert_eq!(measured(&off, PageOf::Workspace(&[id("G-TEAM1")])), None);
    }
}
