//! Ideas of the caller's communities.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// The list of ideas, and where the caller may post another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeasView {
    /// The ideas, the latest first.
    pub ideas: Vec<IdeaView>,
    /// The communities that the caller belongs to: identifier and name.
    pub communities: Vec<(String, String)>,
}

/// An idea.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeaView {
    /// Its identifier in addresses.
    pub id: String,
    /// The name of its community.
    pub community: String,
    /// Who posted it, by name.
    pub author: String,
    /// Its title.
    pub title: String,
    /// What it says.
    pub body: String,
    /// When it was posted.
    pub posted_at: Timestamp,
}

server_function! {
    /// Loads the ideas of the caller's communities.
    "ideas/load" in Member as caller;
    pub async fn load_ideas() -> Result<IdeasView, ApiError> {
        let bailey = context().bailey;
        let ideas = bailey.ideas().list(&caller).await.map_err(fail)?;
        let communities = bailey.communities().mine(&caller).await.map_err(fail)?;
        Ok(IdeasView {
            ideas: ideas.into_iter().map(IdeaView::from).collect(),
            communities: communities.into_iter().map(|found| (found.id.to_string(), found.name)).collect(),
        })
    }
}

server_function! {
    /// Loads one idea.
    "ideas/one" in Member as caller;
    pub async fn load_idea(
        /// Which.
        id: String,
    ) -> Result<IdeaView, ApiError> {
        let id = domain::IdeaId::parse(&id).ok_or_else(|| fail(domain::Error::NotFound))?;
        context().bailey.ideas().find(&caller, &id).await.map(IdeaView::from).map_err(fail)
    }
}

#[cfg(feature = "ssr")]
impl From<domain::ideas::IdeaRow> for IdeaView {
    fn from(idea: domain::ideas::IdeaRow) -> Self {
        let domain::ideas::IdeaRow { id, community, author, title, body, posted_at, .. } = idea;
        Self { id: id.to_string(), community, author, title, body, posted_at }
    }
}
