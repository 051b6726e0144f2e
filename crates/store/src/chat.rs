//! Incoming webhooks of chats, and what waits to be posted there, or was; how it is handed over stands with the outbox.
use crate::{CommunityId, Error, Tx, WorkspaceId, columns::Millis, sql};
use policy::Timestamp;

/// Where ideas that wait are told of in a chat.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ChatHookRow {
    /// Its identifier.
    pub id: String,
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// The community whose ideas it is told of; `None` for all that have none of their own.
    pub community_id: Option<CommunityId>,
    /// The form of what is posted.
    pub form: String,
    /// The host of its address.
    pub host: String,
    /// Its address, sealed.
    pub address: String,
    /// The address of e-mail of who set it.
    pub set_by: String,
    /// When it was set.
    #[sqlx(try_from = "Millis")]
    pub set_at: Timestamp,
}

/// A notice that was queued, as the admins see it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ChatNoticeRow {
    /// Its identifier.
    pub id: String,
    /// What it is about, for admins.
    pub subject: String,
    /// When it was queued, in milliseconds.
    pub queued_at: i64,
    /// How often it was tried.
    pub tries: i64,
    /// When it is tried next, in milliseconds; `None` once it is settled.
    pub next_try_at: Option<i64>,
    /// When it was handed over or given up, in milliseconds.
    pub settled_at: Option<i64>,
    /// What kept it from being handed over, the last time.
    pub problem: Option<String>,
}

/// A notice that is added to those waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChatNoticeRow {
    /// Its identifier.
    pub id: String,
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// The webhook that it goes to.
    pub hook_id: String,
    /// What it is about, for admins.
    pub subject: String,
    /// What it says, sealed.
    pub notice: String,
    /// When it was queued, in milliseconds.
    pub queued_at: i64,
}

macro_rules! hooks {
    ($rest:literal) => {
        concat!("SELECT id, workspace_id, community_id, form, host, address, set_by, set_at FROM chat_hooks ", $rest)
    };
}

impl Tx {
    /// Sets a webhook in the place of the one that there was for the same ideas.
    pub async fn put_chat_hook(&mut self, row: &ChatHookRow) -> Result<(), Error> {
        self.delete_chat_hook_for(&row.workspace_id, row.community_id.as_ref()).await?;
        let sql = "INSERT INTO chat_hooks (id, workspace_id, community_id, form, host, address, set_by, set_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        sql::execute!(
            self,
            sql,
            &row.id,
            &row.workspace_id,
            &row.community_id,
            &row.form,
            &row.host,
            &row.address,
            &row.set_by,
            row.set_at.0
        )
        .map(drop)
    }

    async fn delete_chat_hook_for(
        &mut self,
        workspace: &WorkspaceId,
        community: Option<&CommunityId>,
    ) -> Result<(), Error> {
        let sql = "DELETE FROM chat_hooks WHERE workspace_id = $1 AND COALESCE(community_id, '') = $2";
        sql::execute!(self, sql, workspace, community.map_or("", CommunityId::as_str)).map(drop)
    }

    /// Takes a webhook of a workspace away; returns it.
    pub async fn take_chat_hook(&mut self, workspace: &WorkspaceId, id: &str) -> Result<Option<ChatHookRow>, Error> {
        let sql = "DELETE FROM chat_hooks WHERE workspace_id = $1 AND id = $2 \
                   RETURNING id, workspace_id, community_id, form, host, address, set_by, set_at";
        sql::fetch_optional!(self, ChatHookRow, sql, workspace, id)
    }

    /// The webhooks of a workspace, the one for all communities first.
    pub async fn chat_hooks(&mut self, workspace: &WorkspaceId) -> Result<Vec<ChatHookRow>, Error> {
        let sql = hooks!("WHERE workspace_id = $1 ORDER BY COALESCE(community_id, '')");
        sql::fetch_all!(self, ChatHookRow, sql, workspace)
    }

    /// The webhook with this identifier.
    pub async fn chat_hook(&mut self, id: &str) -> Result<Option<ChatHookRow>, Error> {
        sql::fetch_optional!(self, ChatHookRow, hooks!("WHERE id = $1"), id)
    }

    /// The webhook that is told of the ideas of a community: its own, else the workspace's.
    pub async fn chat_hook_for(
        &mut self,
        workspace: &WorkspaceId,
        community: &CommunityId,
    ) -> Result<Option<ChatHookRow>, Error> {
        let sql = hooks!(
            "WHERE workspace_id = $1 AND (community_id = $2 OR community_id IS NULL) \
             ORDER BY COALESCE(community_id, '') DESC LIMIT 1"
        );
        sql::fetch_optional!(self, ChatHookRow, sql, workspace, community)
    }

    /// Adds a notice to those waiting.
    pub async fn insert_chat_notice(&mut self, row: &NewChatNoticeRow) -> Result<(), Error> {
        let sql = "INSERT INTO chat_notices (id, workspace_id, hook_id, subject, notice, queued_at, next_try_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $6)";
        let NewChatNoticeRow { id, workspace_id, hook_id, subject, notice, queued_at } = row;
        sql::execute!(self, sql, id, workspace_id, hook_id, subject, notice, *queued_at).map(drop)
    }

    /// The latest notices of a workspace, the newest first.
    pub async fn chat_notices(&mut self, workspace: &WorkspaceId, most: i64) -> Result<Vec<ChatNoticeRow>, Error> {
        let sql = "SELECT id, subject, queued_at, tries, next_try_at, settled_at, problem FROM chat_notices \
                   WHERE workspace_id = $1 ORDER BY queued_at DESC, id DESC LIMIT $2";
        sql::fetch_all!(self, ChatNoticeRow, sql, workspace, most)
    }
}
