//! The program that is measured, and those who take part in it.
use crate::Failure;
use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tokio::net::{TcpListener, TcpStream};

pub(crate) const PASSWORD: &str = "correct horse battery staple";
pub(crate) const EMAIL: &str = "ada@example.org";

/// The program as its users run it.
pub(crate) struct Program {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    pub(crate) dir: tempfile::TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The program, the optimised build unless `BAILEY_BIN` names another one.
pub(crate) fn bailey(dir: &Path, address: SocketAddr) -> Command {
    let program = std::env::var_os("BAILEY_BIN").map_or_else(|| root().join("target/release/bailey"), PathBuf::from);
    let mut command = Command::new(program);
    command
        .current_dir(dir)
        .env("BAILEY_LISTEN", address.to_string())
        .env("BAILEY_PUBLIC_URL", format!("http://localhost:{}", address.port()))
        // Each try comes from an address of its own: one address is paused after a hundred wrong ones.
        .env("BAILEY_TRUSTED_PROXIES", "127.0.0.1/32")
        .env("BAILEY_LOG", "warn")
        .stdout(Stdio::null());
    command
}

/// Creates a member from the console.
pub(crate) fn create(dir: &Path, address: SocketAddr, email: &str, role: &str) -> Result<(), Failure> {
    create_by(bailey(dir, address), email, role)
}

fn create_by(mut program: Command, email: &str, role: &str) -> Result<(), Failure> {
    let args = ["admin", "create", "--email", email, "--role", role, "--password-stdin"];
    let mut admin = program.args(args).stdin(Stdio::piped()).spawn()?;
    io::Write::write_all(&mut admin.stdin.take().ok_or("no standard input")?, PASSWORD.as_bytes())?;
    admin.wait()?;
    Ok(())
}

pub(crate) async fn start() -> Result<Program, Failure> {
    start_on(None).await
}

/// Starts the program on a database, or on a file of its own where none is named.
pub(crate) async fn start_on(database: Option<&str>) -> Result<Program, Failure> {
    let dir = tempfile::tempdir()?;
    let address = TcpListener::bind("127.0.0.1:0").await?.local_addr()?;
    let program = || {
        let mut program = bailey(dir.path(), address);
        program.envs(database.map(|url| ("BAILEY_DATABASE_URL", url)));
        program
    };
    create_by(program(), EMAIL, "super-admin")?;
    let child = program().arg("serve").spawn()?;
    let program = Program { child, address, dir };
    for _ in 0..200 {
        if TcpStream::connect(address).await.is_ok() {
            return Ok(program);
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    Err("the program does not answer".into())
}
