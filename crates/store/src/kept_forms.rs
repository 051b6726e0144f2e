//! Forms whose session was over when they were posted, kept for whoever signs in again.
use crate::{Error, MemberId, Tx, sql};

/// A form as somebody posted it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct KeptFormRow {
    /// Whose it is.
    pub member_id: MemberId,
    /// The page that it belongs to.
    pub page: String,
    /// Its fields as a JSON object.
    pub fields: String,
    /// When it was kept, in milliseconds.
    pub kept_at: i64,
}

impl Tx {
    /// Keeps a form in place of the one that the member had kept before.
    pub async fn put_kept_form(&mut self, row: &KeptFormRow) -> Result<(), Error> {
        let sql = "INSERT INTO kept_forms (member_id, page, fields, kept_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (member_id) \
                   DO UPDATE SET page = excluded.page, fields = excluded.fields, kept_at = excluded.kept_at";
        sql::run!(self, sql, &row.member_id, &row.page, &row.fields, row.kept_at).map(drop)
    }

    /// The form of a page that is kept for a member.
    pub async fn kept_form(&mut self, member: &MemberId, page: &str) -> Result<Option<KeptFormRow>, Error> {
        let sql = "SELECT member_id, page, fields, kept_at FROM kept_forms WHERE member_id = $1 AND page = $2";
        sql::one!(self, KeptFormRow, sql, member, page)
    }

    /// Deletes the form that is kept for a member.
    pub async fn delete_kept_form(&mut self, member: &MemberId) -> Result<(), Error> {
        sql::run!(self, "DELETE FROM kept_forms WHERE member_id = $1", member).map(drop)
    }

    /// Deletes forms that were kept before an instant.
    pub async fn delete_kept_forms_before(&mut self, before: i64) -> Result<u64, Error> {
        sql::run!(self, "DELETE FROM kept_forms WHERE kept_at < $1", before)
    }
}
