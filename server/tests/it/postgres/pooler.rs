//! `PgBouncer` in transaction pooling, before the PostgreSQL of the tests.
use super::{free_port, give_to_postgres, is_root};
use sqlx::{Connection, Executor, PgConnection};
use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use uuid::Uuid;

pub struct Pooler {
    program: Child,
    database: String,
    port: u16,
    /// The same database without the pooler.
    pub direct: String,
    _dir: TempDir,
}

impl Pooler {
    /// Starts one before a fresh database, with so many connections to it.
    pub async fn start(connections: u32) -> Self {
        let base = std::env::var("BAILEY_TEST_POSTGRES_URL").expect("`make test` starts a PostgreSQL");
        let mut direct = url::Url::parse(&base).expect("a URL");
        let database = format!("d{}", Uuid::new_v4().simple());
        let mut connection = PgConnection::connect(&base).await.expect("it answers");
        connection.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {database}"))).await.expect("it is new");
        let dir = TempDir::new().expect("a temporary directory can be made");
        give_to_postgres(dir.path());
        let port = free_port();
        let settings = format!(
            "[databases]\n* = host={} port={} user=postgres\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\nauth_type = any\npool_mode = transaction\ndefault_pool_size = {connections}\n",
            direct.host_str().expect("a host"),
            direct.port().unwrap_or(5432),
        );
        let file = dir.path().join("pgbouncer.ini");
        std::fs::write(&file, settings).expect("it can be written");
        give_to_postgres(&file);
        let mut command = Command::new("/usr/sbin/pgbouncer");
        if is_root() {
            command.args(["-u", "postgres"]);
        }
        let program = command.arg("-q").arg(file).stdin(Stdio::null()).stderr(Stdio::null());
        let program = program.spawn().expect("PgBouncer is installed: scripts/tools test");
        direct.set_path(&database);
        let pooler = Self { program, database, port, direct: direct.into(), _dir: dir };
        for _ in 0..100 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return pooler;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("PgBouncer does not answer");
    }

    /// The database through the pooler.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{}", self.port, self.database)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
    }
}
