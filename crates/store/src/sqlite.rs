//! Connections to `SQLite`, and units of work on them.
//!
//! sqlx's own pool asks a connection whether it still works whenever it is given back, on a task of its own. A file
//! does not hang up, and that question costs as much as a statement.
mod writability;

use self::writability::{Look, Writability};
use crate::{
    Error,
    error::{is_unwritable, is_written_to},
};
use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Object, Pool, PoolError, RecycleResult},
};
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    ops::{Deref, DerefMut},
    time::Duration,
};
use tokio::time::Instant;

/// Opens connections.
#[derive(Debug)]
pub struct Opener(SqliteConnectOptions);

impl Manager for Opener {
    type Type = SqliteConnection;
    type Error = sqlx::Error;

    async fn create(&self) -> Result<SqliteConnection, sqlx::Error> {
        self.0.connect().await
    }

    async fn recycle(&self, _: &mut SqliteConnection, _: &Metrics) -> RecycleResult<sqlx::Error> {
        Ok(())
    }
}

/// A few connections to one file, and what is known of whether it takes writes.
#[derive(Debug, Clone)]
pub struct Connections {
    pool: Pool<Opener>,
    writability: Writability,
}

impl Connections {
    /// At most so many connections, each of which is opened when it is first needed; whoever needs one waits for
    /// so long.
    pub fn new(options: SqliteConnectOptions, most: usize, patience: Duration) -> Result<Self, Error> {
        let pool = Pool::builder(Opener(options)).max_size(most).wait_timeout(Some(patience)).runtime(Runtime::Tokio1);
        let pool = pool.build().map_err(|_| sqlx::Error::PoolClosed)?;
        Ok(Self { pool, writability: Writability::default() })
    }

    /// A connection, given back where it is dropped.
    pub async fn get(&self) -> Result<Object<Opener>, sqlx::Error> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error,
            PoolError::Closed => sqlx::Error::PoolClosed,
            _ => sqlx::Error::PoolTimedOut,
        })
    }

    /// Closes the connections, those in use when they are given back.
    pub async fn close(&self) {
        while self.pool.status().available > 0
            && let Ok(connection) = self.get().await
        {
            // Whatever it says, it is gone.
            drop(Object::take(connection).close().await);
        }
        self.pool.close();
    }

    /// Whether the file takes writes, as of some seconds ago at most: a look takes the one writer, and anybody may ask.
    ///
    /// # Errors
    /// When the file can't be looked at.
    pub async fn takes_writes(&self) -> Result<bool, sqlx::Error> {
        match self.writability.to_look(Instant::now()) {
            Look::Known(writable) => Ok(writable),
            Look::Lightly => self.looked(BEGINS_TO_WRITE).await,
            Look::Thoroughly => self.looked(WRITES).await,
        }
    }

    async fn looked(&self, sql: &'static str) -> Result<bool, sqlx::Error> {
        match self.wrote(sql).await {
            Ok(()) => self.writability.note(true),
            Err(error) if is_unwritable(&error) => self.writability.note(false),
            Err(error) if is_written_to(&error) => {}
            Err(error) => return Err(error),
        }
        Ok(self.writability.last())
    }

    async fn wrote(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        let mut connection = self.get().await?;
        let done = sqlx::raw_sql(sql).execute(&mut *connection).await.map(drop);
        if done.as_ref().is_err_and(is_unwritable) {
            // A file that was opened as one that can't be written stays so until it is opened anew.
            drop(Object::take(connection));
        }
        done
    }

    /// Looks at what a write has failed of.
    pub fn note(&self, error: &sqlx::Error) {
        if is_unwritable(error) {
            self.writability.note(false);
        }
    }
}

/// Begins to write without changing anything, which only a file refuses that can't be written at all. `BEGIN IMMEDIATE`
/// alone would read where it can't write.
const BEGINS_TO_WRITE: &str = "UPDATE _sqlx_migrations SET success = success WHERE version IS NULL";

/// Writes: to the disk, which may be full or broken. The number is nobody's.
const WRITES: &str = "PRAGMA user_version = 0";

/// A unit of work: rolled back where it is dropped before it is committed.
pub struct Unit {
    connection: Option<Object<Opener>>,
    connections: Connections,
}

impl Unit {
    /// Begins one by `BEGIN` of some kind.
    pub async fn begin(connections: &Connections, sql: &'static str) -> Result<Self, sqlx::Error> {
        let mut unit = Self { connection: Some(connections.get().await?), connections: connections.clone() };
        sqlx::query(sql).execute(&mut *unit).await?;
        Ok(unit)
    }

    /// Keeps everything that was done.
    pub async fn commit(mut self) -> Result<(), sqlx::Error> {
        let done = sqlx::query("COMMIT").execute(&mut *self).await;
        done.inspect_err(|error| self.note(error))?;
        self.connection = None;
        Ok(())
    }

    /// Looks at what a statement has failed of.
    pub fn note(&self, error: &sqlx::Error) {
        self.connections.note(error);
    }
}

const UNTIL_OVER: &str = "a unit of work has its connection until it is over";

impl Deref for Unit {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        self.connection.as_ref().expect(UNTIL_OVER)
    }
}

impl DerefMut for Unit {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.connection.as_mut().expect(UNTIL_OVER)
    }
}

impl Drop for Unit {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            // One that is closed keeps nothing that was not committed.
            drop(Object::take(connection));
            return;
        };
        runtime.spawn(async move {
            if sqlx::query("ROLLBACK").execute(&mut *connection).await.is_err() {
                drop(Object::take(connection));
            }
        });
    }
}
