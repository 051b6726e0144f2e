//! Why a command failed, and how a command says what it did.
use crate::{config::ConfigError, routes::Untagged};
use domain::platform::vault::KeyProblem;
use policy::Refusal;
use std::{
    fmt,
    io::{self, Write},
    net::SocketAddr,
};

/// Why a command failed, in one line.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The key file can't be used.
    #[error(transparent)]
    Key(#[from] KeyProblem),
    /// The database can't be used.
    #[error("The database can't be used: {0}")]
    Store(#[from] store::Error),
    /// The address is taken, or not one of this machine.
    #[error("Can't listen on {address}: {cause}. Choose another address with --listen or BAILEY_LISTEN.")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        cause: io::Error,
    },
    /// The address of the mail server is none.
    #[error(
        "The SMTP URL in {source_name} can't be used: {cause}. It is like smtp://mail.example.org:587?tls=required."
    )]
    Mail {
        /// Where it stands.
        source_name: String,
        /// What is wrong with it.
        cause: domain::mail::MailerError,
    },
    /// An act was refused.
    #[error("{0}")]
    Act(String),
    /// A route has no area.
    #[error(transparent)]
    Routes(#[from] Untagged),
    /// The system refused something.
    #[error("{what}: {cause}")]
    System {
        /// What was tried.
        what: String,
        /// What the system says.
        cause: io::Error,
    },
}

/// Prints to the standard output. Whoever reads no further, as `head` does, stops nothing that is under way.
///
/// # Errors
/// When it can't be written to, as on a full disk.
pub fn print(text: fmt::Arguments<'_>) -> Result<(), Failure> {
    match io::stdout().lock().write_fmt(text) {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::System { what: "Can't write to the standard output".to_owned(), cause })
        }
        _ => Ok(()),
    }
}

/// Prints a line.
macro_rules! say {
    ($($words:tt)+) => {
        $crate::failure::print(format_args!("{}\n", format_args!($($words)+)))
    };
}

pub(crate) use say;

impl From<domain::Error> for Failure {
    fn from(error: domain::Error) -> Self {
        match error {
            domain::Error::Store(error) => Self::Store(error),
            domain::Error::Invalid(fields) => {
                let words: Vec<_> = fields.into_iter().map(|(name, words)| format!("{name}: {words}")).collect();
                Self::Act(words.join(" "))
            }
            domain::Error::Refused(refusal @ Refusal::ChangeWaiting { .. }) => {
                let ways =
                    "An admin does so at /admin/settings/confirm; `bailey rescue revert` puts it back from here.";
                Self::Act(format!("{} {ways}", refusal.detail()))
            }
            domain::Error::NotFound => Self::Act("No member has this address.".to_owned()),
            other => Self::Act(other.to_string()),
        }
    }
}
