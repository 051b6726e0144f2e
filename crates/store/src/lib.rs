//! SQL for Bailey, written once for SQLite and PostgreSQL.
//!
//! A [`Tx`] is a unit of work: everything done through it is kept, or nothing. Its methods stand in
//! a file per feature and hold SQL and nothing else; no rule is known here.

mod assessments;
mod attachments;
mod audit;
mod audit_names;
mod authenticators;
mod avatars;
mod browsers;
mod challenges;
mod chat;
mod columns;
mod communities;
mod conversations;
mod dialect;
mod emailed_codes;
mod error;
mod files;
mod help_requests;
mod idea_discussion;
mod idea_news;
mod ideas;
mod ids;
mod inactivity;
mod instants;
mod invitations;
mod links;
mod lockouts;
mod mails;
mod member_list;
mod members;
mod outbox;
mod passkeys;
mod passwords;
pub mod personal;
mod policies;
mod postgres;
mod recovery_codes;
mod registrations;
mod reports;
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

pub use assessments::{AnswerRow, AssessedIdeaRow, AssessmentRow, AssessorRow, CountedAnswerRow, NewAssessmentRow};
pub use attachments::AttachmentRow;
pub use audit::{AuditFilter, AuditHead, AuditRow};
pub use audit_names::AuditNameRow;
pub use authenticators::{AuthenticatorRow, PendingAuthenticatorRow};
pub use avatars::AvatarRow;
pub use browsers::TrustedRow;
pub use challenges::ChallengeRow;
pub use chat::{ChatHookRow, ChatNoticeRow, NewChatNoticeRow};
pub use communities::{CommunityMemberRow, CommunityRow, MembershipRow, OverrideRow};
pub use conversations::{ConversationRow, MessageRow, NewConversationRow, ParticipantRow};
pub use emailed_codes::EmailedCodeRow;
pub use error::Error;
pub use files::FileRow;
pub use help_requests::{HelpRequestRow, OpenHelpRequestRow};
pub use idea_discussion::CommentRow;
pub use idea_news::{NewsRow, WaitingNewsRow};
pub use ideas::{IdeaFilter, IdeaRow, NewIdeaRow};
pub use ids::{
    AssessmentId, ChallengeId, CommunityId, ConversationId, FileId, IdeaId, MemberId, PasskeyId, PendingId, ReportId,
    SessionId, WorkspaceId,
};
pub use inactivity::ActivityRow;
pub use invitations::{InvitationCounts, InvitationRow, InvitedRow};
pub use links::{LinkRow, MadeLinkRow, UnusedLinkRow};
pub use lockouts::{AttemptCounterRow, AttemptKey, LockedRow};
pub use mails::{MailRow, NewMailRow};
pub use member_list::{ListPosition, MOST_WORDS, MemberListFilter, MemberSummaryRow};
pub use members::{AdminLastSeenRow, MemberRow};
pub use outbox::{DueRow, OutboxTable};
pub use passkeys::PasskeyRow;
pub use policies::{ConfirmationRow, RevisionRow};
pub use postgres::Pooling;
pub use registrations::RegistrationRow;
pub use reports::{ReportRow, ReportedMemberRow};
pub use saved_forms::SavedFormRow;
pub use sealed::{SealedIn, SealedRow};
pub use segments::{SegmentFacts, SessionCounts};
pub use sessions::{AuthenticatedRow, SessionRow};
pub use sign_ins::{FirstStepRow, PendingRow, SigningInRow};
pub use sql::Found;
pub use workspaces::WorkspaceRow;

use sqlite::{Connections, Unit};
use sqlx::{
    ConnectOptions,
    migrate::Migrator,
    postgres::PgConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// How long a request waits for a connection before it is told that the database is away.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many connections to PostgreSQL there are at most.
const MOST: u32 = 20;

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
    Postgres(postgres::Connections),
}

/// How far the schema of a database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// There is none yet.
    Empty,
    /// It is that of an earlier version, which this many changes bring up to date.
    Older {
        /// How many.
        missing: usize,
    },
    /// It is that of this version.
    Current,
}

/// Whether the database can serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// It can.
    Ready,
    /// Its schema is not the one that this program was built for.
    OtherSchema,
    /// It refuses to write, as a standby does, and a file that is read-only or on a full disk.
    ReadOnly,
}

/// A unit of work: everything in it is kept by [`Tx::commit`], or nothing.
pub struct Tx(Inner);

