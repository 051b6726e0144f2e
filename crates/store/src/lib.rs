//! SQL for Bailey, written once for SQLite and PostgreSQL.
//!
//! A [`Tx`] is a unit of work: everything done through it is kept, or nothing. Its methods stand in
//! a file per feature and hold SQL and nothing else; no rule is known here.

mod audit;
mod authenticators;
mod browsers;
mod challenges;
mod columns;
mod communities;
mod dialect;
mod emailed_codes;
mod error;
mod ideas;
mod ids;
mod links;
mod lockouts;
mod mails;
mod member_list;
mod members;
mod outbox;
mod passkeys;
mod passwords;
mod policies;
mod recovery_codes;
mod saved_forms;
mod sealed;
mod segments;
mod sessions;
mod sign_ins;
mod spent_challenges;
mod sql;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod workspaces;

pub use audit::{AuditFilter, AuditHead, AuditRow};
pub use authenticators::{AuthenticatorRow, PendingAuthenticatorRow};
pub use browsers::TrustedRow;
pub use challenges::ChallengeRow;
pub use communities::{CommunityRow, OverrideRow};
pub use emailed_codes::EmailedCodeRow;
pub use error::Error;
pub use ideas::{IdeaRow, NewIdeaRow};
pub use ids::{ChallengeId, CommunityId, IdeaId, MemberId, PasskeyId, PendingId, SessionId, WorkspaceId};
pub use links::{LinkRow, MadeLinkRow};
pub use lockouts::{AttemptCounterRow, AttemptKey, LockedRow};
pub use mails::{MailRow, NewMailRow};
pub use member_list::MemberSummaryRow;
pub use members::{AdminLastSeenRow, MemberRow};
pub use outbox::{DueRow, OutboxTable};
pub use passkeys::PasskeyRow;
pub use policies::{ConfirmationRow, RevisionRow};
pub use saved_forms::SavedFormRow;
pub use sealed::{SealedIn, SealedRow};
pub use segments::{SegmentFacts, SessionCounts};
pub use sessions::{AuthenticatedRow, SessionRow};
pub use sign_ins::{FirstStepRow, PendingRow, SigningInRow};
pub use sql::Found;
pub use workspaces::WorkspaceRow;

use sqlite::{Connections, Unit};
use sqlx::{
    ConnectOptions, PgPool, Postgres,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// How long a request waits for a connection before it is told that the database is away.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a statement may wait for a lock and how long it may take, on PostgreSQL, so that no request is stuck for
/// longer than anybody waits for it; and how long a unit of work may hold its locks while nothing is asked of it, as when
/// the node that began it is gone.
const LIMITS: &str =
    "SET lock_timeout = '10s'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'";
/// For a connection that nobody's request waits for.
const NO_LIMITS: &str = "SET lock_timeout = 0; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0";

/// The database, behind one pool for writing and one for reading.
#[derive(Debug, Clone)]
pub struct Store(Pools);

#[derive(Debug, Clone)]
enum Pools {
    /// SQLite has one writer; readers see the last commit meanwhile (WAL).
    Sqlite {
        writer: Connections,
        readers: Connections,
    },
    Postgres(PgPool),
}

/// A unit of work: everything in it is kept by [`Tx::commit`], or nothing.
pub struct Tx(Inner);

enum Inner {
    Sqlite(Unit),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Store {
    /// Opens the database that a URL names: `sqlite://file` or `postgres://user@host/db`. It does
    /// not have to be reachable yet on PostgreSQL; nothing is created or changed but an empty file.
    ///
    /// # Errors
    /// When the URL is none of these, or the file can't be opened.
    pub async fn open(url: &str) -> Result<Self, Error> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?.disable_statement_logging();
            let pool =
                PgPoolOptions::new().max_connections(20).acquire_timeout(PATIENCE).after_connect(|connection, _| {
                    Box::pin(async move { sqlx::raw_sql(LIMITS).execute(connection).await.map(drop) })
                });
            Ok(Self(Pools::Postgres(pool.connect_lazy_with(options))))
        } else {
            Err(Error::UnknownScheme)
        }
    }

    async fn open_sqlite(url: &str) -> Result<Self, Error> {
        // FULL: what was acknowledged survives a power cut.
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .disable_statement_logging();
        let writer = Connections::new(options.clone(), 1, PATIENCE)?;
        let readers = Connections::new(options, 4, PATIENCE)?;
        // A file that can't be opened is told of now.
        drop(writer.get().await?);
        Ok(Self(Pools::Sqlite { writer, readers }))
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// [`Error::NewerSchema`] when a newer version of Bailey has been here; otherwise what the
    /// database says.
    pub async fn migrate(&self) -> Result<(), Error> {
        let done = match &self.0 {
            Pools::Sqlite { writer, .. } => SQLITE.run(&mut *writer.get().await?).await,
            Pools::Postgres(pool) => {
                // A migration takes its time, and that of another node is waited for.
                let mut connection = pool.acquire().await?;
                sqlx::raw_sql(NO_LIMITS).execute(&mut *connection).await?;
                let done = POSTGRES.run(&mut *connection).await;
                connection.close().await?;
                done
            }
        };
        done.map_err(Error::from)
    }

    /// Whether the database answers and its schema is the one this program was built for.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn is_current(&self) -> Result<bool, Error> {
        let sql = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations WHERE success";
        let (found, wanted): (i64, _) = match &self.0 {
            Pools::Sqlite { readers, .. } => {
                (sqlx::query_scalar(sql).fetch_one(&mut *readers.get().await?).await?, &SQLITE)
            }
            Pools::Postgres(pool) => (sqlx::query_scalar(sql).fetch_one(pool).await?, &POSTGRES),
        };
        Ok(wanted.iter().map(|migration| migration.version).max() == Some(found))
    }

    /// The name of the engine, for messages.
    pub const fn engine(&self) -> &'static str {
        match self.0 {
            Pools::Sqlite { .. } => "SQLite",
            Pools::Postgres(_) => "PostgreSQL",
        }
    }

    /// Begins a unit of work that writes.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn write(&self) -> Result<Tx, Error> {
        // A deferred transaction that turns into a writer fails at once with BUSY_SNAPSHOT.
        Ok(Tx(match &self.0 {
            Pools::Sqlite { writer, .. } => Inner::Sqlite(Unit::begin(writer, "BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        }))
    }

    /// Begins a unit of work that only reads, and sees one state of the database throughout: that of its first statement.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn read(&self) -> Result<Tx, Error> {
        // By itself PostgreSQL shows each statement what was committed before it.
        const ONE_STATE: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        Ok(Tx(match &self.0 {
            Pools::Sqlite { readers, .. } => Inner::Sqlite(Unit::begin(readers, "BEGIN").await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.begin_with(ONE_STATE).await?),
        }))
    }

    /// Closes the connections, once what is under way is done.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Keeps everything that was done.
    ///
    /// # Errors
    /// When the database can't keep it; then nothing is kept.
    pub async fn commit(self) -> Result<(), Error> {
        match self.0 {
            Inner::Sqlite(tx) => tx.commit().await?,
            Inner::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
