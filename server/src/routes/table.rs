//! The builder that binds the gate to each route as it is added.
use crate::{
    gate::{self, Gate, ResponseKind},
    handlers::functions,
    state::AppState,
};
use axum::{
    Router,
    http::Method,
    middleware::from_fn_with_state,
    routing::{MethodFilter, MethodRouter, on},
};
use policy::{Area, RouteBudget};

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
    pub kind: ResponseKind,
    /// What bounds the work that strangers cause by it; each route that is open to anybody names one.
    pub budget: Option<RouteBudget>,
}

/// The table of routes while it is built.
pub struct Routes {
    state: AppState,
    router: Router<AppState>,
    tags: Vec<Tag>,
}

impl Routes {
    /// Returns an empty table.
    pub fn new(state: AppState) -> Self {
        Self { state, router: Router::new(), tags: Vec::new() }
    }

    /// Adds a page, which changes nothing.
    #[must_use]
    pub fn page(self, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        let budget = (area == Area::Public).then_some(RouteBudget::Reads);
        self.gated(Tag { method: Method::GET, path: braced(path), area, kind: ResponseKind::Page, budget }, handler)
    }

    /// Adds the post of a form.
    #[must_use]
    pub fn form(self, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        let tag = Tag { method: Method::POST, path: braced(path), area, kind: ResponseKind::Form, budget: None };
        self.gated(tag, handler)
    }

    /// Adds the post of a form that is one act, however often it is sent: a code, a right or a link is used up by it.
    #[must_use]
    pub fn form_once(self, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        let tag = Tag { method: Method::POST, path: braced(path), area, kind: ResponseKind::Form, budget: None };
        self.gated_once(tag, handler)
    }

    /// Adds the post of such a form that anybody may send.
    #[must_use]
    pub fn public_form_once(self, path: &str, budget: RouteBudget, handler: MethodRouter<AppState>) -> Self {
        let (area, budget) = (Area::Public, Some(budget));
        let tag = Tag { method: Method::POST, path: braced(path), area, kind: ResponseKind::Form, budget };
        self.gated_once(tag, handler)
    }

    /// Adds the post of a form that anybody may send.
    #[must_use]
    pub fn public_form(self, path: &str, budget: RouteBudget, handler: MethodRouter<AppState>) -> Self {
        let (area, budget) = (Area::Public, Some(budget));
        let tag = Tag { method: Method::POST, path: braced(path), area, kind: ResponseKind::Form, budget };
        self.gated(tag, handler)
    }

    /// Adds a route of the REST API.
    #[must_use]
    pub fn api(self, method: Method, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        self.gated(Tag { method, path: path.to_owned(), area, kind: ResponseKind::Api, budget: None }, handler)
    }

    /// Adds a route of the REST API that anybody may ask.
    #[must_use]
    pub fn public_api(self, method: Method, path: &str, budget: RouteBudget, handler: MethodRouter<AppState>) -> Self {
        let (area, budget) = (Area::Public, Some(budget));
        self.gated(Tag { method, path: path.to_owned(), area, kind: ResponseKind::Api, budget }, handler)
    }

    /// Adds a check that another program asks on behalf of a browser: it is activity only where the operator says so.
    #[must_use]
    pub fn check(self, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        let activity = self.state.edge.session_check_is_activity;
        let tag = Tag { method: Method::GET, path: path.to_owned(), area, kind: ResponseKind::Api, budget: None };
        self.gated_by(tag, handler, activity)
    }

    /// Adds a server function.
    #[must_use]
    pub fn server_function(self, method: Method, path: &str, area: Area, budget: Option<RouteBudget>) -> Self {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::POST);
        let tag = Tag { method, path: path.to_owned(), area, kind: ResponseKind::ServerFunction, budget };
        self.gated(tag, on(filter, functions::call))
    }

    /// Adds a route that needs no gate.
    #[must_use]
    pub fn open(mut self, method: Method, path: &str, budget: RouteBudget, handler: MethodRouter<AppState>) -> Self {
        self.router = self.router.route(path, handler);
        let (area, budget) = (Area::Public, Some(budget));
        self.tags.push(Tag { method, path: path.to_owned(), area, kind: ResponseKind::Open, budget });
        self
    }

    /// Returns every route that was added.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// Returns the router.
    pub fn into_router(self) -> Router<AppState> {
        self.router
    }

    fn gated(self, tag: Tag, handler: MethodRouter<AppState>) -> Self {
        self.gated_by(tag, handler, true)
    }

    fn gated_by(self, tag: Tag, handler: MethodRouter<AppState>, activity: bool) -> Self {
        let handler = handler.layer(from_fn_with_state(self.gate(&tag, activity), gate::pass));
        self.with(tag, handler)
    }

    fn gated_once(self, tag: Tag, handler: MethodRouter<AppState>) -> Self {
        let handler = handler.layer(from_fn_with_state(self.gate(&tag, true), gate::pass));
        let handler = handler.layer(from_fn_with_state(self.state.clone(), gate::once));
        self.with(tag, handler)
    }

    fn gate(&self, tag: &Tag, activity: bool) -> Gate {
        let Tag { area, kind, budget, .. } = *tag;
        Gate { state: self.state.clone(), area, kind, activity, budget }
    }

    fn with(mut self, tag: Tag, handler: MethodRouter<AppState>) -> Self {
        self.router = self.router.route(&tag.path, handler);
        self.tags.push(tag);
        self
    }
}

/// Turns `:name` of the application's routes into `{name}`.
fn braced(path: &str) -> String {
    let segment = |s: &str| s.strip_prefix(':').map_or_else(|| s.to_owned(), |name| format!("{{{name}}}"));
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}
