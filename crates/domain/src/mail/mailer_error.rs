//! Why a mail was not handed over.

/// Why a mail was not handed over.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
pub struct MailerError {
    words: String,
    /// Whether trying again is of no use.
    pub permanent: bool,
}

impl MailerError {
    pub(super) fn permanent(cause: impl std::fmt::Display) -> Self {
        Self { words: cause.to_string(), permanent: true }
    }

    pub(super) fn passing(cause: impl std::fmt::Display) -> Self {
        Self { words: cause.to_string(), permanent: false }
    }
}
