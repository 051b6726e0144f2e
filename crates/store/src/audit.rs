//! The audit log: append-only, chained by hashes.
use crate::{Error, Tx, WorkspaceId, columns::Millis, sql};
use policy::Timestamp;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Its number in the workspace's chain, counted from 1 without gaps.
    pub seq: i64,
    /// When.
    #[sqlx(try_from = "Millis")]
    pub at: Timestamp,
    /// The channel.
    pub channel: String,
    /// Who did it.
    pub actor: String,
    /// Whom it is about, as the body says.
    pub subject: Option<String>,
    /// The whole entry as canonical JSON: what the hash covers.
    pub body: String,
    /// The hash of the entry before; empty for the first.
    pub previous: String,
    /// The hash over `previous` and `body`.
    pub hash: String,
}

/// The end of a workspace's chain.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditHead {
    /// The number of the entry to write next.
    pub seq: i64,
    /// The hash of the last entry; empty when there is none.
    pub previous: String,
}

/// Which entries to read.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Only this channel.
    pub channel: Option<String>,
    /// Only entries before this number.
    pub before: Option<i64>,
    /// Only entries about whoever has this address.
    pub about: Option<String>,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT seq, at, channel, actor, subject, body, previous, hash FROM audit_entries WHERE workspace_id = $1 ",
            $rest
        )
    };
}

impl Tx {
    /// Takes the next number of the chain; other writers wait until the unit of work ends.
    pub async fn next_audit_entry(&mut self, workspace: &WorkspaceId) -> Result<AuditHead, Error> {
        let sql = "UPDATE workspaces SET audit_seq = audit_seq + 1 WHERE id = $1 \
                   RETURNING audit_seq AS seq, audit_hash AS previous";
        let head = sql::fetch_optional!(self, AuditHead, sql, workspace)?;
        head.ok_or(Error::Database(sqlx::Error::RowNotFound))
    }

    /// Appends an entry and moves the end of the chain.
    pub async fn append_audit_entry(&mut self, workspace: &WorkspaceId, row: &AuditRow) -> Result<(), Error> {
        sql::execute_together!(
            self,
            {
                entry: "INSERT INTO audit_entries (workspace_id, seq, at, channel, actor, body, previous, hash, subject) \
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                head: "UPDATE workspaces SET audit_hash = $8 WHERE id = $1",
            },
            workspace,
            row.seq,
            row.at.0,
            &row.channel,
            &row.actor,
            &row.body,
            &row.previous,
            &row.hash,
            &row.subject
        )
    }

    /// The newest entries that match, newest first.
    pub async fn audit_entries(
        &mut self,
        workspace: &WorkspaceId,
        filter: &AuditFilter,
        name: Option<&str>,
        most: i64,
    ) -> Result<Vec<AuditRow>, Error> {
        let AuditFilter { channel, before, about } = filter;
        // What may be asked for by an index of its own is a statement of its own.
        if let Some(about) = about {
            let sql = select!(
                "AND subject IN ($5, $6) AND ($2 IS NULL OR channel = $2) AND ($3 IS NULL OR seq < $3) ORDER BY seq DESC LIMIT $4"
            );
            return sql::fetch_all!(self, AuditRow, sql, workspace, channel, before, most, about, name);
        }
        let sql = select!("AND ($2 IS NULL OR channel = $2) AND ($3 IS NULL OR seq < $3) ORDER BY seq DESC LIMIT $4");
        sql::fetch_all!(self, AuditRow, sql, workspace, channel, before, most)
    }

    /// The entries from a number on, oldest first.
    pub async fn audit_entries_from(
        &mut self,
        workspace: &WorkspaceId,
        seq: i64,
        most: i64,
    ) -> Result<Vec<AuditRow>, Error> {
        sql::fetch_all!(self, AuditRow, select!("AND seq >= $2 ORDER BY seq LIMIT $3"), workspace, seq, most)
    }

    /// The newest entries before a number that somebody has done, or that hold a text, newest first.
    pub async fn audit_entries_about(
        &mut self,
        workspace: &WorkspaceId,
        mark: &str,
        before: i64,
        most: i64,
    ) -> Result<Vec<AuditRow>, Error> {
        let sql = select!("AND (actor = $2 OR body LIKE '%' || $2 || '%') AND seq < $3 ORDER BY seq DESC LIMIT $4");
        sql::fetch_all!(self, AuditRow, sql, workspace, mark, before, most)
    }

    /// How many entries of a channel since an instant hold a text.
    pub async fn count_audit_entries(
        &mut self,
        workspace: &WorkspaceId,
        channel: &str,
        since: i64,
        holds: &str,
    ) -> Result<i64, Error> {
        self.count_audit_entries_of_mark(workspace, channel, since, holds, None).await
    }

    /// How many entries of a channel since an instant hold a text, of one who did it where one is named by the mark of their
    /// address.
    pub async fn count_audit_entries_of_mark(
        &mut self,
        workspace: &WorkspaceId,
        channel: &str,
        since: i64,
        holds: &str,
        actor: Option<&str>,
    ) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM audit_entries WHERE workspace_id = $1 AND channel = $2 AND at >= $3 \
                   AND body LIKE '%' || $4 || '%' AND ($5 IS NULL OR actor = $5)";
        let found = sql::fetch_optional!(self, (i64,), sql, workspace, channel, since, holds, actor)?;
        Ok(found.map_or(0, |(count,)| count))
    }

    /// The number and the hash at the end of the chain.
    pub async fn audit_head(&mut self, workspace: &WorkspaceId) -> Result<AuditHead, Error> {
        let sql = "SELECT audit_seq AS seq, audit_hash AS previous FROM workspaces WHERE id = $1";
        let head = sql::fetch_optional!(self, AuditHead, sql, workspace)?;
        head.ok_or(Error::Database(sqlx::Error::RowNotFound))
    }
}
