//! Conversations between members of a community: who takes part, and what they wrote.
use crate::{
    CommunityId, ConversationId, Error, MemberId, Tx, WorkspaceId,
    columns::{Flag, MaybeMillis, Millis},
    sql,
};
use policy::{AccountStatus, Timestamp};

/// A conversation, as somebody sees it who takes part.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ConversationRow {
    /// Its identifier.
    pub id: ConversationId,
    /// The community whose members talk.
    pub community_id: CommunityId,
    /// The name of that community.
    pub community: String,
    /// What it is about.
    pub subject: String,
    /// When the latest message was sent.
    #[sqlx(try_from = "Millis")]
    pub last_message_at: Timestamp,
    /// How many messages there are; the latest one has this number.
    pub messages: i64,
    /// How many of them are others' and not read yet.
    pub unread: i64,
    /// Whether they have muted it.
    #[sqlx(try_from = "Flag")]
    pub muted: bool,
}

/// A conversation that is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConversationRow {
    /// Its identifier.
    pub id: ConversationId,
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// The community whose members talk.
    pub community_id: CommunityId,
    /// Who starts it.
    pub author_id: MemberId,
    /// What it is about.
    pub subject: String,
    /// When.
    pub started_at: Timestamp,
}

/// Somebody who takes part in a conversation.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ParticipantRow {
    /// Who.
    pub member_id: MemberId,
    /// Their name.
    pub name: String,
    /// Whether they take part in the workspace.
    #[sqlx(rename = "standing", try_from = "String")]
    pub status: AccountStatus,
    /// Whether they belong to the community still.
    #[sqlx(try_from = "Flag")]
    pub in_community: bool,
    /// Whether they have muted it.
    #[sqlx(try_from = "Flag")]
    pub muted: bool,
    /// When they were last mailed about it.
    #[sqlx(try_from = "MaybeMillis")]
    pub mailed_at: Option<Timestamp>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MessageRow {
    /// Its number in the conversation, counted from 1.
    pub number: i64,
    /// Who wrote it.
    pub author_id: MemberId,
    /// Their name.
    pub author: String,
    /// What they wrote.
    pub body: String,
    /// When it was sent.
    #[sqlx(try_from = "Millis")]
    pub sent_at: Timestamp,
}

macro_rules! conversations {
    ($rest:literal) => {
        concat!(
            "SELECT v.id, v.community_id, c.name AS community, v.subject, v.last_message_at, v.messages, p.muted, \
               (SELECT COUNT(*) FROM messages s WHERE s.conversation_id = v.id AND s.number > p.read_through \
                 AND s.author_id <> p.member_id) AS unread \
             FROM conversations v JOIN communities c ON c.id = v.community_id \
             JOIN conversation_participants p ON p.conversation_id = v.id AND p.member_id = $1 AND p.left_at IS NULL \
             JOIN community_members m ON m.community_id = v.community_id AND m.member_id = p.member_id ",
            $rest
        )
    };
}

macro_rules! messages {
    ($rest:literal) => {
        concat!(
            "SELECT s.number, s.author_id, a.name AS author, s.body, s.sent_at FROM messages s \
             JOIN members a ON a.id = s.author_id ",
            $rest
        )
    };
}

impl Tx {
    /// Adds a conversation, in which its author takes part.
    pub async fn insert_conversation(&mut self, row: &NewConversationRow) -> Result<(), Error> {
        let sql = "INSERT INTO conversations (id, workspace_id, community_id, author_id, subject, started_at, \
                   last_message_at) VALUES ($1, $2, $3, $4, $5, $6, $6)";
        let NewConversationRow { id, workspace_id, community_id, author_id, subject, started_at } = row;
        sql::execute!(self, sql, id, workspace_id, community_id, author_id, subject, started_at.0)?;
        self.insert_participant(id, author_id).await
    }

