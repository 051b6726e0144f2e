//! What Bailey writes to people: every mail there is, in words.
use super::factor_news::FactorNews;
use jiff::tz::TimeZone;
use policy::{SettingKey, Timestamp, words};
use serde::{Deserialize, Serialize};

/// A mail to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mail {
    /// They signed in from a browser that was never seen before.
    NewBrowser {
        /// The browser and the system: `Firefox on Linux`.
        browser: String,
        /// The address, where it can be told.
        address: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// A session of theirs was ended, since somebody has a copy of its token.
    SessionCopied {
        /// The browser and the system of the session: `Firefox on Linux`.
        browser: String,
        /// The address that brought the copy, where it can be told.
        address: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// They are a super-admin, and somebody else became one through the list.
    Promoted {
        /// Whose address it is.
        who: String,
        /// When.
        at: Timestamp,
    },
    /// Their password was changed.
    PasswordChanged {
        /// The address from which it was, where it can be told.
        address: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// Something about their second factors changed, or a recovery code was used.
    Factors {
        /// What.
        news: FactorNews,
        /// When.
        at: Timestamp,
    },
    /// Their account is locked after too many wrong passwords.
    Locked {
        /// Until when.
        until: Timestamp,
        /// The address of a page that lifts the lock.
        link: String,
        /// Until when the link works; `None` where it does not lapse.
        link_until: Option<Timestamp>,
    },
    /// A link by which the holder of an address confirms a claim to its account.
    Claim {
        /// The address of the page.
        link: String,
        /// Until when the link works; `None` where it does not lapse.
        link_until: Option<Timestamp>,
    },
    /// A link by which a member confirms that the address is theirs.
    ConfirmAddress {
        /// The address of the page.
        link: String,
        /// Until when the link works; `None` where it does not lapse.
        link_until: Option<Timestamp>,
    },
    /// A link to choose a new password.
    PasswordReset {
        /// The address of the page that leads there.
        link: String,
        /// Until when the link works; `None` where it does not lapse.
        link_until: Option<Timestamp>,
        /// Whether an admin sends it, or somebody asked for it.
        by_admin: bool,
    },
    /// Somebody shared an idea with them.
    IdeaShared {
        /// Who, by name.
        by: String,
        /// The idea's title.
        title: String,
        /// The address of the page that leads there.
        link: String,
        /// Until when the link works; `None` where it does not lapse.
        link_until: Option<Timestamp>,
    },
    /// A code for the second step.
    SignInCode {
        /// The code.
        code: String,
        /// How long it can be used, in seconds.
        lasts: u32,
    },
    /// A mail that an admin sends to themselves.
    Test {
        /// When it was asked for.
        at: Timestamp,
    },
}

/// A mail as it is written: the same words for the plain and the HTML part.
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
}

fn for_safety() -> String {
    "Sent by Bailey, because it concerns the safety of your account.".to_owned()
}

/// An instant as mail tells it: `21 November 2026, 13:05 UTC`.
fn moment(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(
        |_| words::clock(at),
        |instant| instant.to_zoned(TimeZone::UTC).strftime("%-d %B %Y, %H:%M UTC").to_string(),
    )
}

fn from(address: Option<&String>) -> String {
    address.map(|address| format!(" from the address {address}")).unwrap_or_default()
}

impl Mail {
    /// The stable name of what it is about.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NewBrowser { .. } => "new-browser",
            Self::SessionCopied { .. } => "session-copied",
            Self::Promoted { .. } => "promoted",
            Self::PasswordChanged { .. } => "password-changed",
            Self::Factors { news, .. } => news.kind(),
            Self::Locked { .. } => "locked",
            Self::Claim { .. } => "claim",
            Self::ConfirmAddress { .. } => "confirm-address",
            Self::PasswordReset { .. } => "password-reset",
            Self::IdeaShared { .. } => "idea-shared",
            Self::SignInCode { .. } => "sign-in-code",
            Self::Test { .. } => "test",
        }
    }

    /// Writes it for a workspace.
    pub fn letter(&self, workspace: &str, origin: &str) -> Letter {
        let letter = self.words(origin);
        Letter { subject: format!("{} · {workspace}", letter.subject), ..letter }
    }

    fn words(&self, origin: &str) -> Letter {
        match self {
            Self::Factors { news, at } => {
                let (subject, words, button) = news.in_words(&moment(*at));
                let button = Some((button.to_owned(), format!("{origin}/profile/two-factor")));
                Letter { button, ..not_you(origin, said(subject, vec![words])) }
            }
            Self::NewBrowser { browser, address, at } => Letter {
                button: Some(("See your sessions".to_owned(), format!("{origin}/profile/sessions"))),
                ..not_you(
                    origin,
                    said(
                        "You signed in from a new browser",
                        vec![format!(
                            "Somebody signed in to your account with {browser}{} on {}. We have not seen this browser before.",
                            from(address.as_ref()),
                            moment(*at)
                        )],
                    ),
                )
            },
            Self::SessionCopied { browser, address, at } => Letter {
                button: Some(("See your sessions".to_owned(), format!("{origin}/profile/sessions"))),
                ..not_you(
                    origin,
                    said(
                        "We ended a session that somebody may have copied",
                        vec![
                            format!(
                                "On {}, a cookie of your session in {browser} was used{} although a newer one had taken its place. So somebody may have copied it, and we ended the session for both.",
                                moment(*at),
                                from(address.as_ref())
                            ),
                            "It is harmless where you restored a backup of your browser or moved it to another computer. Otherwise look for programs and extensions that you do not know.".to_owned(),
                        ],
                    ),
                )
            },
            Self::Promoted { who, at } => Letter {
                warning: Some("If nobody should have put this address on the list, take the role back at once.".to_owned()),
                button: Some((
                    "See the list".to_owned(),
                    format!("{origin}/admin/settings#{}", SettingKey::MEMBERS_SUPER_ADMIN_EMAILS.as_str()),
                )),
                ..said(
                    "Somebody became super-admin",
                    vec![format!(
                        "{who} signed in on {} and became a super-admin, since the address is on the list of super-admin e-mail addresses.",
                        moment(*at)
                    )],
                )
            },
            Self::PasswordChanged { address, at } => Letter {
                warning: Some(
                    "If this was not you, ask an admin at once to reset your password: somebody else may have it."
                        .to_owned(),
                ),
                ..said(
                    "Your password was changed",
                    vec![format!(
                        "Your password was changed on {}{}. Your other sessions were ended.",
                        moment(*at),
                        from(address.as_ref())
                    )],
                )
            },
            Self::Locked { until, link, link_until } => locked(*until, link, *link_until),
            Self::Claim { link, link_until } => claim(link, *link_until),
            Self::ConfirmAddress { link, link_until } => confirm(link, *link_until),
            Self::PasswordReset { link, link_until, by_admin } => reset(link, *link_until, *by_admin),
            Self::IdeaShared { by, title, link, link_until } => shared(by, title, link, *link_until),
            Self::SignInCode { code, lasts } => Letter {
                code: Some(code.clone()),
                warning: Some(
                    "If you are not signing in just now, somebody knows your password: change it. Never tell this code to anybody."
                        .to_owned(),
                ),
                ..said(
                    "Your code for signing in",
                    vec![format!(
                        "Type this code on the page where you are signing in. It works once, and for {}.",
                        words::about_seconds((*lasts).into())
                    )],
                )
            },
            Self::Test { at } => Letter {
                why: "Sent by Bailey, because you wanted to know whether its mail arrives.".to_owned(),
                ..said("A test mail", vec![format!("You asked for this mail on {}. Bailey can send mail.", moment(*at))])
            },
        }
    }
}

