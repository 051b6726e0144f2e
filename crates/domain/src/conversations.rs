//! Conversations: members of a community write to each other.
mod mails;
mod start;
mod write;

pub use start::NewConversation;
pub use store::{ConversationRow, MessageRow, ParticipantRow};

use crate::{
    Caller, ConversationId, Error, Result,
    audit::{Actor, Channel, Entry},
    bailey::Conversations,
    members::{clean_text, hold_caller},
    platform::unit_of_work::unit_of_work,
};
use policy::words;

/// The greatest length of a message, in characters.
const BODY: u16 = 5_000;
/// How many conversations the list shows.
const SHOWN: i64 = 100;
/// How many of the latest messages a conversation shows.
const MESSAGES_SHOWN: i64 = 200;

/// A conversation, with who takes part and what they wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// The conversation.
    pub row: ConversationRow,
    /// Whoever takes part still.
    pub participants: Vec<ParticipantRow>,
    /// The latest messages, the latest last.
    pub messages: Vec<MessageRow>,
}

impl Conversations<'_> {
    /// The latest conversations that the caller takes part in, the latest message first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller) -> Result<Vec<ConversationRow>> {
        Ok(self.0.store().read().await?.conversations_of(caller.member(), SHOWN).await?)
    }

    /// One conversation that the caller takes part in.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such conversation, or not for them.
    pub async fn find(self, caller: &Caller, id: &ConversationId) -> Result<Conversation> {
        let mut tx = self.0.store().read().await?;
        let row = tx.conversation_for(caller.member(), id).await?.ok_or(Error::NotFound)?;
        let mut participants = tx.participants(id).await?;
        participants.retain(|one| one.in_community);
        let mut messages = tx.messages_of(id, MESSAGES_SHOWN).await?;
        messages.reverse();
        Ok(Conversation { row, participants, messages })
    }

    /// Notes that the caller has read a conversation up to a message.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such conversation, or not for them.
    pub async fn read(self, caller: &Caller, id: &ConversationId, through: i64) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            tx.conversation_for(caller.member(), id).await?.ok_or(Error::NotFound)?;
            tx.note_read(id, caller.member(), through).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Notes whether the caller wants to hear of a conversation by mail and by the bell.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such conversation, or not for them.
    pub async fn mute(self, caller: &Caller, id: &ConversationId, muted: bool) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let row = tx.conversation_for(caller.member(), id).await?.ok_or(Error::NotFound)?;
            if row.muted == muted {
                return Ok(());
            }
            tx.set_muted(id, caller.member(), muted).await?;
            let entry = if muted {
                entry(caller, "Muted a conversation")
            } else {
                entry(caller, "Took back that a conversation is muted")
            };
            self.0.audit().record(&mut tx, caller.workspace(), entry.with("conversation", id.as_str())).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Lets the caller no longer take part in a conversation.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such conversation, or not for them.
    pub async fn leave(self, caller: &Caller, id: &ConversationId) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            tx.conversation_for(caller.member(), id).await?.ok_or(Error::NotFound)?;
            tx.leave_conversation(id, caller.member(), self.0.now().0).await?;
            let entry = entry(caller, "Left a conversation").with("conversation", id.as_str());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}

/// Returns a message as it is kept.
///
/// # Errors
/// What is wrong with it, in words.
fn judge_body(typed: &str) -> std::result::Result<String, String> {
    let body = clean_text(typed);
    if body.is_empty() || body.chars().count() > BODY.into() {
        return Err(format!("Write 1 to {} characters.", words::number(BODY.into())));
    }
    Ok(body)
}

/// What the audit log says; what people write never stands in it.
fn entry(caller: &Caller, action: &'static str) -> Entry {
    Entry::new(Channel::Conversations, action, Actor::Member(caller.email().clone())).from_address(caller.address())
}
