//! Builds Bailey: the front-end, and the server with the front-end inside.
mod cargo;
mod embed;
mod files;
mod frontend;
mod references;
mod site;
mod tools;

use cargo::Profile;
use std::{
    error::Error,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

type Result<T = ()> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

const USAGE: &str = "cargo xtask COMMAND

  build            the smallest front-end and the fastest server: target/release/bailey
  build --quick    what is built soonest: target/quick/bailey
  build --dev      the smallest front-end, and the server as it is tested: target/dev/bailey
  workers FOLDER   the two modules of the workers alone, for a front-end that somebody else builds";

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let done = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["build"] => build(Profile::Release, "release"),
        ["build", "--quick"] => build(Profile::Quick, "quick"),
        ["build", "--dev"] => build(Profile::Release, "dev"),
        ["workers", folder] => site::workers(Profile::Quick, Path::new(folder)),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The front-end comes first, since the server holds it.
#[expect(clippy::disallowed_methods, reason = "how long each part took is told to whoever builds")]
fn build(front_end: Profile, server: &str) -> Result {
    let start = Instant::now();
    let table = embed::table(&site::build(front_end)?)?;
    let front_end = start.elapsed();
    let program = cargo::server(server, &table)?;
    let server = start.elapsed().checked_sub(front_end).unwrap_or_default();
    eprintln!("Built {}: front-end {}, server {}", program.display(), seconds(front_end), seconds(server));
    Ok(())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f32())
}
