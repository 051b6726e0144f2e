//! Connections to `SQLite`, and units of work on them.
//!
//! sqlx's own pool asks a connection whether it still works whenever it is given back, on a task of its own. A file
//! does not hang up, and that question costs as much as a statement.
use crate::Error;
use deadpool::{
    Runtime,
    managed::{Manager, Metrics, Object, Pool, PoolError, RecycleResult},
};
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    ops::{Deref, DerefMut},
    time::Duration,
};

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

/// A few connections to one file.
#[derive(Debug, Clone)]
pub struct Connections(Pool<Opener>);

impl Connections {
    /// At most so many connections, each of which is opened when it is first needed; whoever needs one waits for
    /// so long.
    pub fn new(options: SqliteConnectOptions, most: usize, patience: Duration) -> Result<Self, Error> {
        let pool = Pool::builder(Opener(options)).max_size(most).wait_timeout(Some(patience)).runtime(Runtime::Tokio1);
        Ok(Self(pool.build().map_err(|_| sqlx::Error::PoolClosed)?))
    }

    /// A connection, given back where it is dropped.
    pub async fn get(&self) -> Result<Object<Opener>, sqlx::Error> {
        self.0.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error,
            PoolError::Closed => sqlx::Error::PoolClosed,
            _ => sqlx::Error::PoolTimedOut,
        })
    }

    /// Closes the connections, those in use when they are given back.
    pub async fn close(&self) {
        while self.0.status().available > 0
            && let Ok(connection) = self.get().await
        {
            // Whatever it says, it is gone.
            drop(Object::take(connection).close().await);
        }
        self.0.close();
    }
}

/// A unit of work: rolled back where it is dropped before it is committed.
pub struct Unit(Option<Object<Opener>>);

impl Unit {
    /// Begins one by `BEGIN` of some kind.
    pub async fn begin(connections: &Connections, sql: &'static str) -> Result<Self, sqlx::Error> {
        let mut unit = Self(Some(connections.get().await?));
        sqlx::query(sql).execute(&mut *unit).await?;
        Ok(unit)
    }

    /// Keeps everything that was done.
    pub async fn commit(mut self) -> Result<(), sqlx::Error> {
        sqlx::query("COMMIT").execute(&mut *self).await?;
        self.0 = None;
        Ok(())
    }
}

const UNTIL_OVER: &str = "a unit of work has its connection until it is over";

impl Deref for Unit {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        self.0.as_ref().expect(UNTIL_OVER)
    }
}

impl DerefMut for Unit {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        self.0.as_mut().expect(UNTIL_OVER)
    }
}

impl Drop for Unit {
    fn drop(&mut self) {
        let Some(mut connection) = self.0.take() else { return };
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
