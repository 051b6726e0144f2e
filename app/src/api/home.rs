//! The start page: what is new for whoever looks, and the first run for whoever is led through it.
use super::{declare::server_function, first_steps::FirstStepView, ideas::IdeaView};
#[cfg(feature = "ssr")]
use super::{
    first_steps::steps,
    serve::{context, fail},
};
use crate::error::ApiError;
use serde::{Deserialize, Serialize};

/// What the start page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// The latest ideas of the caller's communities, the latest first.
    pub ideas: Vec<IdeaView>,
    /// The communities that the caller belongs to: identifier and name.
    pub communities: Vec<(String, String)>,
    /// The steps of the first run; empty for whoever is not led through it, and once it was left.
    pub first_steps: Vec<FirstStepView>,
}

/// How many ideas the start page shows.
#[cfg(feature = "ssr")]
const SHOWN: i64 = 5;

server_function! {
    /// Loads the start page.
    "home/load" in Member as caller;
    pub async fn load_home() -> Result<HomeView, ApiError> {
        let bailey = context().bailey;
        let ideas = bailey.ideas().latest(&caller, SHOWN).await.map_err(fail)?;
        let communities = bailey.communities().mine(&caller).await.map_err(fail)?;
        let first_run = bailey.workspaces().first_run(&caller).await.map_err(fail)?;
        let first_run = first_run.filter(|run| !run.left);
        Ok(HomeView {
            ideas: ideas.into_iter().map(IdeaView::from).map(|idea| IdeaView { body: String::new(), ..idea }).collect(),
            communities: communities.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
            first_steps: first_run.map(steps).unwrap_or_default(),
        })
    }
}
