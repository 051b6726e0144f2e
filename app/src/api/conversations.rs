//! Conversations of the caller.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// The list of conversations, and where the caller may start another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationsView {
    /// The conversations, the latest message first.
    pub conversations: Vec<ConversationLine>,
    /// The communities that the caller belongs to: identifier and name.
    pub communities: Vec<(String, String)>,
}

/// A conversation in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationLine {
    /// Its identifier in addresses.
    pub id: String,
    /// The name of its community.
    pub community: String,
    /// What it is about.
    pub subject: String,
    /// When the latest message was sent.
    pub last_message_at: Timestamp,
    /// How many messages of others are new.
    pub unread: i64,
    /// Whether the caller has muted it.
    pub muted: bool,
}

/// A conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationView {
    /// What its line in the list says.
    pub line: ConversationLine,
    /// The number of the latest message.
    pub latest: i64,
    /// The names of the others who take part still.
    pub others: Vec<String>,
    /// The latest messages, the latest last.
    pub messages: Vec<MessageView>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    /// Its number in the conversation.
    pub number: i64,
    /// Who wrote it, by name.
    pub author: String,
    /// Whether the caller did.
    pub own: bool,
    /// What it says.
    pub body: String,
    /// When it was sent.
    pub sent_at: Timestamp,
}

server_function! {
    /// Loads the caller's conversations.
    "conversations/load" in Member as caller;
    pub async fn load_conversations() -> Result<ConversationsView, ApiError> {
        let bailey = context().bailey;
        let conversations = bailey.conversations().list(&caller).await.map_err(fail)?;
        let communities = bailey.communities().mine(&caller).await.map_err(fail)?;
        Ok(ConversationsView {
            conversations: conversations.into_iter().map(ConversationLine::from).collect(),
            communities: communities.into_iter().map(|found| (found.id.to_string(), found.name)).collect(),
        })
    }
}

server_function! {
    /// Loads one conversation.
    "conversations/one" in Member as caller;
    pub async fn load_conversation(
        /// Which.
        id: String,
    ) -> Result<ConversationView, ApiError> {
        let id = domain::ConversationId::parse(&id).ok_or_else(|| fail(domain::Error::NotFound))?;
        let found = context().bailey.conversations().find(&caller, &id).await.map_err(fail)?;
        let others = found.participants.into_iter().filter(|one| one.member_id != *caller.member());
        let messages = found.messages.into_iter().map(|message| MessageView {
            number: message.number,
            own: message.author_id == *caller.member(),
            author: message.author,
            body: message.body,
            sent_at: message.sent_at,
        });
        Ok(ConversationView {
            latest: found.row.messages,
            others: others.map(|one| one.name).collect(),
            messages: messages.collect(),
            line: found.row.into(),
        })
    }
}

#[cfg(feature = "ssr")]
impl From<domain::conversations::ConversationRow> for ConversationLine {
    fn from(row: domain::conversations::ConversationRow) -> Self {
        let domain::conversations::ConversationRow { id, community, subject, last_message_at, unread, muted, .. } = row;
        Self { id: id.to_string(), community, subject, last_message_at, unread, muted }
    }
}
