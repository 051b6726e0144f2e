//! What can come of an act that was not carried out.
use crate::policies::Conflict;
use policy::Refusal;
use std::collections::BTreeMap;

/// The result of an act.
pub type Result<T> = std::result::Result<T, Error>;

/// Why an act was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Fields hold what they may not hold: the words beside each, by its name.
    #[error("some fields need another look")]
    Invalid(BTreeMap<String, String>),
    /// A rule says no.
    #[error("{}", .0.detail())]
    Refused(Refusal),
    /// Somebody saved meanwhile.
    #[error("somebody saved meanwhile")]
    Conflict(Box<Conflict>),
    /// There is no such thing, or not for this person.
    #[error("there is no such thing here")]
    NotFound,
    /// The database says no.
    #[error(transparent)]
    Store(store::Error),
    /// Something that should not happen.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    pub(crate) fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    pub(crate) fn field(name: &str, words: impl Into<String>) -> Self {
        Self::Invalid(BTreeMap::from([(name.to_owned(), words.into())]))
    }

    /// Whether the database is away, or too many act at once, and the same act may succeed later.
    pub const fn is_outage(&self) -> bool {
        matches!(self, Self::Store(store::Error::Unavailable(_) | store::Error::Contended(_)))
    }

    /// Whether another unit of work stood in the way, so that the same may succeed at once.
    pub(crate) const fn is_contention(&self) -> bool {
        matches!(self, Self::Store(store::Error::Contended(_)))
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
