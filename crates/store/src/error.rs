//! What can go wrong between Bailey and its database.
use sqlx::migrate::MigrateError;

/// What went wrong between Bailey and its database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row with this key is already there.
    #[error("a row with this key is already there")]
    AlreadyExists,
    /// A pooler hands out its connections for a transaction each, and Bailey was told otherwise.
    #[error(
        "a pooler stands before the database that hands out its connections for a transaction each: give database_pooling = transaction ({0})"
    )]
    Pooled(String),
    /// The database does not answer, or takes no writes; it may answer again later.
    #[error("the database can't be reached: {0}")]
    Unavailable(sqlx::Error),
    /// Another unit of work stood in the way of this one, of which nothing is kept; the same may succeed at once.
    #[error("another unit of work was in the way: {0}")]
    Contended(String),
    /// A newer version of Bailey has changed the schema.
    #[error(
        "the database was written by a newer version of Bailey (schema {0}); start that version, or restore a backup"
    )]
    NewerSchema(i64),
    /// The URL begins with neither `sqlite:` nor `postgres:`.
    #[error("a database URL begins with sqlite:// or postgres://")]
    UnknownScheme,
    /// A migration failed.
    #[error("the schema could not be brought up to date: {0}")]
    Migration(MigrateError),
    /// The database refused a statement.
    #[error("the database refused a statement: {0}")]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(cause) if cause.is_unique_violation() => Self::AlreadyExists,
            sqlx::Error::Database(cause) if cause.code().is_some_and(|code| means_pooled(&code, cause.message())) => {
                Self::Pooled(cause.to_string())
            }
            sqlx::Error::Database(cause) if cause.code().is_some_and(|code| means_away(&code)) => {
                Self::Unavailable(error)
            }
            sqlx::Error::Database(cause) if cause.code().is_some_and(|code| means_contention(&code)) => {
                Self::Contended(cause.to_string())
            }
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unavailable(error),
            _ => Self::Database(error),
        }
    }
}

/// Whether a code means that the database is away rather than that the statement is wrong.
///
/// PostgreSQL: classes 08 (connection), 53 (resources), 57P (shutdown) and 58 (its machine), what ended by a limit of
/// time: 25P03 (a unit of work that idled), 55P03 (a lock) and 57014 (a statement), and a server that takes no writes.
/// `SQLite`: the primary codes 5 BUSY, 6 LOCKED, 8 READONLY, 10 IOERR, 13 FULL and 14 CANTOPEN, in the low byte of the
/// extended ones.
fn means_away(code: &str) -> bool {
    let sqlite = code.len() < 5 && code.parse::<u32>().is_ok_and(|n| matches!(n & 0xff, 5 | 6 | 8 | 10 | 13 | 14));
    let timed_out = matches!(code, "25P03" | "55P03" | "57014");
    let class = code.len() == 5 && ["08", "53", "57P", "58"].iter().any(|class| code.starts_with(class));
    sqlite || timed_out || class || code == READ_ONLY
}

/// The code of PostgreSQL for a write within a session that may not write: on a standby, or by `default_transaction_read_only`.
const READ_ONLY: &str = "25006";

/// Whether a server has refused to write.
pub(crate) fn is_read_only(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(cause) if cause.code().is_some_and(|code| code == READ_ONLY))
}

/// Whether a file of `SQLite` can't be written: 8 READONLY, 10 IOERR, 13 FULL or 14 CANTOPEN.
pub(crate) fn is_unwritable(error: &sqlx::Error) -> bool {
    matches!(sqlite_code(error), Some(8 | 10 | 13 | 14))
}

/// Whether somebody else is writing to a file of `SQLite`: 5 BUSY, 6 LOCKED, or the one writer of this program in use.
pub(crate) fn is_written_to(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::PoolTimedOut) || matches!(sqlite_code(error), Some(5 | 6))
}

/// The primary code of `SQLite`, in the low byte of the extended ones.
fn sqlite_code(error: &sqlx::Error) -> Option<u32> {
    let sqlx::Error::Database(cause) = error else { return None };
    cause.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}

/// Whether an error means that statements of one session reach several: one that was prepared is not there or there
/// twice, or the pooler takes no parameter of a start.
fn means_pooled(code: &str, message: &str) -> bool {
    matches!(code, "26000" | "42P05") || message.contains("unsupported startup parameter")
}

/// Whether a code means that PostgreSQL gave a unit of work up in favour of another one: by a deadlock, or since the two
/// can't be put into an order.
fn means_contention(code: &str) -> bool {
    matches!(code, "40P01" | "40001")
}

impl From<MigrateError> for Error {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
                Self::NewerSchema(version)
            }
            MigrateError::Execute(cause) => cause.into(),
            other => Self::Migration(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{means_away, means_contention, means_pooled};

    #[test]
    fn codes_of_a_database_that_is_away_are_told_from_codes_of_a_wrong_statement() {
        for code in [
            "57P01", "57P03", "25P03", "55P03", "57014", "08006", "53300", "58030", "25006", "5", "8", "14", "266",
            "1034",
        ] {
            assert!(means_away(code), "{code}");
        }
        for code in ["23505", "42601", "1", "19", "2067", "40P01", "40001"] {
            assert!(!means_away(code), "{code}");
        }
    }

    #[test]
    fn what_a_pooler_says_to_a_session_is_told_from_everything_else() {
        assert!(means_pooled("26000", "prepared statement \"sqlx_s_1\" does not exist"));
        assert!(means_pooled("42P05", "prepared statement \"sqlx_s_1\" already exists"));
        assert!(means_pooled("08P01", "unsupported startup parameter: extra_float_digits"));
        assert!(!means_pooled("08P01", "server login has been failing"));
    }

    #[test]
    fn what_another_unit_of_work_has_ended_is_told_from_everything_else() {
        assert!(means_contention("40P01") && means_contention("40001"));
        for code in ["40002", "57P01", "23505", "5"] {
            assert!(!means_contention(code), "{code}");
        }
    }
}
