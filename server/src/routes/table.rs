//! The builder that binds the gate to each route as it is added.
use crate::{
    gate::{self, Gate},
    handlers::functions,
    state::AppState,
};
use axum::{
    Router,
    http::Method,
    middleware::from_fn_with_state,
    routing::{MethodFilter, MethodRouter, on},
};
use policy::Area;

/// What kind of answer a route gives, refusals included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page: a refusal leads to where it can be mended.
    Page,
    /// A form's post: like a page, and back to the page of the form.
    Form,
    /// A server function: a refusal is an `ApiError` as JSON.
    ServerFunction,
    /// The REST API: a refusal is a problem document (RFC 9457).
    Api,
    /// No gate: health and reports.
    Open,
}

/// A route as the tests enumerate it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The method.
    pub method: Method,
    /// The path, parameters in braces.
    pub path: String,
    /// The area that the gate is asked about.
    pub area: Area,
    /// What kind of answer it gives.
    pub kind: Kind,
}

/// The table of routes while it is built.
pub struct Routes {
    state: AppState,
    router: Router<AppState>,
    tags: Vec<Tag>,
}

impl Routes {
    /// An empty table.
    pub fn new(state: AppState) -> Self {
        Self { state, router: Router::new(), tags: Vec::new() }
    }

    /// Adds a page.
    #[must_use]
    pub fn page(self, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        self.gated(Tag { method: Method::GET, path: braced(path), area, kind: Kind::Page }, handler)
    }

    /// Adds the post of a form.
    #[must_use]
    pub fn form(self, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        self.gated(Tag { method: Method::POST, path: braced(path), area, kind: Kind::Form }, handler)
    }

    /// Adds a route of the REST API.
    #[must_use]
    pub fn api(self, method: Method, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        self.gated(Tag { method, path: path.to_owned(), area, kind: Kind::Api }, handler)
    }

    /// Adds a server function.
    #[must_use]
    pub fn server_function(self, method: Method, path: &str, area: Area) -> Self {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::POST);
        let tag = Tag { method, path: path.to_owned(), area, kind: Kind::ServerFunction };
        self.gated(tag, on(filter, functions::call))
    }

    /// Adds a route that needs no gate.
    #[must_use]
    pub fn open(mut self, method: Method, path: &str, handler: MethodRouter<AppState>) -> Self {
        self.router = self.router.route(path, handler);
        self.tags.push(Tag { method, path: path.to_owned(), area: Area::Public, kind: Kind::Open });
        self
    }

    /// Every route that was added.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// The router.
    pub fn into_router(self) -> Router<AppState> {
        self.router
    }

    fn gated(mut self, tag: Tag, handler: MethodRouter<AppState>) -> Self {
        let gate = Gate { state: self.state.clone(), area: tag.area, kind: tag.kind };
        self.router = self.router.route(&tag.path, handler.layer(from_fn_with_state(gate, gate::pass)));
        self.tags.push(tag);
        self
    }
}

/// Turns `:name` of the application's routes into `{name}`.
fn braced(path: &str) -> String {
    let segment = |s: &str| s.strip_prefix(':').map_or_else(|| s.to_owned(), |name| format!("{{{name}}}"));
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}
