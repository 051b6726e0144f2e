//! The one place where an error becomes an answer.
use domain::{Error, policies::Conflict};
use http::StatusCode;
use policy::Refusal;
use std::collections::BTreeMap;

/// What whoever asked may be told of an error.
#[derive(Debug)]
pub enum PublicError {
    /// Fields hold what they may not hold: the words beside each field, by its name.
    Invalid(BTreeMap<String, String>),
    /// A rule says no.
    Refused(Refusal),
    /// Somebody saved meanwhile; nothing was overwritten.
    Conflict(Box<Conflict>),
    /// There is no such thing, or not for this person.
    NotFound,
    /// The database can't be reached just now.
    Unavailable,
    /// Something broke that the person can't mend.
    Failed,
}

/// Returns the status of an error, and what may be told of it; what a person can't mend is logged here, once.
pub fn explain(error: Error) -> (StatusCode, PublicError) {
    let away = error.is_outage();
    match error {
        Error::Invalid(fields) => (StatusCode::UNPROCESSABLE_ENTITY, PublicError::Invalid(fields)),
        Error::Refused(refusal) => (status_of(&refusal), PublicError::Refused(refusal)),
        Error::Conflict(conflict) => (StatusCode::CONFLICT, PublicError::Conflict(conflict)),
        Error::NotFound => (StatusCode::NOT_FOUND, PublicError::NotFound),
        other if away => {
            tracing::error!(error = %other, "the database is away");
            (StatusCode::SERVICE_UNAVAILABLE, PublicError::Unavailable)
        }
        other => {
            tracing::error!(error = %other, "a request failed");
            (StatusCode::INTERNAL_SERVER_ERROR, PublicError::Failed)
        }
    }
}

/// Returns the HTTP status of a refusal.
pub fn status_of(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// The status of a call whose arguments can't be read; no server function answers with it by itself.
pub const UNREADABLE: StatusCode = StatusCode::BAD_REQUEST;
