//! What every request shares.
use crate::{edge::Edge, front_end::FrontEnd};
use domain::{Bailey, workspaces::Workspace};
use leptos::config::LeptosOptions;
use std::sync::Arc;
use web::Cookies;

/// What every request shares; cloned cheaply.
#[derive(Clone)]
pub struct AppState {
    /// Bailey itself.
    pub bailey: Bailey,
    /// The default workspace.
    pub workspace: Workspace,
    /// What the edge knows of the site.
    pub edge: Arc<Edge>,
    /// How cookies are named and marked.
    pub cookies: Cookies,
    /// The built front-end.
    pub front_end: FrontEnd,
    /// How pages name its files.
    pub leptos: LeptosOptions,
}
