//! What is known of the files that are kept on disk.
use crate::{Error, FileId, MemberId, Tx, WorkspaceId, columns::Millis, sql};
use policy::{Timestamp, decide::file::Stored};

/// A file on disk.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FileRow {
    /// Its identifier.
    pub id: FileId,
    /// Its workspace.
    pub workspace_id: WorkspaceId,
    /// Whose quota it counts against.
    pub owner_id: MemberId,
    /// Its name on disk.
    pub stored_as: String,
    /// Its name as people see it.
    pub name: String,
    /// As what it is served.
    pub media_type: String,
    /// Its size.
    pub bytes: i64,
    /// The SHA-256 of what it holds, in hexadecimal digits.
    pub digest: String,
    /// When it was stored.
    #[sqlx(try_from = "Millis")]
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct StoredRow {
    of_member: i64,
    of_workspace: i64,
}

impl Tx {
    /// Adds a file.
    pub async fn insert_file(&mut self, row: &FileRow) -> Result<(), Error> {
        let sql = "INSERT INTO files (id, workspace_id, owner_id, stored_as, name, media_type, bytes, digest, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        sql::execute!(
            self,
            sql,
            &row.id,
            &row.workspace_id,
            &row.owner_id,
            &row.stored_as,
            &row.name,
            &row.media_type,
            row.bytes,
            &row.digest,
            row.created_at.0
        )
        .map(drop)
    }

    /// One file.
    pub async fn file(&mut self, id: &FileId) -> Result<Option<FileRow>, Error> {
        let sql = "SELECT id, workspace_id, owner_id, stored_as, name, media_type, bytes, digest, created_at FROM files \
                   WHERE id = $1";
        sql::fetch_optional!(self, FileRow, sql, id)
    }

    /// Forgets a file; returns its name on disk.
    pub async fn delete_file(&mut self, id: &FileId) -> Result<Option<String>, Error> {
        let sql = "DELETE FROM files WHERE id = $1 RETURNING stored_as";
        Ok(sql::fetch_optional!(self, (String,), sql, id)?.map(|(stored_as,)| stored_as))
    }

    /// Whether a name on disk is that of a file.
    pub async fn is_stored(&mut self, stored_as: &str) -> Result<bool, Error> {
        let sql = "SELECT COUNT(*) FROM files WHERE stored_as = $1";
        Ok(sql::fetch_optional!(self, (i64,), sql, stored_as)?.is_some_and(|(count,)| count > 0))
    }

    /// How much a member stores, and their workspace. The workspace is held until the end of the unit of work, so that of
    /// two files at once the second one is counted after the first.
    pub async fn hold_storage(&mut self, workspace: &WorkspaceId, member: &MemberId) -> Result<Stored, Error> {
        sql::lock_row!(self, "workspaces", workspace)?;
        // Sums of whole numbers are of another type in PostgreSQL.
        let sql = "SELECT CAST(COALESCE(SUM(CASE WHEN owner_id = $2 THEN bytes ELSE 0 END), 0) AS BIGINT) AS of_member, \
                   CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS of_workspace FROM files WHERE workspace_id = $1";
        let row = sql::fetch_optional!(self, StoredRow, sql, workspace, member)?;
        Ok(row.map_or_else(Stored::default, |row| Stored { of_member: row.of_member, of_workspace: row.of_workspace }))
    }
}
