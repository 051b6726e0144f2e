//! What each command does: it says so in one line, and fails with one.
mod admin;
mod demo;
mod doctor;
mod key;
mod policy;
mod rescue;

use crate::{
    cli::{Cli, Command},
    config::Config,
    failure::{Failure, say},
    front_end::{File, FrontEnd},
    open, serve,
};
use std::process::ExitCode;

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
        Command::Demo => Box::pin(demo::run(&config)).await,
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
