//! What keeps a session from idling: what a person did. What a page, an application or a browser asks for by itself is
//! none of it, since it goes on while nobody is there.

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A page.
    Page,
    /// The post of a form.
    Form,
    /// A server function that the application calls where somebody clicks or goes somewhere.
    Call,
    /// The REST API; whether it was asked to change something.
    Api {
        /// Whether it was asked to change something.
        changes: bool,
    },
    /// The check of a reverse proxy before another application, where the operator takes it for activity.
    Check,
}

/// What a browser says of a request (Fetch Metadata, W3C), as far as it says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts<'a> {
    /// `Sec-Fetch-Mode`.
    pub mode: Option<&'a str>,
    /// `Sec-Fetch-Dest`.
    pub destination: Option<&'a str>,
    /// Whether it fetches ahead what nobody has asked for yet: `Sec-Purpose`, and what browsers sent before.
    pub ahead: bool,
    /// Whether it opens a connection that stays open: `Upgrade`.
    pub upgrade: bool,
}

/// Whether a request is something that a person did. Where a browser says nothing of it, whoever asks for a page is one.
pub fn is_a_persons(asked: Asked, facts: &Facts<'_>) -> bool {
    if facts.ahead || facts.upgrade || facts.mode == Some("websocket") {
        return false;
    }
    match asked {
        Asked::Page => {
            matches!(facts.mode, None | Some("navigate")) && matches!(facts.destination, None | Some("document"))
        }
        Asked::Form | Asked::Call => true,
        Asked::Api { changes } => changes,
        // Pictures, styles, scripts and frames belong to what was asked for.
        Asked::Check => matches!(facts.destination, None | Some("document" | "empty")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAVIGATION: Facts<'_> =
        Facts { mode: Some("navigate"), destination: Some("document"), ahead: false, upgrade: false };

    fn fetched(destination: &'static str) -> Facts<'static> {
        Facts { mode: Some("no-cors"), destination: Some(destination), ..Facts::default() }
    }

    /// Fails when navigations, forms or clicks end a session that is used.
    #[test]
    fn what_a_person_does_is_activity() {
        let silent = Facts::default();
        for asked in [Asked::Page, Asked::Form, Asked::Call, Asked::Api { changes: true }, Asked::Check] {
            assert!(is_a_persons(asked, &silent), "{asked:?} of a browser that says nothing");
        }
        assert!(is_a_persons(Asked::Page, &NAVIGATION));
        assert!(is_a_persons(Asked::Check, &NAVIGATION));
        let call = Facts { mode: Some("same-origin"), destination: Some("empty"), ..Facts::default() };
        assert!(is_a_persons(Asked::Call, &call) && is_a_persons(Asked::Form, &call));
        assert!(is_a_persons(Asked::Check, &call), "the operator takes what an application fetches for activity");
    }

    /// Fails when something that goes on by itself keeps a session alive.
    #[test]
    fn what_goes_on_by_itself_is_none() {
        for destination in ["image", "style", "script", "font", "iframe", "video", "manifest"] {
            assert!(!is_a_persons(Asked::Page, &fetched(destination)), "{destination}");
            assert!(!is_a_persons(Asked::Check, &fetched(destination)), "{destination}");
        }
        let background = Facts { mode: Some("cors"), destination: Some("empty"), ..Facts::default() };
        assert!(!is_a_persons(Asked::Page, &background), "a script fetches a page");
        assert!(!is_a_persons(Asked::Api { changes: false }, &Facts::default()), "a program reads");
        let sockets = [Facts { mode: Some("websocket"), ..background }, Facts { upgrade: true, ..Facts::default() }];
        for facts in sockets.into_iter().chain([Facts { ahead: true, ..NAVIGATION }]) {
            for asked in [Asked::Page, Asked::Call, Asked::Api { changes: true }, Asked::Check] {
                assert!(!is_a_persons(asked, &facts), "{asked:?} {facts:?}");
            }
        }
    }
}
