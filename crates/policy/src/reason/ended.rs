//! Why a session is over.
use crate::{SettingKey, decide::quota::SESSIONS, words};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

/// Why a session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(tag = "why", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Ended {
    /// Nothing happened for longer than the idle timeout.
    Idle {
        /// The idle timeout in minutes.
        minutes: u32,
    },
    /// The session reached its lifetime.
    Lifetime {
        /// The lifetime in minutes.
        minutes: u32,
    },
    /// It had reached a limit before that was raised; which, is not stored.
    Lapsed,
    /// The member ended it from another browser.
    ByMember,
    /// The member signed out of it.
    SignedOut,
    /// The member signed in elsewhere, and one session at a time is allowed.
    Elsewhere,
    /// The member's password was changed, or a second factor removed, in another session.
    CredentialsChanged,
    /// It was to outlive the browser, which is no longer allowed.
    #[serde(rename = "not-kept")]
    #[strum(serialize = "not-kept")]
    NotPersistent,
    /// An admin ended every session of the member.
    ByAdmin,
    /// An admin deactivated or banned the member.
    NotActive,
    /// A token of it that was replaced came back while the new one was in use, so somebody has a copy.
    #[serde(rename = "copied")]
    #[strum(serialize = "copied")]
    TokenReplayed,
    /// The member has as many sessions as there may be, and this one was unused for the longest time.
    Crowded,
    /// The operator reset the member's second factors or roles from the server's console.
    ByConsole,
}

impl Ended {
    /// What happened, in plain words.
    pub fn in_words(self) -> String {
        match self {
            Self::Idle { minutes } => format!(
                "You were signed out because nothing happened for {}. Sign in, and you come back to where you were.",
                words::minutes(minutes.into())
            ),
            Self::Lifetime { minutes } => format!(
                "You were signed out because a session lasts {} here. Sign in, and you come back to where you were.",
                words::minutes(minutes.into())
            ),
            Self::Lapsed => {
                "You were signed out because your session had lasted, or nothing had happened in it, for as long as was allowed. Sign in, and you come back to where you were.".to_owned()
            }
            Self::ByMember => "You were signed out because this session was ended from another browser.".to_owned(),
            Self::SignedOut => "You signed out.".to_owned(),
            Self::Elsewhere => "You were signed out because you signed in elsewhere.".to_owned(),
            Self::CredentialsChanged => {
                "You were signed out because your password or a second factor was changed in another browser."
                    .to_owned()
            }
            Self::NotPersistent => {
                "You were signed out because your organisation no longer lets sign-ins outlive the browser.".to_owned()
            }
            Self::ByAdmin => {
                "You were signed out because an admin of this workspace ended your sessions. Sign in again to go on."
                    .to_owned()
            }
            Self::NotActive => "You were signed out because this account is no longer active.".to_owned(),
            Self::TokenReplayed => {
                "You were signed out because the cookie of this session was used in two places. If you did not move it, \
                 somebody has copied it: sign in, and look at your sessions."
                    .to_owned()
            }
            Self::Crowded => format!(
                "You were signed out because you signed in elsewhere, where you have {SESSIONS} sessions already: this one was unused for the longest time."
            ),
            Self::ByConsole => "You were signed out because an operator reset your account.".to_owned(),
        }
    }

    /// What it says to somebody whose session would end so after a save.
    pub(super) fn foretold(self) -> String {
        let why = match self {
            Self::Lifetime { minutes } => {
                format!("a session will last {}, and yours is older", words::minutes(minutes.into()))
            }
            Self::Idle { minutes } => {
                format!("a session will end after {} without activity", words::minutes(minutes.into()))
            }
            Self::NotPersistent => "sessions will no longer outlive the browser, as yours does".to_owned(),
            Self::Lapsed
            | Self::ByMember
            | Self::SignedOut
            | Self::Elsewhere
            | Self::CredentialsChanged
            | Self::ByAdmin
            | Self::NotActive
            | Self::TokenReplayed
            | Self::Crowded
            | Self::ByConsole => "your session will be over".to_owned(),
        };
        format!("You will be signed out: {why}. Sign in again after saving.")
    }

    /// The setting that ended it; `None` where somebody did.
    pub const fn setting(self) -> Option<SettingKey> {
        match self {
            Self::Idle { .. } => Some(SettingKey::SESSIONS_IDLE_TIMEOUT),
            Self::Lifetime { .. } => Some(SettingKey::SESSIONS_LIFETIME),
            Self::Elsewhere => Some(SettingKey::SESSIONS_ALLOW_CONCURRENT),
            Self::NotPersistent => Some(SettingKey::SESSIONS_REMEMBER_ME),
            Self::Lapsed
            | Self::ByMember
            | Self::SignedOut
            | Self::CredentialsChanged
            | Self::ByAdmin
            | Self::NotActive
            | Self::TokenReplayed
            | Self::Crowded
            | Self::ByConsole => None,
        }
    }

    /// The reason that is stored under a name. The two limits are never stored, since they are judged at use.
    pub fn from_name(name: &str) -> Self {
        let stored =
            name.parse::<Self>().ok().filter(|ended| !matches!(ended, Self::Idle { .. } | Self::Lifetime { .. }));
        stored.unwrap_or(Self::SignedOut)
    }

    /// The stable name under which it is stored.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_keeps_the_name_under_which_it_was_ever_stored() {
        for (ended, name) in [
            (Ended::Lapsed, "lapsed"),
            (Ended::ByMember, "by-member"),
            (Ended::SignedOut, "signed-out"),
            (Ended::Elsewhere, "elsewhere"),
            (Ended::CredentialsChanged, "credentials-changed"),
            (Ended::NotPersistent, "not-kept"),
            (Ended::ByAdmin, "by-admin"),
            (Ended::NotActive, "not-active"),
            (Ended::TokenReplayed, "copied"),
            (Ended::Crowded, "crowded"),
            (Ended::ByConsole, "by-console"),
        ] {
            assert_eq!((ended.name(), Ended::from_name(name)), (name, ended));
            assert_eq!(serde_json::to_value(ended).expect("a name")["why"], name);
        }
        for (ended, name) in [(Ended::Idle { minutes: 5 }, "idle"), (Ended::Lifetime { minutes: 5 }, "lifetime")] {
            assert_eq!((ended.name(), Ended::from_name(name)), (name, Ended::SignedOut));
            assert_eq!(serde_json::to_value(ended).expect("a name")["why"], name);
        }
        assert_eq!(Ended::from_name("unheard-of"), Ended::SignedOut);
    }
}
