//! The command line.
mod reference;

pub use reference::markdown;

use crate::config::Overrides;
use clap::{Args, Parser, Subcommand};
use policy::{EmailAddress, Role};
use std::path::PathBuf;

/// Bailey, a security policy centre for a workspace.
#[derive(Debug, Parser)]
#[command(name = "bailey", version, propagate_version = true)]
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
    /// Fill an empty workspace with made-up people and a month of what they did, to look at Bailey with.
    Demo,
    /// Create members from the console.
    #[command(subcommand)]
    Admin(Admin),
    /// Show, export, plan, apply and restore the security policy.
    #[command(subcommand)]
    Policy(Policy),
    /// Open the way back in when it is barred in the browser.
    #[command(subcommand)]
    Rescue(Rescue),
    /// Replace the key that encrypts secrets at rest.
    #[command(subcommand)]
    Key(Key),
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
        /// Have them confirm by mail that the address is theirs before they are let in for the first time.
        #[arg(long, requires = "password_stdin")]
        unconfirmed: bool,
    },
}

/// The security policy as a file.
#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Print every setting with its value in words; those that are not at their default are marked.
    Show,
    /// Print the whole policy as TOML.
    Export,
    /// Say what applying a TOML file would change. Exit code 0: nothing, 1: something, 2: refused.
    Plan {
        /// The file; `-` for standard input.
        file: PathBuf,
        /// What the operator agrees to.
        #[command(flatten)]
        options: SaveOptions,
    },
    /// Apply a TOML file. What it does not name stays as it is.
    Apply {
        /// The file; `-` for standard input.
        file: PathBuf,
        /// What the operator agrees to.
        #[command(flatten)]
        options: SaveOptions,
    },
    /// Print every revision, newest first.
    History,
    /// Restore a revision.
    Restore {
        /// Its number, as `bailey policy history` prints it; 0 for the defaults.
        revision: i64,
        /// What the operator agrees to.
        #[command(flatten)]
        options: SaveOptions,
    },
}

/// What an operator agrees to.
#[derive(Debug, Clone, Copy, Args)]
pub struct SaveOptions {
    /// Go on although no super-admin has signed in from an address on the admin allowlist.
    #[arg(long)]
    pub lock_out_admins: bool,
}

/// The ways back in.
#[derive(Debug, Subcommand)]
pub enum Rescue {
    /// Turn the admin IP allowlist off; its entries stay.
    AllowlistOff,
    /// Turn both "Require MFA" switches off.
    MfaOff,
    /// Put the settings back that wait to be confirmed.
    Revert,
    /// Lift every lock of a member after too many wrong tries.
    Unlock {
        /// The member's e-mail address.
        #[arg(value_parser = EmailAddress::parse)]
        email: EmailAddress,
    },
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

/// The keys of the key file.
#[derive(Debug, Subcommand)]
pub enum Key {
    /// Draw a new key, encrypt every stored secret anew, and take the old key out of the key file; goes on where an
    /// earlier run was cut off.
    Rotate,
}
