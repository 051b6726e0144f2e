//! Mail that waits to be handed over, or was; how it is handed over stands with the outbox.
use crate::{Error, Tx, WorkspaceId, sql};

/// A mail that is added to those waiting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMailRow {
    /// Its identifier.
    pub id: String,
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// What it is about.
    pub kind: String,
    /// The address it goes to.
    pub recipient: String,
    /// Its subject; never a secret.
    pub subject: String,
    /// What it says, sealed.
    pub letter: String,
    /// When it was queued, in milliseconds.
    pub queued_at: i64,
    /// When it is handed over at the earliest, in milliseconds.
    pub due_at: i64,
}

/// A mail as the admins see it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MailRow {
    /// Its identifier.
    pub id: String,
    /// What it is about.
    pub kind: String,
    /// The address it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// When it was queued, in milliseconds.
    pub queued_at: i64,
    /// How often it was tried.
    pub tries: i64,
    /// When it is tried next, in milliseconds; `None` once it is settled.
    pub next_try_at: Option<i64>,
    /// When it was handed over or given up, in milliseconds.
    pub settled_at: Option<i64>,
    /// What kept it from being handed over, the last time; `None` while it is being tried.
    pub problem: Option<String>,
}

impl Tx {
    /// Adds a mail to those waiting.
    pub async fn insert_mail(&mut self, row: &NewMailRow) -> Result<(), Error> {
        let sql = "INSERT INTO mails (id, workspace_id, kind, recipient, subject, letter, queued_at, next_try_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        sql::execute!(
            self,
            sql,
            &row.id,
            &row.workspace_id,
            &row.kind,
            &row.recipient,
            &row.subject,
            &row.letter,
            row.queued_at,
            row.due_at
        )
        .map(drop)
    }

    /// Adds a mail that somebody has asked for to what is looked at, sealed.
    pub async fn insert_asked_mail(
        &mut self,
        id: &str,
        workspace: &WorkspaceId,
        asked: &str,
        now: i64,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO asked_mails (id, workspace_id, asked, next_try_at) VALUES ($1, $2, $3, $4)";
        sql::execute!(self, sql, id, workspace, asked, now).map(drop)
    }

    /// How many mails could not be handed over: they wait after a failure, or were given up since an instant after as many
    /// tries as there are; and what kept one of them.
    pub async fn failing_mails(
        &mut self,
        workspace: &WorkspaceId,
        most_tries: i64,
        since: i64,
    ) -> Result<Option<(i64, String)>, Error> {
        let sql = "SELECT COUNT(*), MAX(problem) FROM mails WHERE workspace_id = $1 AND problem IS NOT NULL \
                   AND (next_try_at IS NOT NULL OR tries >= $2 AND settled_at > $3)";
        let found = sql::fetch_optional!(self, (i64, Option<String>), sql, workspace, most_tries, since)?;
        Ok(found.and_then(|(count, problem)| Some((count, problem?))))
    }

    /// When mails of a kind to an address were queued since an instant, the latest first, in milliseconds.
    pub async fn mails_queued_since(
        &mut self,
        workspace: &WorkspaceId,
        kind: &str,
        recipient: &str,
        since: i64,
    ) -> Result<Vec<i64>, Error> {
        let sql = "SELECT queued_at FROM mails WHERE workspace_id = $1 AND queued_at > $4 AND kind = $2 \
                   AND recipient = $3 ORDER BY queued_at DESC";
        let found = sql::fetch_all!(self, (i64,), sql, workspace, kind, recipient, since)?;
        Ok(found.into_iter().map(|(at,)| at).collect())
    }

    /// The latest mails of a workspace, newest first.
    pub async fn mails(&mut self, workspace: &WorkspaceId, most: i64) -> Result<Vec<MailRow>, Error> {
        let sql = "SELECT id, kind, recipient, subject, queued_at, tries, next_try_at, settled_at, problem FROM mails \
                   WHERE workspace_id = $1 ORDER BY queued_at DESC, id DESC LIMIT $2";
        sql::fetch_all!(self, MailRow, sql, workspace, most)
    }

    /// The latest mails to an address, newest first.
    pub async fn mails_to(
        &mut self,
        workspace: &WorkspaceId,
        recipient: &str,
        most: i64,
    ) -> Result<Vec<MailRow>, Error> {
        let sql = "SELECT id, kind, recipient, subject, queued_at, tries, next_try_at, settled_at, problem FROM mails \
                   WHERE workspace_id = $1 AND recipient = $2 ORDER BY queued_at DESC, id DESC LIMIT $3";
        sql::fetch_all!(self, MailRow, sql, workspace, recipient, most)
    }
}
