//! Chats that are told of ideas that wait.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// The webhooks of the workspace, and what was posted there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatView {
    /// The webhooks.
    pub hooks: Vec<HookView>,
    /// The communities: identifier and name.
    pub communities: Vec<(String, String)>,
    /// The latest notices.
    pub notices: Vec<NoticeView>,
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HookView {
    /// Its identifier in addresses of forms.
    pub id: String,
    /// The name of the community whose ideas it is told of; `None` for all that have none of their own.
    pub community: Option<String>,
    /// The form of what is posted, in words.
    pub form: String,
    /// The host of its address.
    pub host: String,
    /// Who set it.
    pub set_by: String,
    /// When.
    pub set_at: Timestamp,
}

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// What it is about.
    pub subject: String,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// Where it stands, in a word.
    pub state: String,
    /// What kept it from being posted.
    pub problem: Option<String>,
}

server_function! {
    /// Loads the webhooks of the workspace.
    "chat/load" in Admin as caller;
    pub async fn load_chat() -> Result<ChatView, ApiError> {
        let bailey = context().bailey;
        let (hooks, notices) = bailey.chat().list(&caller).await.map_err(fail)?;
        let communities = bailey.communities().list(&caller).await.map_err(fail)?;
        Ok(ChatView {
            hooks: hooks.into_iter().map(HookView::from).collect(),
            communities: communities.into_iter().map(|found| (found.id.to_string(), found.name)).collect(),
            notices: notices.into_iter().map(NoticeView::from).collect(),
        })
    }
}

#[cfg(feature = "ssr")]
impl From<domain::chat::Hook> for HookView {
    fn from(hook: domain::chat::Hook) -> Self {
        let domain::chat::Hook { id, community, form, host, set_by, set_at } = hook;
        let form = form.map_or("Unknown", policy::decide::chat::ChatForm::label).to_owned();
        Self { id, community, form, host, set_by, set_at }
    }
}

#[cfg(feature = "ssr")]
impl From<domain::chat::QueuedNotice> for NoticeView {
    fn from(notice: domain::chat::QueuedNotice) -> Self {
        use domain::outbox::DeliveryState;
        let (state, problem) = match notice.state {
            DeliveryState::Waiting(None, _) => ("Waits", None),
            DeliveryState::Waiting(Some(problem), _) => ("Tried again", Some(problem)),
            DeliveryState::Delivered(_) => ("Posted", None),
            DeliveryState::GivenUp(problem, _) => ("Given up", Some(problem)),
        };
        Self { subject: notice.subject, queued_at: notice.queued_at, state: state.to_owned(), problem }
    }
}
