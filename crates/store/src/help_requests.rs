//! Members who can't use their second step and have asked an admin to remove it.
use crate::{
    Error, MemberId, Tx, WorkspaceId,
    columns::{MaybeMillis, Millis},
    sql,
};
use policy::{AccountStatus, Role, Timestamp};

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HelpRequestRow {
    /// Its identifier.
    pub id: String,
    /// The workspace.
    pub workspace_id: WorkspaceId,
    /// Whose second step it is about.
    pub member_id: MemberId,
    /// When it was made.
    #[sqlx(try_from = "Millis")]
    pub asked_at: Timestamp,
    /// The network address it came from.
    pub address: Option<String>,
    /// When it was granted, refused or cancelled.
    #[sqlx(try_from = "MaybeMillis")]
    pub settled_at: Option<Timestamp>,
}

/// A request that waits, as the admins see it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenHelpRequestRow {
    /// Its identifier.
    pub id: String,
    /// Whose second step it is about.
    pub member_id: MemberId,
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Their role.
    #[sqlx(try_from = "String")]
    pub role: Role,
    /// Whether they take part.
    #[sqlx(rename = "standing", try_from = "String")]
    pub status: AccountStatus,
    /// When it was made.
    #[sqlx(try_from = "Millis")]
    pub asked_at: Timestamp,
    /// The network address it came from.
    pub address: Option<String>,
}

const COLUMNS: &str =
    "SELECT id, workspace_id, member_id, asked_at, address, settled_at FROM help_requests WHERE id = $1";

impl Tx {
    /// Adds a request, which waits from now on.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] when one of the member waits already.
    pub async fn insert_help_request(&mut self, row: &HelpRequestRow) -> Result<(), Error> {
        let sql =
            "INSERT INTO help_requests (id, workspace_id, member_id, asked_at, address) VALUES ($1, $2, $3, $4, $5)";
        sql::execute!(self, sql, &row.id, &row.workspace_id, &row.member_id, row.asked_at.0, &row.address).map(drop)
    }

    /// A request, whatever became of it.
    pub async fn help_request(&mut self, id: &str) -> Result<Option<HelpRequestRow>, Error> {
        sql::fetch_optional!(self, HelpRequestRow, COLUMNS, id)
    }

    /// When the request was made that waits of a member, in milliseconds, if it is younger than an instant.
    pub async fn open_help_request(&mut self, member: &MemberId, after: i64) -> Result<Option<i64>, Error> {
        let sql = "SELECT asked_at FROM help_requests WHERE member_id = $1 AND settled_at IS NULL AND asked_at > $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, member, after)?.map(|(at,)| at))
    }

    /// The requests of a workspace that wait and are younger than an instant, the first one first.
    pub async fn open_help_requests(
        &mut self,
        workspace: &WorkspaceId,
        after: i64,
        most: i64,
    ) -> Result<Vec<OpenHelpRequestRow>, Error> {
        let sql = "SELECT h.id, h.member_id, m.email, m.name, m.role, m.standing, h.asked_at, h.address \
                   FROM help_requests h JOIN members m ON m.id = h.member_id \
                   WHERE h.workspace_id = $1 AND h.settled_at IS NULL AND h.asked_at > $2 AND m.standing = 'active' \
                   ORDER BY h.asked_at, h.id LIMIT $3";
        sql::fetch_all!(self, OpenHelpRequestRow, sql, workspace, after, most)
    }

    /// How many requests a member has made since an instant.
    pub async fn count_help_requests(&mut self, member: &MemberId, since: i64) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM help_requests WHERE member_id = $1 AND asked_at > $2";
        Ok(sql::fetch_optional!(self, (i64,), sql, member, since)?.map_or(0, |(count,)| count))
    }

    /// Settles a request that waits; `false` when it does not.
    pub async fn settle_help_request(&mut self, id: &str, outcome: &str, now: i64) -> Result<bool, Error> {
        let sql = "UPDATE help_requests SET settled_at = $3, outcome = $2 WHERE id = $1 AND settled_at IS NULL";
        Ok(sql::execute!(self, sql, id, outcome, now)? == 1)
    }

    /// Settles whatever request of a member waits; returns how many there were.
    pub async fn settle_help_requests_of(&mut self, member: &MemberId, outcome: &str, now: i64) -> Result<u64, Error> {
        let sql = "UPDATE help_requests SET settled_at = $3, outcome = $2 WHERE member_id = $1 AND settled_at IS NULL";
        sql::execute!(self, sql, member, outcome, now)
    }

    /// Deletes requests that were made before an instant.
    pub async fn delete_help_requests_before(&mut self, before: i64) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM help_requests WHERE asked_at < $1", before)
    }
}
