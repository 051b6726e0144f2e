//! What every request shares.
use crate::edge::Edge;
use app::api::cookies::Cookies;
use domain::{Bailey, workspaces::Workspace};
use leptos::config::LeptosOptions;
use std::sync::Arc;
use tokio_util::task::LocalPoolHandle;

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
    /// The threads that render pages, each page on one of them from beginning to end: what a page
    /// waits for is then never signalled from another thread while nobody listens yet.
    pub renderers: LocalPoolHandle,
}

/// As many rendering threads as there are cores.
pub fn renderers() -> LocalPoolHandle {
    LocalPoolHandle::new(std::thread::available_parallelism().map_or(1, usize::from))
}
