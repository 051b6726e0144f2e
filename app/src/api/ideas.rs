//! Ideas of the caller's communities, and those that wait for their decision.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use policy::decide::idea::IdeaAct;
use policy::{
    Timestamp,
    decide::{idea::IdeaState, idea_mail::IdeaMails},
};
use serde::{Deserialize, Serialize};

/// A page of the list of ideas, and where the caller may post another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdeasView {
    /// The ideas, the latest first.
    pub ideas: Vec<IdeaView>,
    /// The communities that the caller belongs to: identifier and name.
    pub communities: Vec<(String, String)>,
    /// Whether the caller may decide about the ideas of any community.
    pub moderates: bool,
    /// The idea after which the next page begins; `None` on the last page.
    pub after: Option<String>,
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
    /// Its state.
    pub state: IdeaState,
    /// How many members have voted for it.
    pub votes: i64,
    /// How many comments there are.
    pub comments: i64,
}

/// An idea on its own page, and what the caller may do with it.
#[expect(clippy::struct_excessive_bools, reason = "five facts about an idea that do not depend on each other")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneIdeaView {
    /// The idea.
    pub idea: IdeaView,
    /// Why it was rejected; empty where it was not.
    pub reason: String,
    /// Whether the caller may change it.
    pub may_edit: bool,
    /// Whether the caller may decide about it.
    pub may_decide: bool,
    /// Whether people talk about it, vote for it and share it.
    pub is_open: bool,
    /// Whether the caller has voted for it.
    pub voted: bool,
    /// Whether the caller follows it.
    pub follows: bool,
    /// The latest comments, the first of them first.
    pub comments: Vec<CommentView>,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentView {
    /// Who wrote it, by name.
    pub author: String,
    /// What it says.
    pub body: String,
    /// When it was written.
    pub posted_at: Timestamp,
}

/// What waits for a moderator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// The ideas that wait, the first one first; the one that was asked for before all others.
    pub ideas: Vec<IdeaView>,
    /// Whether one was asked for that waits no longer, or is not the caller's to decide about.
    pub waits_no_longer: bool,
}

server_function! {
    /// Loads a page of the ideas of the caller's communities: those in a state, or all; after one, or from the latest.
    "ideas/load" in Member as caller;
    pub async fn load_ideas(
        /// Only those in this state.
        state: Option<String>,
        /// Only those after this one.
        after: Option<String>,
    ) -> Result<IdeasView, ApiError> {
        let bailey = context().bailey;
        let state = state.and_then(|name| name.parse().ok());
        let after = after.and_then(|id| domain::IdeaId::parse(&id));
        let page = bailey.ideas().list(&caller, state, after.as_ref()).await.map_err(fail)?;
        let communities = bailey.communities().mine(&caller).await.map_err(fail)?;
        Ok(IdeasView {
            ideas: page.ideas.into_iter().map(IdeaView::from).collect(),
            communities: communities.into_iter().map(|found| (found.id.to_string(), found.name)).collect(),
            moderates: bailey.ideas().moderates(&caller).await.map_err(fail)?,
            after: page.after.map(|id| id.to_string()),
        })
    }
}

server_function! {
    /// Loads one idea.
    "ideas/one" in Member as caller;
    pub async fn load_idea(
        /// Which.
        id: String,
    ) -> Result<OneIdeaView, ApiError> {
        let id = domain::IdeaId::parse(&id).ok_or_else(|| fail(domain::Error::NotFound))?;
        context().bailey.ideas().find(&caller, &id).await.map(OneIdeaView::from).map_err(fail)
    }
}

server_function! {
    /// Loads the ideas that wait for the caller's decision.
    "ideas/pending" in Member as caller;
    pub async fn load_pending_ideas(
        /// The one that is looked for.
        wanted: Option<String>,
    ) -> Result<QueueView, ApiError> {
        let found = context().bailey.ideas().pending(&caller).await.map_err(fail)?;
        let mut ideas: Vec<_> = found.into_iter().map(IdeaView::from).collect();
        ideas.sort_by_key(|idea| Some(&idea.id) != wanted.as_ref());
        let waits_no_longer = wanted.is_some_and(|wanted| ideas.first().is_none_or(|first| first.id != wanted));
        Ok(QueueView { ideas, waits_no_longer })
    }
}

server_function! {
    /// Loads how the caller wants to be told what happens on ideas.
    "ideas/mails" in Member as caller;
    pub async fn load_idea_mails() -> Result<IdeaMails, ApiError> {
        context().bailey.ideas().mails(&caller).await.map_err(fail)
    }
}

#[cfg(feature = "ssr")]
impl From<domain::ideas::IdeaRow> for IdeaView {
    fn from(idea: domain::ideas::IdeaRow) -> Self {
        let domain::ideas::IdeaRow { id, community, author, title, body, posted_at, state, votes, comments, .. } = idea;
        Self { id: id.to_string(), community, author, title, body, posted_at, state, votes, comments }
    }
}

#[cfg(feature = "ssr")]
impl From<domain::ideas::SeenIdea> for OneIdeaView {
    fn from(seen: domain::ideas::SeenIdea) -> Self {
        let comment = |row: domain::ideas::CommentRow| CommentView {
            author: row.author,
            body: row.body,
            posted_at: row.posted_at,
        };
        Self {
            may_edit: seen.may(IdeaAct::Edit),
            may_decide: seen.may(IdeaAct::Decide),
            is_open: seen.may(IdeaAct::Comment),
            voted: seen.discussion.voted,
            follows: seen.discussion.follows,
            comments: seen.discussion.comments.into_iter().map(comment).collect(),
            reason: seen.idea.reason.clone(),
            idea: seen.idea.into(),
        }
    }
}
