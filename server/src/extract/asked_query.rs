//! What a page's address asks for.
use app::page::Notice;
use axum::extract::{FromRequestParts, Query};
use http::request::Parts;
use serde::Deserialize;
use std::convert::Infallible;
use web::local_path;

/// What a page's address may carry besides its own parameters.
#[derive(Debug, Default, Deserialize)]
pub struct AskedQuery {
    /// What just happened; a name that is not known says nothing.
    notice: Option<String>,
    /// Where the person wanted to go.
    next: Option<String>,
    /// There where a form was saved while the person signed in.
    saved: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for AskedQuery {
    type Rejection = Infallible;

    /// A query that can't be read asks for nothing.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Query::try_from_uri(&parts.uri).map(|Query(asked)| asked).unwrap_or_default())
    }
}

impl AskedQuery {
    /// Returns what just happened.
    pub fn notice(&self) -> Option<Notice> {
        self.notice.as_deref().and_then(Notice::from_name)
    }

    /// Whether a form was saved while the person signed in.
    pub const fn saved(&self) -> bool {
        self.saved.is_some()
    }

    /// Returns where the person wanted to go, if that is a path of this site.
    pub fn next(&self) -> Option<String> {
        let wanted = self.next.as_deref()?;
        (local_path(Some(wanted)) == wanted).then(|| wanted.to_owned())
    }
}