    /// Lets a member take part in a conversation; nothing changes for whoever does already.
    pub async fn insert_participant(&mut self, id: &ConversationId, member: &MemberId) -> Result<(), Error> {
        let sql = "INSERT INTO conversation_participants (conversation_id, member_id) VALUES ($1, $2) \
                   ON CONFLICT DO NOTHING";
        sql::execute!(self, sql, id, member).map(drop)
    }

    /// Adds a message, which its author has read; returns its number. Of two at once the second one waits for the first.
    pub async fn insert_message(
        &mut self,
        id: &ConversationId,
        author: &MemberId,
        body: &str,
        now: i64,
    ) -> Result<i64, Error> {
        let next = "UPDATE conversations SET messages = messages + 1, last_message_at = $2 WHERE id = $1 \
                    RETURNING messages";
        let number = sql::fetch_optional!(self, (i64,), next, id, now)?.map_or(0, |(number,)| number);
        let sql = "INSERT INTO messages (conversation_id, number, author_id, body, sent_at) \
                   VALUES ($1, $2, $3, $4, $5)";
        sql::execute!(self, sql, id, number, author, body, now)?;
        Ok(number)
    }

    /// The latest conversations that a member takes part in, the latest message first.
    pub async fn conversations_of(&mut self, member: &MemberId, most: i64) -> Result<Vec<ConversationRow>, Error> {
        let sql = conversations!("ORDER BY v.last_message_at DESC, v.id DESC LIMIT $2");
        sql::fetch_all!(self, ConversationRow, sql, member, most)
    }

    /// A conversation, if the member takes part in it and belongs to its community.
    pub async fn conversation_for(
        &mut self,
        member: &MemberId,
        id: &ConversationId,
    ) -> Result<Option<ConversationRow>, Error> {
        sql::fetch_optional!(self, ConversationRow, conversations!("WHERE v.id = $2"), member, id)
    }

    /// Whoever takes part in a conversation and has not left it, by identifier.
    pub async fn participants(&mut self, id: &ConversationId) -> Result<Vec<ParticipantRow>, Error> {
        let sql = "SELECT p.member_id, a.name, a.standing, p.muted, p.mailed_at, \
                     (SELECT COUNT(*) FROM community_members m WHERE m.community_id = v.community_id \
                       AND m.member_id = p.member_id) AS in_community \
                   FROM conversation_participants p JOIN conversations v ON v.id = p.conversation_id \
                   JOIN members a ON a.id = p.member_id \
                   WHERE p.conversation_id = $1 AND p.left_at IS NULL ORDER BY p.member_id";
        sql::fetch_all!(self, ParticipantRow, sql, id)
    }

    /// The latest messages of a conversation, the latest first.
    pub async fn messages_of(&mut self, id: &ConversationId, most: i64) -> Result<Vec<MessageRow>, Error> {
        let sql = messages!("WHERE s.conversation_id = $1 ORDER BY s.number DESC LIMIT $2");
        sql::fetch_all!(self, MessageRow, sql, id, most)
    }

    /// The latest messages of a conversation that a member has neither read nor been mailed, the latest first.
    pub async fn untold_messages_of(
        &mut self,
        id: &ConversationId,
        member: &MemberId,
        most: i64,
    ) -> Result<Vec<MessageRow>, Error> {
        let sql = messages!(
            "JOIN conversation_participants p ON p.conversation_id = s.conversation_id AND p.member_id = $2 \
             WHERE s.conversation_id = $1 AND s.number > p.read_through AND s.number > p.mailed_through \
               AND s.author_id <> p.member_id ORDER BY s.number DESC LIMIT $3"
        );
        sql::fetch_all!(self, MessageRow, sql, id, member, most)
    }

