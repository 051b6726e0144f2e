//! PostgreSQL as operators run it: behind a pooler, with a standby, and read-only for a spell.
mod cluster;
pub mod failover;
mod forwarder;
mod pooler;
pub mod pooling;

use std::{net::TcpListener, path::PathBuf, process::Command};

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound").port()
}

/// A program of the newest PostgreSQL that is installed, run by an account that it accepts.
fn postgres_program(name: &str) -> Command {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let newest = versions.map(|entry| entry.expect("it can be read").path()).max().expect("there is one");
    let program: PathBuf = newest.join("bin").join(name);
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program).current_dir("/");
    command
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Gives a folder to the account that runs PostgreSQL.
fn give_to_postgres(folder: &std::path::Path) {
    if is_root() {
        let given = Command::new("chown").arg("postgres").arg(folder).status().expect("chown is there");
        assert!(given.success());
    }
}
