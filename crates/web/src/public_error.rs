//! The one place where an error becomes an answer.
use domain::{Error, policies::Conflict};
use http::StatusCode;
use policy::{Refusal, reason::Remedy};
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
pub const fn status_of(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::Busy { .. } => StatusCode::SERVICE_UNAVAILABLE,
        Refusal::ClaimsPaused { .. }
        | Refusal::CodesPaused { .. }
        | Refusal::AddressPaused { .. }
        | Refusal::Locked { .. }
        | Refusal::PresentPasswordPaused { .. }
        | Refusal::CodeSentLately { .. }
        | Refusal::CodeSentElsewhere { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::WrongCredentials
        | Refusal::WrongCode { .. }
        | Refusal::WrongPasskey
        | Refusal::ChallengeExpired
        | Refusal::CaptchaUnsolved { .. }
        | Refusal::CaptchaLapsed { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::ChangeWaiting { .. } => StatusCode::CONFLICT,
        Refusal::LinkDead | Refusal::LinkUsed | Refusal::LinkExpired { .. } => StatusCode::GONE,
        _ => match refusal.remedy() {
            Remedy::SignIn | Remedy::SecondStep => StatusCode::UNAUTHORIZED,
            _ => StatusCode::FORBIDDEN,
        },
    }
}

/// The status of a call whose arguments can't be read; no server function answers with it by itself.
pub const UNREADABLE: StatusCode = StatusCode::BAD_REQUEST;
