//! What every request shares.
use crate::edge::Edge;
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
    /// Where the built front-end lies, and how it is named.
    pub leptos: LeptosOptions,
}
