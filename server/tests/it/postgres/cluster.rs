//! A PostgreSQL server of a test's own, and its standby.
use super::{free_port, give_to_postgres, postgres_program};
use sqlx::{Connection, Executor, PgConnection};
use std::{
    path::PathBuf,
    process::{Command, Stdio},
};
use tempfile::TempDir;

pub struct Cluster {
    dir: TempDir,
    pub port: u16,
}

fn done(command: &mut Command) {
    let ended = command.stdin(Stdio::null()).stdout(Stdio::null()).status().expect("the program starts");
    assert!(ended.success(), "{command:?}");
}

impl Cluster {
    /// A fresh server.
    pub fn start() -> Self {
        let cluster = Self::folder();
        let initdb = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"];
        done(postgres_program("initdb").arg("-D").arg(cluster.data()).args(initdb));
        cluster.run();
        cluster
    }

    /// A server that follows this one; whatever is acknowledged from now on, both have.
    pub async fn synchronous_standby(&self) -> Self {
        let standby = Self::folder();
        let port = self.port.to_string();
        let source =
            ["-h", "127.0.0.1", "-U", "postgres", "-R", "-X", "stream", "-c", "fast", "--no-sync", "-p", &port];
        done(postgres_program("pg_basebackup").arg("-D").arg(standby.data()).args(source));
        standby.run();
        self.execute("ALTER SYSTEM SET synchronous_standby_names = '*'").await;
        self.execute("SELECT pg_reload_conf()").await;
        standby
    }

    fn folder() -> Self {
        let dir = TempDir::new().expect("a temporary directory can be made");
        give_to_postgres(dir.path());
        Self { dir, port: free_port() }
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn run(&self) {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{}' -c fsync=off -c max_connections=100",
            self.port,
            self.dir.path().display()
        );
        let log = self.dir.path().join("log");
        done(self.control(&["-s", "-w", "start"]).arg("-l").arg(log).args(["-o", &options]));
    }

    fn control(&self, args: &[&str]) -> Command {
        let mut command = postgres_program("pg_ctl");
        command.arg("-D").arg(self.data()).args(args);
        command
    }

    /// Makes a standby the primary; it takes writes when this returns.
    pub fn promote(&self) {
        done(&mut self.control(&["-s", "-w", "promote"]));
    }

    /// Lets it end as in a power cut.
    pub fn crash(&self) {
        done(&mut self.control(&["-s", "-m", "immediate", "stop"]));
    }

    /// The database that every server has.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// Runs SQL past Bailey.
    pub async fn execute(&self, sql: &'static str) {
        let mut connection = PgConnection::connect(&self.url()).await.expect("it answers");
        connection.execute(sql).await.expect(sql);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It may have crashed.
        drop(self.control(&["-s", "-m", "immediate", "stop"]).stderr(Stdio::null()).status());
    }
}
