//! Something about their second factors changed, or a recovery code was used.
use crate::mail::letter::{Mail, moment};
use policy::{Timestamp, words};

/// What happened to a member's second factors.
#[derive(Debug, Clone, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum FactorNews {
    /// This one was added: `an authenticator app`.
    #[strum(serialize = "factor-added")]
    Added(String),
    /// This one was removed.
    #[strum(serialize = "factor-removed")]
    Removed(String),
    /// A recovery code was used, and so many are left.
    RecoveryCodeUsed(i64),
    /// The recovery codes were replaced.
    RecoveryCodesReplaced,
    /// Too many wrong codes were typed by somebody who knows the password.
    CodesPaused,
    /// After a hundred wrong ones in a row, codes no longer work.
    CodesDisabled,
    /// A passkey was refused since there may be a copy of it.
    #[strum(serialize = "passkey-copy")]
    CopySuspected(String),
    /// All of them were removed for the member: `an admin`.
    #[strum(serialize = "two-factor-reset")]
    Reset(&'static str),
}

impl FactorNews {
    /// Says it: the subject, the words, and those on the button.
    fn in_words(&self, at: &str) -> (&'static str, String, &'static str) {
        match self {
            Self::Added(what) => {
                ("A way to sign in was added", format!("You added {what} to your account on {at}."), "See your factors")
            }
            Self::Removed(what) => (
                "A way to sign in was removed",
                format!("You removed {what} from your account on {at}. Your other sessions were ended."),
                "See your factors",
            ),
            Self::RecoveryCodeUsed(left) => (
                "A recovery code was used",
                format!("One of your recovery codes was used on {at}. {} left.", words::count(*left, "code")),
                "Make new recovery codes",
            ),
            Self::CodesDisabled => (
                "Codes no longer work for your account",
                format!(
                    "After a hundred wrong codes in a row, until {at}, no code signs you in any more. A passkey does, if you have one, and an admin can reset your two-factor authentication."
                ),
                "See your factors",
            ),
            Self::CodesPaused => (
                "Wrong codes were typed for your account",
                format!(
                    "Too many wrong codes were typed on {at}, so codes are refused for a while. Whoever typed them knows your password."
                ),
                "See your factors",
            ),
            Self::CopySuspected(name) => (
                "A passkey of yours may have been copied",
                format!(
                    "The passkey “{name}” was refused on {at}: it has counted fewer uses than we have. Remove it unless you know why."
                ),
                "See your factors",
            ),
            Self::Reset(by) => (
                "Your second factors were removed",
                format!("On {at}, {by} removed every second factor of your account, and signed you out everywhere."),
                "Set up a second factor",
            ),
            Self::RecoveryCodesReplaced => (
                "Your recovery codes were replaced",
                format!("New recovery codes were made for your account on {at}. The earlier ones no longer work."),
                "See your factors",
            ),
        }
    }
}

/// Tells what happened to them.
pub(crate) fn factor_news(news: &FactorNews, at: Timestamp) -> Mail {
    let (subject, words, button) = news.in_words(&moment(at));
    Mail::new(news.into(), subject, vec![words]).with_button(button, "/profile/two-factor").unless_it_was_you()
}

pub(super) fn samples(now: Timestamp) -> impl Iterator<Item = Mail> {
    let news = [
        FactorNews::Added("an authenticator app".to_owned()),
        FactorNews::Removed("the passkey “Work laptop”".to_owned()),
        FactorNews::RecoveryCodeUsed(7),
        FactorNews::RecoveryCodesReplaced,
        FactorNews::CodesPaused,
        FactorNews::CodesDisabled,
        FactorNews::CopySuspected("Work laptop".to_owned()),
        FactorNews::Reset("an admin"),
    ];
    news.into_iter().map(move |news| factor_news(&news, now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspaces::Profile;

    #[test]
    fn it_says_where_to_change_the_password_and_where_the_factors_are() {
        let mail = factor_news(&FactorNews::CodesPaused, Timestamp(1_800_000_000_000));
        let letter =
            mail.letter(&Profile { name: "Acme".to_owned(), ..Profile::default() }, "https://bailey.example.org");
        let leads_to = |words: &str| letter.links.iter().find(|(said, _)| said == words).map(|(_, page)| page.as_str());
        assert_eq!(leads_to("Change your password"), Some("https://bailey.example.org/profile/password"));
        assert_eq!(leads_to("Your factors"), Some("https://bailey.example.org/profile/two-factor"));
    }
}