enum Inner {
    Sqlite(Unit),
    Postgres(postgres::Unit),
}

impl Store {
    /// Opens the database that a URL names: `sqlite://file` or `postgres://user@host/db`, whose connections are shared as
    /// `pooling` says. It does not have to be reachable yet on PostgreSQL; nothing is created or changed but an empty
    /// file.
    ///
    /// # Errors
    /// When the URL is none of these, or the file can't be opened.
    pub async fn open(url: &str, pooling: Pooling) -> Result<Self, Error> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?.disable_statement_logging();
            Ok(Self(Pools::Postgres(postgres::Connections::new(options, pooling, MOST, PATIENCE))))
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
            Pools::Postgres(connections) => connections.migrate(&POSTGRES).await,
        };
        done.map_err(Error::from)
    }

    /// How far the schema is, without changing anything.
    ///
    /// # Errors
    /// [`Error::NewerSchema`] when a newer version of Bailey has been here; otherwise when the database does not answer.
    pub async fn schema(&self) -> Result<Schema, Error> {
        const FOUND: &str = "SELECT version FROM _sqlx_migrations WHERE success";
        let (found, wanted): (Vec<i64>, _) = match &self.0 {
            Pools::Sqlite { readers, .. } => {
                let mut connection = readers.get().await?;
                let table = "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
                if sqlx::query_scalar::<_, i64>(table).fetch_one(&mut *connection).await? == 0 {
                    return Ok(Schema::Empty);
                }
                (sqlx::query_scalar(FOUND).fetch_all(&mut *connection).await?, &SQLITE)
            }
            Pools::Postgres(connections) => {
                let mut unit = connections.begin_reading().await?;
                let kept = unit.keeps_statements();
                let table = sqlx::query_scalar::<_, bool>("SELECT to_regclass('_sqlx_migrations') IS NOT NULL");
                if !table.persistent(kept).fetch_one(&mut *unit).await? {
                    return Ok(Schema::Empty);
                }
                (sqlx::query_scalar(FOUND).persistent(kept).fetch_all(&mut *unit).await?, &POSTGRES)
            }
        };
        if let Some(newer) = found.iter().find(|version| !wanted.version_exists(**version)) {
            return Err(Error::NewerSchema(*newer));
        }
        let missing = wanted.iter().filter(|migration| !found.contains(&migration.version)).count();
        Ok(if missing == 0 { Schema::Current } else { Schema::Older { missing } })
    }

    /// Whether the database can serve: it answers, has the schema that this program was built for, and takes writes.
    ///
    /// Where it takes no writes, connections are opened anew: another server may have taken its place, or the file may be
    /// written again. Of a file it may be what was found some seconds ago.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn readiness(&self) -> Result<Readiness, Error> {
        const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations WHERE success";
        const WRITABLE: &str = "SELECT current_setting('transaction_read_only') = 'off'";
        let (found, writable, wanted): (i64, bool, _) = match &self.0 {
            Pools::Sqlite { writer, readers } => {
                let found = sqlx::query_scalar(VERSION).fetch_one(&mut *readers.get().await?).await?;
                (found, writer.takes_writes().await?, &SQLITE)
            }
            Pools::Postgres(connections) => {
                let mut unit = connections.begin().await?;
                let kept = unit.keeps_statements();
                let found = sqlx::query_scalar(VERSION).persistent(kept).fetch_one(&mut *unit).await?;
                let writable: bool = sqlx::query_scalar(WRITABLE).persistent(kept).fetch_one(&mut *unit).await?;
                if !writable {
                    connections.note_refusal();
                }
                (found, writable, &POSTGRES)
            }
        };
        let current = wanted.iter().map(|migration| migration.version).max() == Some(found);
        Ok(match (current, writable) {
            (false, _) => Readiness::OtherSchema,
            (true, false) => Readiness::ReadOnly,
            (true, true) => Readiness::Ready,
        })
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
            Pools::Postgres(connections) => Inner::Postgres(connections.begin().await?),
        }))
    }

    /// Begins a unit of work that only reads, and sees one state of the database throughout: that of its first statement.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn read(&self) -> Result<Tx, Error> {
        Ok(Tx(match &self.0 {
            Pools::Sqlite { readers, .. } => Inner::Sqlite(Unit::begin(readers, "BEGIN").await?),
            Pools::Postgres(connections) => Inner::Postgres(connections.begin_reading().await?),
        }))
    }

    /// Closes the connections, once what is under way is done.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(connections) => connections.close().await,
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
