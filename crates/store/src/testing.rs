//! A fresh database for each test, on either engine.
use crate::{Error, Pooling, Store};
use sqlx::{Connection, Executor, PgConnection};
use std::path::Path;
use tempfile::TempDir;
use uuid::Uuid;

/// The engines that every test of storage runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary directory.
    Sqlite,
    /// A schema of its own in the database that `BAILEY_TEST_POSTGRES_URL` names.
    Postgres,
}

/// A database that is there for one test only.
#[derive(Debug)]
pub struct TestDatabase {
    /// Its URL.
    pub url: String,
    /// The opened database, its schema up to date.
    pub store: Store,
    dir: Option<TempDir>,
}

impl TestDatabase {
    /// Makes a database.
    ///
    /// # Panics
    /// When it can't be made: a missing PostgreSQL fails the tests rather than being passed over.
    pub async fn new(engine: Engine) -> Self {
        let (url, dir) = match engine {
            Engine::Sqlite => {
                let dir = TempDir::new().expect("a temporary directory can be made");
                (format!("sqlite://{}", dir.path().join("bailey.db").display()), Some(dir))
            }
            Engine::Postgres => (fresh_schema().await.expect("PostgreSQL answers"), None),
        };
        let store = Store::open(&url, Pooling::Session).await.expect("a fresh database opens");
        store.migrate().await.expect("a fresh database takes the schema");
        Self { url, store, dir }
    }

    /// A database of PostgreSQL that somebody else has made, opened in some other way.
    pub const fn at(url: String, store: Store) -> Self {
        Self { url, store, dir: None }
    }

    /// The directory of the file, on `SQLite`.
    pub fn dir(&self) -> Option<&Path> {
        self.dir.as_ref().map(TempDir::path)
    }
}

async fn fresh_schema() -> Result<String, Error> {
    let base = std::env::var("BAILEY_TEST_POSTGRES_URL")
        .expect("BAILEY_TEST_POSTGRES_URL names a scratch PostgreSQL; `make test` starts one");
    let schema = format!("t{}", Uuid::new_v4().simple());
    let mut connection = PgConnection::connect(&base).await?;
    connection.execute(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).await?;
    connection.close().await?;
    let joint = if base.contains('?') { '&' } else { '?' };
    Ok(format!("{base}{joint}options=-c%20search_path%3D{schema}"))
}

/// Runs each test once per engine: `on_both! { async fn name(db: TestDatabase) { … } }`.
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident: TestDatabase) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn check($db: $crate::testing::TestDatabase) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                check($crate::testing::TestDatabase::new($crate::testing::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                check($crate::testing::TestDatabase::new($crate::testing::Engine::Postgres).await).await;
            }
        }
    )+};
}
