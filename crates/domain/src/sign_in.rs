//! Signing in: the password, and what completes a sign-in whichever way it went.
mod again;
pub mod captcha;
mod complete;
mod factors;
mod first_step;
pub mod known_browsers;
mod lookup;
mod pending;
mod refused;

pub(crate) use factors::factors_of;
pub(crate) use lookup::SignInLookup;
pub(crate) use pending::Choices;
pub use pending::{PendingSignIn, WaitingHelp};

use crate::Token;
use secrecy::SecretString;

/// What a sign-in that is complete hands out.
#[derive(Debug, Clone)]
pub struct SignInDone {
    /// The token of the new session.
    pub session: Token,
    /// The new token of this browser, where it is trusted from now on.
    pub browser: Option<Token>,
}

/// Where a sign-in stands after its first step.
#[derive(Debug, Clone)]
pub enum Progress {
    /// Signed in.
    SignedIn(SignInDone),
    /// The second step is still to come: the token that stands for this sign-in meanwhile.
    SecondStep(Token),
}

/// What somebody brings to sign in.
#[derive(Debug)]
pub struct Credentials<'a> {
    /// The address as typed.
    pub email: &'a str,
    /// The password.
    pub password: SecretString,
    /// The answer to a captcha; empty where none was asked for.
    pub captcha: &'a str,
}

/// What somebody wants of a sign-in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Where they want to go.
    pub next: Option<String>,
    /// Whether the session is to outlive the browser.
    pub stay: bool,
}

/// How somebody proved who they are, as the audit log tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    Password,
    PasswordOnTrustedBrowser,
    PasswordAndCode,
    PasswordAndEmailedCode,
    PasswordAndEmailedLink,
    PasswordAndRecoveryCode,
    PasswordAndPasskey,
    Passkey,
    Link,
}

impl Proof {
    /// Whether the person themselves proved it just now, not a browser that they trusted once.
    pub(super) const fn is_fresh(self) -> bool {
        !matches!(self, Self::PasswordOnTrustedBrowser)
    }

    /// Whether a second factor was used.
    pub(super) const fn passed_second_step(self) -> bool {
        match self {
            Self::Password | Self::PasswordOnTrustedBrowser | Self::Link => false,
            Self::PasswordAndCode
            | Self::PasswordAndEmailedCode
            | Self::PasswordAndEmailedLink
            | Self::PasswordAndRecoveryCode
            | Self::PasswordAndPasskey
            | Self::Passkey => true,
        }
    }

    pub(super) const fn in_words(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::PasswordOnTrustedBrowser => "password on a trusted browser",
            Self::PasswordAndCode => "password and authenticator app",
            Self::PasswordAndEmailedCode => "password and e-mailed code",
            Self::PasswordAndEmailedLink => "password and e-mailed link",
            Self::PasswordAndRecoveryCode => "password and recovery code",
            Self::PasswordAndPasskey => "password and passkey",
            Self::Passkey => "passkey",
            Self::Link => "sign-in link from the console",
        }
    }
}
