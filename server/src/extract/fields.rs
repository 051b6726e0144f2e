//! The fields of a posted form, the last value of each, as with a switch behind its hidden companion; and
//! those that arrived more than once otherwise.
use crate::{
    edge::{self, PAGE_FIELD, request_id},
    state::AppState,
};
use axum::{
    extract::{Form, FromRequest, Request},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use std::collections::BTreeMap;
use web::local_path;

/// The fields of a posted form.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub BTreeMap<String, String>, BTreeMap<String, String>);

impl Fields {
    /// Returns the text of a field; empty when the form does not hold it.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Takes a field out, as a password that must not linger.
    pub fn take(&mut self, name: &str) -> String {
        self.0.remove(name).unwrap_or_default()
    }

    /// Returns where the person wanted to go, as a path of this site; `None` when the form does not say.
    pub fn next(&self) -> Option<String> {
        Some(self.text("next")).filter(|next| !next.is_empty()).map(|next| local_path(Some(next)).to_owned())
    }

    /// Returns the fields that hold more than one value, with the value that is not the last.
    pub const fn repeated(&self) -> &BTreeMap<String, String> {
        &self.1
    }
}

impl FromIterator<(String, String)> for Fields {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            let switched_on = value == "true";
            if let Some(earlier) = fields.0.insert(name.clone(), value)
                && !(switched_on && earlier == "false")
            {
                fields.1.insert(name, earlier);
            }
        }
        fields
    }
}

impl FromRequest<AppState> for Fields {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (id, headers) = (request_id(&request), request.headers().clone());
        match Form::<Vec<(String, String)>>::from_request(request, state).await {
            // Which page it stands on, no handler needs to know.
            Ok(Form(pairs)) => Ok(pairs.into_iter().filter(|(name, _)| name != PAGE_FIELD).collect()),
            Err(rejection) => {
                let status = match rejection.into_response().status() {
                    StatusCode::INTERNAL_SERVER_ERROR => StatusCode::BAD_REQUEST,
                    status => status,
                };
                Err(unreadable_form(state, &headers, &id, status))
            }
        }
    }
}

/// Answers a form that could not be read.
pub fn unreadable_form(state: &AppState, headers: &HeaderMap, id: &str, status: StatusCode) -> Response {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return edge::too_large(&state.edge, headers, id);
    }
    let words =
        "The form did not arrive as a browser sends it. Nothing was saved. Go back, reload the page, and try again.";
    edge::plain_page(&state.edge, status, "The form could not be read", &[words], id)
}
