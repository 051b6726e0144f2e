//! What columns mean, so that a row says it in its own types: `#[sqlx(try_from = "Flag")]` above a `bool`.
use policy::Timestamp;

/// Whether something is so, stored as 1 or 0.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(transparent)]
pub struct Flag(i64);

/// An instant, stored in milliseconds.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(transparent)]
pub struct Millis(i64);

/// An instant, or nothing.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(transparent)]
pub struct MaybeMillis(Option<i64>);

impl From<Flag> for bool {
    fn from(flag: Flag) -> Self {
        flag.0 != 0
    }
}

impl From<Millis> for Timestamp {
    fn from(at: Millis) -> Self {
        Self(at.0)
    }
}

impl From<MaybeMillis> for Option<Timestamp> {
    fn from(at: MaybeMillis) -> Self {
        at.0.map(Timestamp)
    }
}

/// An instant as it is bound to a statement.
pub fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(|at| at.0)
}
