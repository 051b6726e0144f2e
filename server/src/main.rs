//! The `bailey` program.
use clap::Parser;
use server::{cli::Cli, files, front_end::File};
use std::process::ExitCode;

/// The files of the front-end; none in a program that is built for development.
static FILES: &[File] = include!(env!("FRONT_END_TABLE"));

fn main() -> ExitCode {
    files::keep_to_the_owner();
    run()
}

#[tokio::main]
async fn run() -> ExitCode {
    match server::commands::run(Cli::parse(), FILES).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bailey: {error}");
            ExitCode::FAILURE
        }
    }
}
