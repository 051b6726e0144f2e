//! What a server function answers when it does not do what was asked.
use crate::{
    api::settings::view::Conflict,
    page::refusal_view::{self, ServerRefusal},
    wire::BrowserJson,
};
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why a server function did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ApiError {
    /// Fields hold what they may not hold: the words beside each field, by its name.
    #[error("some fields need another look")]
    Invalid(BTreeMap<String, String>),
    /// A rule says no.
    #[error("a rule says no")]
    Refused(#[serde(with = "refusal_view::wire")] ServerRefusal),
    /// Somebody saved meanwhile; nothing was overwritten.
    #[error("somebody saved meanwhile")]
    Conflict(Box<Conflict>),
    /// There is no such thing, or not for this person.
    #[error("there is no such thing here")]
    NotFound,
    /// The database can't be reached just now.
    #[error("Bailey can't reach its database just now")]
    Unavailable {
        /// What an operator finds in the log.
        request_id: String,
    },
    /// Something broke that the person can't mend.
    #[error("something broke on the server")]
    Failed {
        /// What an operator finds in the log.
        request_id: String,
    },
    /// The answer did not arrive, or not whole.
    #[error("the server could not be reached")]
    Transport(String),
}

#[cfg(feature = "ssr")]
impl ApiError {
    /// Returns what a server function answers with.
    pub fn of(error: web::PublicError, request_id: &str) -> Self {
        use web::PublicError;
        let request_id = request_id.to_owned();
        match error {
            PublicError::Invalid(fields) => Self::Invalid(fields),
            PublicError::Refused(refusal) => Self::Refused(refusal),
            PublicError::Conflict(conflict) => Self::Conflict(Box::new((*conflict).into())),
            PublicError::NotFound => Self::NotFound,
            PublicError::Unavailable => Self::Unavailable { request_id },
            PublicError::Failed => Self::Failed { request_id },
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = BrowserJson;

    /// What the browser could not read or did not get.
    #[cfg(not(feature = "ssr"))]
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        // What can't be read may well be the answer of another build.
        if matches!(error, ServerFnErrorErr::Deserialization(_)) {
            leptos::task::spawn_local(crate::page::replaced_build::load_if_replaced(None));
        }
        Self::Transport(error.to_string())
    }

    /// What the server could not read, which its edge answers in place of this, or could not answer.
    #[cfg(feature = "ssr")]
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        not_called(&error)
    }
}

/// What becomes of a call that did not reach its server function, or whose answer could not be sent. What was wrong
/// with it is nothing for whoever called.
#[cfg(feature = "ssr")]
fn not_called(error: &ServerFnErrorErr) -> ApiError {
    use leptos::prelude::use_context;

    let unreadable = matches!(
        error,
        ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_)
    );
    if unreadable {
        tracing::debug!(%error, "the arguments of a call could not be read");
    } else {
        tracing::error!(%error, "a call failed");
    }
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(if unreadable { web::UNREADABLE } else { http::StatusCode::INTERNAL_SERVER_ERROR });
    }
    let request_id = use_context::<web::RequestContext>().map(|context| context.request_id).unwrap_or_default();
    ApiError::Failed { request_id }
}
