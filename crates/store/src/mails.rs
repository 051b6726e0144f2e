//! Mail that waits to be handed over, or was.
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
}

/// A mail that is due.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DueMailRow {
    /// Its identifier.
    pub id: String,
    /// The address it goes to.
    pub recipient: String,
    /// What it says, sealed.
    pub letter: String,
    /// How often it was tried, with this time.
    pub tries: i64,
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
    /// When it is tried next, in milliseconds; nothing once it is settled.
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
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
        sql::execute!(
            self,
            sql,
            &row.id,
            &row.workspace_id,
            &row.kind,
            &row.recipient,
            &row.subject,
            &row.letter,
            row.queued_at
        )
        .map(drop)
    }

    /// Whether any mail is due.
    pub async fn has_due_mail(&mut self, now: i64) -> Result<bool, Error> {
        let found = sql::fetch_optional!(self, (i64,), "SELECT COUNT(*) FROM mails WHERE next_try_at <= $1", now)?;
        Ok(found.is_some_and(|(count,)| count > 0))
    }

    /// Leases mails that are due until an instant: nobody else tries them before it, and if this node
    /// stops meanwhile, another one tries them then.
    pub async fn lease_mails(&mut self, now: i64, until: i64, most: i64) -> Result<Vec<DueMailRow>, Error> {
        let sql = "UPDATE mails SET next_try_at = $2, tries = tries + 1, problem = NULL \
                   WHERE id IN (SELECT id FROM mails WHERE next_try_at <= $1 ORDER BY next_try_at, id LIMIT $3) \
                     AND next_try_at <= $1 AND letter IS NOT NULL \
                   RETURNING id, recipient, letter, tries";
        sql::fetch_all!(self, DueMailRow, sql, now, until, most)
    }

    /// Notes that a mail was handed over; what it said is forgotten.
    pub async fn mail_delivered(&mut self, id: &str, now: i64) -> Result<(), Error> {
        let sql = "UPDATE mails SET settled_at = $2, next_try_at = NULL, problem = NULL, letter = NULL WHERE id = $1";
        sql::execute!(self, sql, id, now).map(drop)
    }

    /// Notes that a mail was not handed over, and when it is tried again.
    pub async fn mail_delayed(&mut self, id: &str, problem: &str, again: i64) -> Result<(), Error> {
        sql::execute!(self, "UPDATE mails SET next_try_at = $3, problem = $2 WHERE id = $1", id, problem, again)
            .map(drop)
    }

    /// Gives a mail up.
    pub async fn mail_given_up(&mut self, id: &str, problem: &str, now: i64) -> Result<(), Error> {
        let sql = "UPDATE mails SET settled_at = $3, next_try_at = NULL, problem = $2 WHERE id = $1";
        sql::execute!(self, sql, id, problem, now).map(drop)
    }

    /// Lets a mail that was given up, or waits after a failure, be tried at once; false when there is no such mail.
    /// One that is being tried right now is none: it would be handed over twice.
    pub async fn retry_mail(&mut self, workspace: &WorkspaceId, id: &str, now: i64) -> Result<bool, Error> {
        let sql = "UPDATE mails SET next_try_at = $3, settled_at = NULL, tries = 0 \
                   WHERE workspace_id = $1 AND id = $2 AND (next_try_at IS NULL OR problem IS NOT NULL) AND letter IS NOT NULL";
        Ok(sql::execute!(self, sql, workspace, id, now)? == 1)
    }

    /// The latest mails of a workspace, newest first.
    pub async fn mails(&mut self, workspace: &WorkspaceId, most: i64) -> Result<Vec<MailRow>, Error> {
        let sql = "SELECT id, kind, recipient, subject, queued_at, tries, next_try_at, settled_at, problem FROM mails \
                   WHERE workspace_id = $1 ORDER BY queued_at DESC, id DESC LIMIT $2";
        sql::fetch_all!(self, MailRow, sql, workspace, most)
    }

    /// Deletes mails that were settled before an instant.
    pub async fn delete_mails_before(&mut self, before: i64) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM mails WHERE settled_at < $1", before)
    }
}
