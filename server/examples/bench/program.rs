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
const EMAIL: &str = "ada@example.org";

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

pub(crate) fn bailey(dir: &Path, address: SocketAddr) -> Command {
    let mut command = Command::new(root().join("target/release/bailey"));
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
    let args = ["admin", "create", "--email", email, "--role", role, "--password-stdin"];
    let mut admin = bailey(dir, address).args(args).stdin(Stdio::piped()).spawn()?;
    io::Write::write_all(&mut admin.stdin.take().ok_or("no standard input")?, PASSWORD.as_bytes())?;
    admin.wait()?;
    Ok(())
}

pub(crate) async fn start() -> Result<Program, Failure> {
    let dir = tempfile::tempdir()?;
    let address = TcpListener::bind("127.0.0.1:0").await?.local_addr()?;
    create(dir.path(), address, EMAIL, "super-admin")?;
    let child = bailey(dir.path(), address).arg("serve").spawn()?;
    let program = Program { child, address, dir };
    for _ in 0..200 {
        if TcpStream::connect(address).await.is_ok() {
            return Ok(program);
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    Err("the program does not answer".into())
}