fn said(subject: &str, paragraphs: Vec<String>) -> Letter {
    let (code, button, warning, links) = (None, None, None, Vec::new());
    Letter { subject: subject.to_owned(), paragraphs, code, button, warning, links, why: for_safety() }
}

/// Adds what to do if somebody else did it, and where.
fn not_you(origin: &str, letter: Letter) -> Letter {
    let page = |words: &str, path: &str| (words.to_owned(), format!("{origin}/profile/{path}"));
    Letter {
        warning: Some(
            "If this was not you, change your password now, end your other sessions, look at your factors, and tell an admin."
                .to_owned(),
        ),
        links: vec![
            page("Change your password", "password"),
            page("Your sessions", "sessions"),
            page("Your factors", "two-factor"),
        ],
        ..letter
    }
}

/// What the link of a mail does, how often, and how long. The plain part has no button, so the words name none.
fn works_once(what: &str, until: Option<Timestamp>) -> String {
    until.map_or_else(|| format!("{what} It works once."), |at| format!("{what} It works once, until {}.", moment(at)))
}

fn locked(until: Timestamp, link: &str, link_until: Option<Timestamp>) -> Letter {
    let until = moment(until);
    Letter {
        button: Some(("It was me: unlock".to_owned(), link.to_owned())),
        warning: Some(
            "If it was not you, you need not do anything: nobody got in, and browsers that you have used before still work."
                .to_owned(),
        ),
        ..said(
            "Signing in is locked for a while",
            vec![
                format!("There were too many wrong passwords for your account, so signing in is locked until {until}."),
                works_once("With the link below you can unlock it earlier.", link_until),
            ],
        )
    }
}

