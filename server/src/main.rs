//! The `bailey` program.
use clap::Parser;
use server::{cli::Cli, front_end::File};
use std::process::ExitCode;

/// The files of the front-end; none in a program that is built for development.
static FILES: &[File] = include!(env!("FRONT_END_TABLE"));

#[tokio::main]
async fn main() -> ExitCode {
    match server::commands::run(Cli::parse(), FILES).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bailey: {error}");
            ExitCode::FAILURE
        }
    }
}
