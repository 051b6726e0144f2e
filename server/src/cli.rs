//! The command line.
use crate::config::Overrides;
use clap::{Parser, Subcommand};
use policy::{EmailAddress, Role};

/// Bailey, a security policy centre for a workspace.
#[derive(Debug, Parser)]
#[command(name = "bailey", version, about, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Configuration that goes before the file and the environment.
    #[command(flatten)]
    pub overrides: Overrides,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve Bailey until it is told to stop.
    Serve,
    /// Bring the database schema up to date, and stop.
    Migrate,
    /// Create members from the console.
    #[command(subcommand)]
    Admin(Admin),
    /// Open the way back in when it is barred in the browser.
    #[command(subcommand)]
    Rescue(Rescue),
    /// Check configuration, key file, database and audit log, and say what is wrong.
    Doctor,
}

/// Creating members from the console.
#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Create a member; without a password, prints a one-time sign-in link.
    Create {
        /// Their e-mail address.
        #[arg(long, value_parser = EmailAddress::parse)]
        email: EmailAddress,
        /// Their name; the part of the address before the @ unless given.
        #[arg(long)]
        name: Option<String>,
        /// Read their password from standard input, one line.
        #[arg(long)]
        password_stdin: bool,
        /// Their role: member, moderator, admin, it-admin or super-admin.
        #[arg(long, default_value = "admin")]
        role: Role,
    },
}

/// The ways back in.
#[derive(Debug, Subcommand)]
pub enum Rescue {
    /// Turn both "Require MFA" switches off.
    MfaOff,
    /// Remove every second factor of a member and end their sessions.
    ResetTwoFactor {
        /// The member's e-mail address.
        #[arg(value_parser = EmailAddress::parse)]
        email: EmailAddress,
    },
    /// Print a one-time link that signs a member in, in place of their password.
    SignInLink {
        /// The member's e-mail address.
        #[arg(value_parser = EmailAddress::parse)]
        email: EmailAddress,
    },
}
