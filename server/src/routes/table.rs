//! The builder that binds the gate to each route as it is added.
use crate::{
    edge::{BODY_LIMIT, TYPED_BODY_LIMIT, UPLOAD_BODY_LIMIT},
    gate::{self, Gate, ResponseKind, ToldApartBy},
    handlers::functions,
    respond::FormContent,
    state::AppState,
};
use app::api::declare::Declared;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::Method,
    middleware::from_fn_with_state,
    routing::{MethodFilter, MethodRouter, on},
};
use policy::{Area, RouteBudget, decide::headers::floor_only_in};
use tower_http::limit::RequestBodyLimitLayer;

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
    /// What stands in the form whose post it is.
    pub content: FormContent,
    /// What bounds the work that strangers cause by it; each route that is open to anybody names one.
    pub budget: Option<RouteBudget>,
}

impl Tag {
    const fn new(method: Method, path: String, area: Area, kind: ResponseKind, budget: Option<RouteBudget>) -> Self {
        Self { method, path, area, kind, content: FormContent::Buttons, budget }
    }

    fn form(path: &str, area: Area, content: FormContent, budget: Option<RouteBudget>) -> Self {
        Self { content, ..Self::new(Method::POST, braced(path), area, ResponseKind::Form, budget) }
    }

    /// Returns how much is read of what is sent to it, in bytes: more where a member may have typed much.
    pub fn body_limit(&self) -> usize {
        if self.content == FormContent::Upload {
            return UPLOAD_BODY_LIMIT;
        }
        let of_members = !matches!(self.area, Area::Public | Area::SecondStep | Area::SignedIn);
        let is_typed = match self.kind {
            ResponseKind::Form => matches!(self.content, FormContent::Typed | FormContent::File),
            ResponseKind::ServerFunction | ResponseKind::Api | ResponseKind::Check => true,
            ResponseKind::Page | ResponseKind::Open => false,
        };
        if of_members && is_typed { *TYPED_BODY_LIMIT } else { BODY_LIMIT }
    }
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
        self.gated(Tag::new(Method::GET, braced(path), area, ResponseKind::Page, budget), handler)
    }

    /// Adds the post of a form, which is one act for each page that it was sent from.
    #[must_use]
    pub fn form(self, path: &str, area: Area, content: FormContent, handler: MethodRouter<AppState>) -> Self {
        // Behind the gate: nobody's form is read before it is known whose it is.
        let handler = self.once(ToldApartBy::Page, handler);
        self.gated(Tag::form(path, area, content, None), handler)
    }

    /// Adds the post of a form that brings a file, which is written to disk as it arrives. Its act has to bear being done
    /// twice: nobody holds what it brings to tell it from one that was sent before.
    #[must_use]
    pub fn upload(self, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        self.gated(Tag::form(path, area, FormContent::Upload, None), handler)
    }

    /// Adds the post of a form that is one act even where it names no page: a code, a right or a link is used up by it.
    #[must_use]
    pub fn form_once(self, path: &str, area: Area, content: FormContent, handler: MethodRouter<AppState>) -> Self {
        self.gated_once(Tag::form(path, area, content, None), handler)
    }

    /// Adds the post of such a form that anybody may send.
    #[must_use]
    pub fn public_form_once(self, path: &str, budget: RouteBudget, handler: MethodRouter<AppState>) -> Self {
        self.gated_once(Tag::form(path, Area::Public, FormContent::Secret, Some(budget)), handler)
    }

    /// Adds the post of a form that anybody may send.
    #[must_use]
    pub fn public_form(self, path: &str, budget: RouteBudget, handler: MethodRouter<AppState>) -> Self {
        let handler = self.once(ToldApartBy::Page, handler);
        self.gated(Tag::form(path, Area::Public, FormContent::Secret, Some(budget)), handler)
    }

    /// Adds a route of the REST API.
    #[must_use]
    pub fn api(self, method: Method, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        self.gated(Tag::new(method, path.to_owned(), area, ResponseKind::Api, None), handler)
    }

    /// Adds a route of the REST API that anybody may ask.
    #[must_use]
    pub fn public_api(self, method: Method, path: &str, budget: RouteBudget, handler: MethodRouter<AppState>) -> Self {
        let (area, budget) = (Area::Public, Some(budget));
        self.gated(Tag::new(method, path.to_owned(), area, ResponseKind::Api, budget), handler)
    }

    /// Adds a check that another program asks on behalf of a browser: it is activity only where the operator says so.
    #[must_use]
    pub fn check(self, path: &str, area: Area, handler: MethodRouter<AppState>) -> Self {
        let activity = self.state.edge.session_check_is_activity;
        let tag = Tag::new(Method::GET, path.to_owned(), area, ResponseKind::Check, None);
        self.gated_by(tag, handler, activity)
    }

    /// Adds a server function.
    #[must_use]
    pub fn server_function(self, method: Method, declared: &Declared) -> Self {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::POST);
        let Declared { path, area, budget, activity } = *declared;
        let tag = Tag::new(method, path.to_owned(), area, ResponseKind::ServerFunction, budget);
        self.gated_by(tag, on(filter, functions::call), activity)
    }

    /// Adds a route that needs no gate.
    #[must_use]
    pub fn open(mut self, method: Method, path: &str, budget: RouteBudget, handler: MethodRouter<AppState>) -> Self {
        let tag = Tag::new(method, path.to_owned(), Area::Public, ResponseKind::Open, Some(budget));
        let handler = self.in_turn(&tag, handler);
        self.router = self.router.route(path, handler);
        self.tags.push(tag);
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
        let handler = self.behind_gate(&tag, handler, activity);
        self.with(tag, handler)
    }

    fn gated_once(self, tag: Tag, handler: MethodRouter<AppState>) -> Self {
        let handler = self.behind_gate(&tag, handler, true);
        let handler = self.once(ToldApartBy::PageOrCookies, handler);
        self.with(tag, handler)
    }

    fn once(&self, by: ToldApartBy, handler: MethodRouter<AppState>) -> MethodRouter<AppState> {
        handler.layer(from_fn_with_state((self.state.clone(), by), gate::once))
    }

    fn behind_gate(&self, tag: &Tag, handler: MethodRouter<AppState>, activity: bool) -> MethodRouter<AppState> {
        let (Tag { area, kind, content, budget, .. }, body_limit) = (tag.clone(), tag.body_limit());
        let floor_only = floor_only_in(area);
        let gate = Gate { state: self.state.clone(), area, kind, activity, content, body_limit, budget, floor_only };
        let handler: MethodRouter<AppState> = handler.layer(RequestBodyLimitLayer::new(body_limit));
        handler.layer(from_fn_with_state(gate, gate::pass))
    }

    fn with(mut self, tag: Tag, handler: MethodRouter<AppState>) -> Self {
        let handler: MethodRouter<AppState> = handler.layer(DefaultBodyLimit::max(tag.body_limit()));
        let handler = self.in_turn(&tag, handler);
        self.router = self.router.route(&tag.path, handler);
        self.tags.push(tag);
        self
    }

    /// Puts turns before what is open to anybody.
    fn in_turn(&self, tag: &Tag, handler: MethodRouter<AppState>) -> MethodRouter<AppState> {
        match tag.budget {
            Some(_) => handler.layer(from_fn_with_state((self.state.clone(), tag.kind), gate::in_turn)),
            None => handler,
        }
    }
}

/// Turns `:name` of the application's routes into `{name}`.
fn braced(path: &str) -> String {
    let segment = |s: &str| s.strip_prefix(':').map_or_else(|| s.to_owned(), |name| format!("{{{name}}}"));
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}
