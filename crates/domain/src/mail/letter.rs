//! A mail as it is written: each stands in a file of its own, and the words are the same for the plain and the HTML
//! part.
use crate::workspaces::Profile;
use jiff::tz::TimeZone;
use policy::{Timestamp, words};
use serde::{Deserialize, Serialize};

/// A mail to a member, before it is known which workspace sends it: whatever it links to is a path of this site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The stable name of what it is about.
    kind: &'static str,
    letter: Letter,
}

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The subject; never a secret, since lists show it.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// A code to type.
    pub code: Option<String>,
    /// The words on a button, and where it leads.
    pub button: Option<(String, String)>,
    /// What to do if this was not the person themselves.
    pub warning: Option<String>,
    /// Where to do it: words, and the page that they lead to.
    #[serde(default)]
    pub links: Vec<(String, String)>,
    /// Why they get it.
    #[serde(default = "for_safety")]
    pub why: String,
    /// The page by which they get no more such mails, which programs of mail may ask for themselves (RFC 8058); `None` where
    /// they can't be stopped.
    #[serde(default)]
    pub unsubscribe: Option<String>,
}

fn for_safety() -> String {
    "Sent by Bailey, because it concerns the safety of your account.".to_owned()
}

impl Mail {
    /// A mail about something, with a subject and what it says.
    pub(crate) fn new(kind: &'static str, subject: &str, paragraphs: Vec<String>) -> Self {
        let letter = Letter {
            subject: subject.to_owned(),
            paragraphs,
            code: None,
            button: None,
            warning: None,
            links: Vec::new(),
            why: for_safety(),
            unsubscribe: None,
        };
        Self { kind, letter }
    }

    /// Adds a code to type.
    pub(crate) fn with_code(mut self, code: &str) -> Self {
        self.letter.code = Some(code.to_owned());
        self
    }

    /// Adds a button that leads to a page.
    pub(crate) fn with_button(mut self, words: &str, path: &str) -> Self {
        self.letter.button = Some((words.to_owned(), path.to_owned()));
        self
    }

    /// Adds what to do if this was not the person themselves.
    pub(crate) fn with_warning(mut self, words: &str) -> Self {
        self.letter.warning = Some(words.to_owned());
        self
    }

    /// Adds links that lead to pages, and what they are for.
    pub(crate) fn with_links(mut self, words: &str, links: &[(&str, &str)]) -> Self {
        self.letter.links = links.iter().map(|(words, path)| ((*words).to_owned(), (*path).to_owned())).collect();
        self.with_warning(words)
    }

    /// Says why they get it, where that is not the safety of their account.
    pub(crate) fn because(mut self, why: &str) -> Self {
        why.clone_into(&mut self.letter.why);
        self
    }

    /// Adds the page by which they get no more such mails.
    pub(crate) fn stopped_at(mut self, path: &str) -> Self {
        self.letter.unsubscribe = Some(path.to_owned());
        self
    }

    /// Adds what to do if somebody else did it, and where.
    pub(crate) fn unless_it_was_you(mut self) -> Self {
        let page = |words: &str, path: &str| (words.to_owned(), path.to_owned());
        self.letter.links = vec![
            page("Change your password", "/profile/password"),
            page("Your sessions", "/profile/sessions"),
            page("Your factors", "/profile/two-factor"),
        ];
        self.with_warning(
            "If this was not you, change your password now, end your other sessions, look at your factors, and tell an admin.",
        )
    }

    /// The stable name of what it is about.
    pub const fn kind(&self) -> &'static str {
        self.kind
    }

    /// Writes it for a workspace that answers at an origin.
    pub fn letter(&self, workspace: &Profile, origin: &str) -> Letter {
        let at_origin = |(words, path): &(String, String)| (words.clone(), format!("{origin}{path}"));
        let (letter, zone) = (self.letter.clone(), workspace.zone());
        Letter {
            subject: format!("{} · {}", letter.subject, workspace.name),
            paragraphs: letter.paragraphs.iter().map(|words| tell_moments(words, &zone)).collect(),
            button: letter.button.as_ref().map(at_origin),
            warning: letter.warning.map(|words| tell_moments(&words, &zone)),
            links: letter.links.iter().map(at_origin).collect(),
            unsubscribe: letter.unsubscribe.map(|path| format!("{origin}{path}")),
            ..letter
        }
    }
}

/// What an instant stands between in the words of a mail, until it is known which workspace sends it: no text that
/// somebody types holds them (Unicode's marks of an annotation).
const MOMENT: (char, char) = ('\u{fff9}', '\u{fffb}');

/// An instant in the words of a mail.
pub(crate) fn moment(at: Timestamp) -> String {
    let (begin, end) = MOMENT;
    format!("{begin}{}{end}", at.0)
}

/// Words with their instants as a zone tells them: `21 November 2026, 13:05 UTC`.
fn tell_moments(words: &str, zone: &TimeZone) -> String {
    let (begin, end) = MOMENT;
    let mut parts = words.split(begin);
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (millis, rest) = part.split_once(end).unwrap_or(("", part));
        if let Ok(millis) = millis.parse() {
            told.push_str(&tell(Timestamp(millis), zone));
        }
        told.push_str(rest);
    }
    told
}

fn tell(at: Timestamp, zone: &TimeZone) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(
        |_| words::clock(at),
        |instant| instant.to_zoned(zone.clone()).strftime("%-d %B %Y, %H:%M %Z").to_string(),
    )
}

/// Where a request came from, as far as that can be told: ` from the address 203.0.113.7`.
pub(crate) fn from(address: Option<&str>) -> String {
    address.map(|address| format!(" from the address {address}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_told_in_the_zone_of_the_workspace() {
        let words =
            format!("From {} to {}.", moment(Timestamp(1_800_000_000_000)), moment(Timestamp(1_815_000_000_000)));
        let told = |zone: &str| {
            let profile = Profile { time_zone: zone.to_owned(), ..Profile::default() };
            tell_moments(&words, &profile.zone())
        };
        assert_eq!(told("UTC"), "From 15 January 2027, 08:00 UTC to 7 July 2027, 22:40 UTC.");
        assert_eq!(told("Europe/Zurich"), "From 15 January 2027, 09:00 CET to 8 July 2027, 00:40 CEST.");
        assert_eq!(told("Nowhere"), told("UTC"));
        assert_eq!(tell_moments("a\u{fff9}b", &TimeZone::UTC), "ab");
    }
}
