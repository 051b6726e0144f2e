//! Connections to PostgreSQL, and units of work on them.
//!
//! A pooler that hands out its connections for a transaction each, as `PgBouncer` does, gives the next statement another
//! connection: whatever belongs to a session (parameters of the start, settings, statements that are kept by a name,
//! advisory locks) is not there any more, or somebody else's.
mod migrate;

use sqlx::{
    PgConnection, PgPool, Postgres, Row,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::time::Instant;

/// How the connections of PostgreSQL are shared between programs, as the operator says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pooling {
    /// A connection is Bailey's for as long as it lives.
    #[default]
    Session,
    /// A pooler gives Bailey another connection for each transaction.
    Transaction,
}

/// How long a statement may wait for a lock and how long it may take, so that no request is stuck for longer than
/// anybody waits for it; and how long a unit of work may hold its locks while nothing is asked of it, as when the node
/// that began it is gone. Set for a session, or for a transaction as it begins.
macro_rules! limits {
    ($begin:literal, $set:literal) => {
        concat!(
            $begin,
            $set,
            " lock_timeout = '10s'; ",
            $set,
            " statement_timeout = '30s'; ",
            $set,
            " idle_in_transaction_session_timeout = '60s'"
        )
    };
}

const LIMITS: &str = limits!("", "SET");
/// For a connection that nobody's request waits for.
const NO_LIMITS: &str = "SET lock_timeout = 0; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0";

/// How long connections are looked at before they are used, after a server has refused to write.
const WATCHED_FOR: u64 = 60_000;

/// How old a connection is before it is looked at: one that has just been opened leads where it should.
const OLD_ENOUGH: Duration = Duration::from_millis(500);

/// The pool, and what is known of its connections.
#[derive(Debug, Clone)]
pub struct Connections {
    pool: PgPool,
    pooling: Pooling,
    refusals: Refusals,
}

/// When a server last refused to write, in milliseconds since the pool was made; 0 while none has. A connection that is
/// open since may be one to a server that is no primary any more, or have begun while no session was allowed to write.
#[derive(Debug, Clone)]
struct Refusals {
    since: Instant,
    last: Arc<AtomicU64>,
}

impl Refusals {
    fn new() -> Self {
        Self { since: Instant::now(), last: Arc::default() }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX).max(1)
    }

    fn note(&self) {
        self.last.store(self.now(), Ordering::Relaxed);
    }

    /// Whether a connection of this age is to be looked at before it is used.
    fn ask_of(&self, age: Duration) -> bool {
        let last = self.last.load(Ordering::Relaxed);
        last != 0 && self.now().saturating_sub(last) < WATCHED_FOR && age >= OLD_ENOUGH
    }
}

/// Whether a connection may write.
async fn may_write(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let row = sqlx::raw_sql("SHOW transaction_read_only").fetch_one(connection).await?;
    Ok(row.try_get::<String, _>(0)? == "off")
}

impl Connections {
    /// At most so many connections, each of which is opened when it is first needed; whoever needs one waits for so
    /// long.
    pub fn new(options: PgConnectOptions, pooling: Pooling, most: u32, patience: Duration) -> Self {
        let refusals = Refusals::new();
        let known = refusals.clone();
        let pool = PgPoolOptions::new().max_connections(most).acquire_timeout(patience).before_acquire(
            move |connection, about| {
                let known = known.clone();
                Box::pin(async move {
                    // Where it may not, it is closed, and another one opened in its place.
                    let may = !known.ask_of(about.age) || may_write(connection).await?;
                    if !may {
                        known.note();
                    }
                    Ok(may)
                })
            },
        );
        let (pool, options) = match pooling {
            Pooling::Session => {
                let limited = pool.after_connect(|connection, _| {
                    Box::pin(async move { sqlx::raw_sql(LIMITS).execute(connection).await.map(drop) })
                });
                (limited, options)
            }
            Pooling::Transaction => (pool, options.statement_cache_capacity(0).extra_float_digits(None)),
        };
        Self { pool: pool.connect_lazy_with(options), pooling, refusals }
    }

    /// Begins a unit of work that writes.
    pub async fn begin(&self) -> Result<Unit, sqlx::Error> {
        let sql = match self.pooling {
            Pooling::Session => "BEGIN",
            Pooling::Transaction => limits!("BEGIN; ", "SET LOCAL"),
        };
        self.begin_with(sql).await
    }

    /// Begins a unit of work that only reads, and sees one state throughout.
    pub async fn begin_reading(&self) -> Result<Unit, sqlx::Error> {
        // By itself PostgreSQL shows each statement what was committed before it.
        let sql = match self.pooling {
            Pooling::Session => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Pooling::Transaction => limits!("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ", "SET LOCAL"),
        };
        self.begin_with(sql).await
    }

    async fn begin_with(&self, sql: &'static str) -> Result<Unit, sqlx::Error> {
        Ok(Unit { on: On::Transaction(self.pool.begin_with(sql).await?), connections: self.clone() })
    }

    /// A connection for one statement: within a transaction only where the pooler asks for one.
    pub async fn alone(&self) -> Result<Unit, sqlx::Error> {
        match self.pooling {
            Pooling::Session => Ok(Unit { on: On::Connection(self.pool.acquire().await?), connections: self.clone() }),
            Pooling::Transaction => self.begin().await,
        }
    }

    /// Closes the connections, once what is under way is done.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Notes that a server has refused to write: for a while, connections are looked at before they are used.
    pub fn note_refusal(&self) {
        self.refusals.note();
    }
}

/// A unit of work, rolled back where it is dropped before it is committed; or a connection for one statement.
pub struct Unit {
    on: On,
    connections: Connections,
}

enum On {
    Transaction(sqlx::Transaction<'static, Postgres>),
    Connection(PoolConnection<Postgres>),
}

impl Unit {
    /// Keeps everything that was done.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self.on {
            On::Transaction(tx) => tx.commit().await.inspect_err(|error| note(&self.connections, error)),
            On::Connection(_) => Ok(()),
        }
    }

    /// Whether the server may keep a statement by a name for the next time.
    pub fn keeps_statements(&self) -> bool {
        self.connections.pooling == Pooling::Session
    }

    /// Looks at what a statement has failed of: a server that refuses to write may be the wrong one.
    pub fn note(&self, error: &sqlx::Error) {
        note(&self.connections, error);
    }
}

fn note(connections: &Connections, error: &sqlx::Error) {
    if crate::error::is_read_only(error) {
        connections.note_refusal();
    }
}

impl Deref for Unit {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        match &self.on {
            On::Transaction(tx) => tx,
            On::Connection(connection) => connection,
        }
    }
}

impl DerefMut for Unit {
    fn deref_mut(&mut self) -> &mut PgConnection {
        match &mut self.on {
            On::Transaction(tx) => tx,
            On::Connection(connection) => connection,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when every connection is looked at for ever, or one that was opened at this moment again and again.
    #[tokio::test(start_paused = true)]
    async fn connections_are_looked_at_for_a_minute_after_a_refusal() {
        let refusals = Refusals::new();
        let after = |millis| tokio::time::advance(Duration::from_millis(millis));
        after(5_000).await;
        assert!(!refusals.ask_of(Duration::from_secs(5)), "nothing was refused");
        refusals.note();
        assert!(refusals.ask_of(Duration::from_millis(500)));
        assert!(!refusals.ask_of(Duration::from_millis(499)));
        after(59_999).await;
        assert!(refusals.ask_of(Duration::from_mins(1)));
        after(1).await;
        assert!(!refusals.ask_of(Duration::from_mins(1)));
    }
}
