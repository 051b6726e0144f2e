//! What each command does: it says so in one line, and fails with one.
mod admin;
mod doctor;
mod key;
pub mod open;
mod policy;
mod rescue;

use crate::{
    cli::{Cli, Command},
    config::{Config, ConfigError},
    front_end::{File, FrontEnd},
    routes::Untagged,
    serve,
};
use ::policy::Refusal;
use domain::vault::KeyProblem;
use std::{
    fmt,
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
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
    #[error("BAILEY_SMTP_URL can't be used: {cause}. It is like smtp://mail.example.org:587?tls=required.")]
    Mail {
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
        $crate::commands::print(format_args!("{}\n", format_args!($($words)+)))
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

/// Runs a command with the front-end that is part of the program, and returns its exit code.
///
/// # Errors
/// Says in one line why it failed.
pub async fn run(cli: Cli, files: &'static [File]) -> Result<ExitCode, Failure> {
    let config = Config::from_process(&cli.overrides)?;
    let front_end = FrontEnd::new(config.site_root.as_deref(), files);
    let done = match cli.command {
        Command::Policy(command) => return policy::run(&config, command).await,
        Command::Serve => serve::serve(config, front_end).await,
        Command::Migrate => migrate(&config).await,
        Command::Admin(command) => admin::run(&config, command).await,
        Command::Rescue(command) => rescue::run(&config, command).await,
        Command::Key(command) => key::run(&config, command).await,
        Command::Doctor => doctor::run(&config, &front_end).await,
    };
    done.map(|()| ExitCode::SUCCESS)
}

async fn migrate(config: &Config) -> Result<(), Failure> {
    let store = open::store(config).await?;
    say!("The {} database is up to date.", store.engine())?;
    store.close().await;
    Ok(())
}
