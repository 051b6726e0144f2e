//! The `bailey` program.
use clap::Parser;
use server::cli::Cli;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match server::commands::run(Cli::parse()).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bailey: {error}");
            ExitCode::FAILURE
        }
    }
}
