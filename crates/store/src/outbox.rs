//! What waits to be handed over to another system: who tries it next, and what came of it.
use crate::{Error, Tx, WorkspaceId, sql};

/// A table in which things wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutboxTable {
    /// Mails.
    Mails,
    /// Mails that somebody has asked for, before anybody looks whether they are sent.
    AskedMails,
    /// Notices to a chat.
    ChatNotices,
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DueRow {
    /// Its identifier.
    pub id: String,
    /// Whom it goes to.
    pub recipient: String,
    /// What is handed over, sealed.
    pub payload: String,
    /// How often it was tried, with this time.
    pub tries: i64,
}

impl Tx {
    /// Whether anything is due: it waits until now, or until after `latest`, as what was queued before a clock was set back.
    pub async fn has_due(&mut self, table: OutboxTable, now: i64, latest: i64) -> Result<bool, Error> {
        let sql = match table {
            OutboxTable::Mails => "SELECT COUNT(*) FROM mails WHERE next_try_at <= $1 OR next_try_at > $2",
            OutboxTable::AskedMails => "SELECT COUNT(*) FROM asked_mails WHERE next_try_at <= $1 OR next_try_at > $2",
            OutboxTable::ChatNotices => "SELECT COUNT(*) FROM chat_notices WHERE next_try_at <= $1 OR next_try_at > $2",
        };
        let found = sql::fetch_optional!(self, (i64,), sql, now, latest)?;
        Ok(found.is_some_and(|(count,)| count > 0))
    }

    /// Leases what is due, as [`Self::has_due`] tells, until an instant: nobody else tries it before, and if this node stops meanwhile, another
    /// one tries it then.
    pub async fn lease_due(
        &mut self,
        table: OutboxTable,
        now: i64,
        until: i64,
        most: i64,
        latest: i64,
    ) -> Result<Vec<DueRow>, Error> {
        let sql = match table {
            OutboxTable::Mails => {
                "UPDATE mails SET next_try_at = $2, tries = tries + 1, problem = NULL \
                 WHERE id IN (SELECT id FROM mails WHERE next_try_at <= $1 OR next_try_at > $4 ORDER BY next_try_at, id LIMIT $3) \
                   AND (next_try_at <= $1 OR next_try_at > $4) AND letter IS NOT NULL \
                 RETURNING id, recipient, letter AS payload, tries"
            }
            OutboxTable::AskedMails => {
                "UPDATE asked_mails SET next_try_at = $2, tries = tries + 1, problem = NULL \
                 WHERE id IN (SELECT id FROM asked_mails WHERE next_try_at <= $1 OR next_try_at > $4 ORDER BY next_try_at, id LIMIT $3) \
                   AND (next_try_at <= $1 OR next_try_at > $4) \
                 RETURNING id, workspace_id AS recipient, asked AS payload, tries"
            }
            OutboxTable::ChatNotices => {
                "UPDATE chat_notices SET next_try_at = $2, tries = tries + 1, problem = NULL \
                 WHERE id IN (SELECT id FROM chat_notices WHERE next_try_at <= $1 OR next_try_at > $4 ORDER BY next_try_at, id LIMIT $3) \
                   AND (next_try_at <= $1 OR next_try_at > $4) AND notice IS NOT NULL \
                 RETURNING id, hook_id AS recipient, notice AS payload, tries"
            }
        };
        sql::fetch_all!(self, DueRow, sql, now, until, most, latest)
    }

    /// Notes that something was handed over; what it said is forgotten.
    pub async fn note_delivered(&mut self, table: OutboxTable, id: &str, now: i64) -> Result<(), Error> {
        let sql = match table {
            OutboxTable::Mails => {
                "UPDATE mails SET settled_at = $2, next_try_at = NULL, problem = NULL, letter = NULL WHERE id = $1"
            }
            OutboxTable::AskedMails => return self.forget_asked_mail(id).await,
            OutboxTable::ChatNotices => {
                "UPDATE chat_notices SET settled_at = $2, next_try_at = NULL, problem = NULL, notice = NULL WHERE id = $1"
            }
        };
        sql::execute!(self, sql, id, now).map(drop)
    }

    async fn forget_asked_mail(&mut self, id: &str) -> Result<(), Error> {
        sql::execute!(self, "DELETE FROM asked_mails WHERE id = $1", id).map(drop)
    }

    /// Notes that something was not handed over, and when it is tried again.
    pub async fn note_delayed(&mut self, table: OutboxTable, id: &str, problem: &str, again: i64) -> Result<(), Error> {
        let sql = match table {
            OutboxTable::Mails => "UPDATE mails SET next_try_at = $3, problem = $2 WHERE id = $1",
            OutboxTable::AskedMails => "UPDATE asked_mails SET next_try_at = $3, problem = $2 WHERE id = $1",
            OutboxTable::ChatNotices => "UPDATE chat_notices SET next_try_at = $3, problem = $2 WHERE id = $1",
        };
        sql::execute!(self, sql, id, problem, again).map(drop)
    }

    /// Gives something up.
    pub async fn note_given_up(&mut self, table: OutboxTable, id: &str, problem: &str, now: i64) -> Result<(), Error> {
        let sql = match table {
            OutboxTable::Mails => "UPDATE mails SET settled_at = $3, next_try_at = NULL, problem = $2 WHERE id = $1",
            OutboxTable::AskedMails => return self.forget_asked_mail(id).await,
            OutboxTable::ChatNotices => {
                "UPDATE chat_notices SET settled_at = $3, next_try_at = NULL, problem = $2, notice = NULL WHERE id = $1"
            }
        };
        sql::execute!(self, sql, id, problem, now).map(drop)
    }

    /// Lets something that was given up, or waits after a failure, be tried at once; `false` when there is no such
    /// thing. What is being tried right now is none: it would be handed over twice.
    pub async fn retry(
        &mut self,
        table: OutboxTable,
        workspace: &WorkspaceId,
        id: &str,
        now: i64,
    ) -> Result<bool, Error> {
        let sql = match table {
            OutboxTable::Mails => {
                "UPDATE mails SET next_try_at = $3, settled_at = NULL, tries = 0 \
                 WHERE workspace_id = $1 AND id = $2 AND (next_try_at IS NULL OR problem IS NOT NULL) \
                   AND letter IS NOT NULL"
            }
            // Nobody asks for it.
            OutboxTable::AskedMails | OutboxTable::ChatNotices => return Ok(false),
        };
        Ok(sql::execute!(self, sql, workspace, id, now)? == 1)
    }

    /// Deletes what was settled before an instant.
    pub async fn delete_settled(&mut self, table: OutboxTable, before: i64) -> Result<u64, Error> {
        let sql = match table {
            OutboxTable::Mails => "DELETE FROM mails WHERE settled_at < $1",
            // Those that were settled are gone already.
            OutboxTable::AskedMails => return Ok(0),
            OutboxTable::ChatNotices => "DELETE FROM chat_notices WHERE settled_at < $1",
        };
        sql::execute!(self, sql, before)
    }
}
