//! Why a session is over.
use crate::words;
use serde::{Deserialize, Serialize};

/// Why a session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
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
    /// The member ended it from another browser.
    ByMember,
    /// The member signed out of it.
    SignedOut,
    /// The member signed in elsewhere, and one session at a time is allowed.
    Elsewhere,
    /// The member's password was changed, or a second factor removed, in another session.
    CredentialsChanged,
    /// It was to outlive the browser, which is no longer allowed.
    NotPersistent,
    /// An admin ended every session of the member.
    ByAdmin,
    /// An admin deactivated or banned the member.
    NotActive,
    /// A token of it that was replaced came back while the new one was in use, so somebody has a copy.
    TokenReplayed,
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
            Self::ByConsole => "You were signed out because an operator reset your account.".to_owned(),
        }
    }

    /// The reason that is stored under a name. The two limits are never stored, since they are judged at use.
    pub fn named(name: &str) -> Self {
        let stored = [
            Self::ByMember,
            Self::Elsewhere,
            Self::CredentialsChanged,
            Self::ByAdmin,
            Self::NotActive,
            Self::TokenReplayed,
            Self::ByConsole,
        ];
        stored.into_iter().find(|ended| ended.name() == name).unwrap_or(Self::SignedOut)
    }

    /// The stable name under which it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Idle { .. } => "idle",
            Self::Lifetime { .. } => "lifetime",
            Self::ByMember => "by-member",
            Self::SignedOut => "signed-out",
            Self::Elsewhere => "elsewhere",
            Self::CredentialsChanged => "credentials-changed",
            Self::NotPersistent => "not-kept",
            Self::ByAdmin => "by-admin",
            Self::NotActive => "not-active",
            Self::TokenReplayed => "copied",
            Self::ByConsole => "by-console",
        }
    }
}
