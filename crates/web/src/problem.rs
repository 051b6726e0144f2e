//! Problem documents (RFC 9457): how the REST API says no.
use crate::status_of;
use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use policy::Refusal;
use serde::Serialize;
use std::collections::BTreeMap;

/// A problem document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// A stable name for the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short heading.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what can be done.
    pub detail: String,
    /// The key of the setting that decided, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<&'static str>,
    /// What is wrong with each field, by its key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub errors: BTreeMap<String, String>,
    /// What an operator finds in the log.
    pub request_id: String,
}

impl Problem {
    /// Returns a problem of some kind.
    pub fn of(status: StatusCode, kind: &str, detail: &str, request_id: &str) -> Self {
        Self {
            kind: format!("/problems/{kind}"),
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.to_owned(),
            setting: None,
            errors: BTreeMap::new(),
            request_id: request_id.to_owned(),
        }
    }

    /// Returns a refusal.
    pub fn refused(refusal: &Refusal, request_id: &str) -> Self {
        Self {
            kind: format!("/problems/{}", refusal.code()),
            title: refusal.title().to_owned(),
            status: status_of(refusal).as_u16(),
            detail: refusal.detail(),
            setting: refusal.setting().map(policy::SettingKey::as_str),
            errors: BTreeMap::new(),
            request_id: request_id.to_owned(),
        }
    }

    /// Something that is no refusal.
    pub fn failed(status: StatusCode, request_id: &str) -> Self {
        let (kind, detail) = match status {
            StatusCode::SERVICE_UNAVAILABLE => {
                ("unavailable", "The database can't be reached just now. Try again in a moment.")
            }
            StatusCode::NOT_FOUND => ("not-found", "There is no such thing here."),
            StatusCode::METHOD_NOT_ALLOWED => ("method-not-allowed", "This address does not take this method."),
            StatusCode::PAYLOAD_TOO_LARGE => (
                "too-large",
                "What was sent is larger than what is read here, and nothing of it was taken. Shorten it and send it again.",
            ),
            status if status.is_client_error() => {
                ("unreadable", "The request could not be read as it was sent, and nothing of it was taken.")
            }
            _ => ("failed", "This is a fault in Bailey. The request id helps its operator to find it."),
        };
        Self::of(status, kind, detail, request_id)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(self)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}