    /// How many messages a member has not read, in conversations that they have not muted.
    pub async fn count_unread_messages(&mut self, member: &MemberId) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM conversation_participants p \
                   JOIN conversations v ON v.id = p.conversation_id \
                   JOIN community_members m ON m.community_id = v.community_id AND m.member_id = p.member_id \
                   JOIN messages s ON s.conversation_id = p.conversation_id AND s.number > p.read_through \
                     AND s.author_id <> p.member_id \
                   WHERE p.member_id = $1 AND p.left_at IS NULL AND p.muted = 0";
        Ok(sql::fetch_optional!(self, (i64,), sql, member)?.map_or(0, |(count,)| count))
    }

    /// How many conversations a member has started since an instant.
    pub async fn conversations_started_since(&mut self, member: &MemberId, since: i64) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM conversations WHERE author_id = $1 AND started_at > $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, member, since)?.map_or(0, |(count,)| count))
    }

    /// How many messages a member has sent since an instant.
    pub async fn messages_sent_since(&mut self, member: &MemberId, since: i64) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM messages WHERE author_id = $1 AND sent_at > $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, member, since)?.map_or(0, |(count,)| count))
    }

    /// Notes that a member has read the messages of a conversation up to a number; never fewer than before, and none that
    /// there is not.
    pub async fn note_read(&mut self, id: &ConversationId, member: &MemberId, through: i64) -> Result<(), Error> {
        let sql = "UPDATE conversation_participants SET read_through = $3 \
                   WHERE conversation_id = $1 AND member_id = $2 AND read_through < $3 \
                     AND $3 <= (SELECT v.messages FROM conversations v WHERE v.id = $1)";
        sql::execute!(self, sql, id, member, through).map(drop)
    }

    /// Notes whether a member has muted a conversation.
    pub async fn set_muted(&mut self, id: &ConversationId, member: &MemberId, muted: bool) -> Result<(), Error> {
        let sql = "UPDATE conversation_participants SET muted = $3 WHERE conversation_id = $1 AND member_id = $2";
        sql::execute!(self, sql, id, member, i64::from(muted)).map(drop)
    }

    /// Notes that a member has left a conversation.
    pub async fn leave_conversation(&mut self, id: &ConversationId, member: &MemberId, now: i64) -> Result<(), Error> {
        let sql = "UPDATE conversation_participants SET left_at = $3 WHERE conversation_id = $1 AND member_id = $2";
        sql::execute!(self, sql, id, member, now).map(drop)
    }

    /// Notes that a member was mailed what was written in a conversation up to a number, so that no mail about it waits for
    /// them.
    pub async fn note_conversation_mailed(
        &mut self,
        id: &ConversationId,
        member: &MemberId,
        through: i64,
        now: i64,
    ) -> Result<(), Error> {
        let sql = "UPDATE conversation_participants SET mailed_at = $4, mailed_through = $3, mail_waits = 0 \
                   WHERE conversation_id = $1 AND member_id = $2";
        sql::execute!(self, sql, id, member, through, now).map(drop)
    }

    /// Notes whether a mail about a conversation waits for a member; returns whether that is news.
    pub async fn set_mail_waits(&mut self, id: &ConversationId, member: &MemberId, waits: bool) -> Result<bool, Error> {
        let sql = "UPDATE conversation_participants SET mail_waits = $3 \
                   WHERE conversation_id = $1 AND member_id = $2 AND mail_waits <> $3";
        sql::execute!(self, sql, id, member, i64::from(waits)).map(|changed| changed > 0)
    }

    /// For whom a mail about a conversation waits who was last mailed about it at an instant or before.
    pub async fn conversation_mails_waiting(
        &mut self,
        before: i64,
        most: i64,
    ) -> Result<Vec<(ConversationId, MemberId)>, Error> {
        let sql = "SELECT conversation_id, member_id FROM conversation_participants \
                   WHERE mail_waits = 1 AND mailed_at <= $1 ORDER BY mailed_at LIMIT $2";
        sql::fetch_all!(self, (ConversationId, MemberId), sql, before, most)
    }
}