fn claim(link: &str, link_until: Option<Timestamp>) -> Letter {
    let works = works_once("The link below confirms that it was you, and lets you choose a password.", link_until);
    Letter {
        button: Some(("It was me: claim it".to_owned(), link.to_owned())),
        warning: Some("If it was not you, do nothing: nobody gets the account without this link.".to_owned()),
        ..said(
            "Somebody claims your account",
            vec!["Somebody says that the account with your address is theirs.".to_owned(), works],
        )
    }
}

fn confirm(link: &str, link_until: Option<Timestamp>) -> Letter {
    let first = "You wanted to sign in, and your address is not confirmed yet.".to_owned();
    Letter {
        button: Some(("Confirm my address".to_owned(), link.to_owned())),
        warning: Some("If you have no account with us, do nothing.".to_owned()),
        ..said("Confirm your address", vec![first, works_once("The link below confirms it.", link_until)])
    }
}

fn reset(link: &str, link_until: Option<Timestamp>, by_admin: bool) -> Letter {
    let first = if by_admin {
        "An admin of your workspace asks you to choose a new password."
    } else {
        "Somebody, we hope you, asked for a new password for your account."
    };
    let works = works_once("The link below leads to the page where you choose it.", link_until);
    let warning = "If you did not ask for it, do nothing: your password stays as it is.";
    Letter {
        button: Some(("Choose a new password".to_owned(), link.to_owned())),
        warning: (!by_admin).then(|| warning.to_owned()),
        ..said("Choose a new password", vec![first.to_owned(), works])
    }
}

fn shared(by: &str, title: &str, link: &str, link_until: Option<Timestamp>) -> Letter {
    let works = match link_until {
        Some(at) => format!("The link below leads to it, until {}. You may have to sign in first.", moment(at)),
        None => "The link below leads to it. You may have to sign in first.".to_owned(),
    };
    Letter {
        button: Some(("See the idea".to_owned(), link.to_owned())),
        why: "Sent by Bailey, because somebody in your workspace wanted you to know.".to_owned(),
        ..said("An idea was shared with you", vec![format!("{by} shared the idea “{title}” with you."), works])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_subject_holds_a_secret_and_each_kind_has_its_sample() {
        let samples = Mail::samples("https://bailey.example.org", Timestamp(1_800_000_000_000));
        let mut kinds: Vec<_> = samples.iter().map(Mail::kind).collect();
        kinds.dedup();
        assert_eq!(kinds.len(), samples.len());
        for mail in samples {
            let letter = mail.letter("Acme", "https://bailey.example.org");
            assert!(letter.subject.ends_with(" · Acme") && !letter.subject.contains("1234"), "{}", letter.subject);
            assert!(!letter.paragraphs.is_empty());
            let said = letter.paragraphs.iter().chain(&letter.warning).cloned().collect::<Vec<_>>().join(" ");
            assert!(!said.contains("button") && !said.contains("https://"), "the plain part has no button: {said}");
        }
    }

    #[test]
    fn a_mail_about_factors_says_where_to_change_the_password_and_where_the_factors_are() {
        let mail = Mail::Factors { news: FactorNews::CodesPaused, at: Timestamp(1_800_000_000_000) };
        let letter = mail.letter("Acme", "https://bailey.example.org");
        let leads_to = |words: &str| letter.links.iter().find(|(said, _)| said == words).map(|(_, page)| page.as_str());
        assert_eq!(leads_to("Change your password"), Some("https://bailey.example.org/profile/password"));
        assert_eq!(leads_to("Your factors"), Some("https://bailey.example.org/profile/two-factor"));
    }

    #[test]
    fn a_test_mail_does_not_say_that_the_account_is_at_stake() {
        let why = Mail::Test { at: Timestamp(1_800_000_000_000) }.letter("Acme", "https://bailey.example.org").why;
        assert!(!why.contains("safety"), "{why}");
    }

    #[test]
    fn an_instant_is_told_in_utc() {
        assert_eq!(moment(Timestamp(1_800_000_000_000)), "15 January 2027, 08:00 UTC");
    }
}
