//! Forms whose session was over when they were posted, kept for whoever signs in again.
use crate::{Error, MemberId, Tx, columns::Millis, sql};
use policy::Timestamp;

/// A form as somebody posted it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedFormRow {
    /// Whose it is.
    pub member_id: MemberId,
    /// The page that it belongs to.
    pub page: String,
    /// Its fields as a JSON object.
    pub fields: String,
    /// When it was kept.
    #[sqlx(rename = "kept_at", try_from = "Millis")]
    pub saved_at: Timestamp,
}

impl Tx {
    /// Keeps a form in place of the one that the member had kept before.
    pub async fn put_saved_form(&mut self, row: &SavedFormRow) -> Result<(), Error> {
        let sql = "INSERT INTO kept_forms (member_id, page, fields, kept_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (member_id) \
                   DO UPDATE SET page = excluded.page, fields = excluded.fields, kept_at = excluded.kept_at";
        sql::execute!(self, sql, &row.member_id, &row.page, &row.fields, row.saved_at.0).map(drop)
    }

    /// The form of a page that is kept for a member.
    pub async fn saved_form(&mut self, member: &MemberId, page: &str) -> Result<Option<SavedFormRow>, Error> {
        let sql = "SELECT member_id, page, fields, kept_at FROM kept_forms WHERE member_id = $1 AND page = $2";
        sql::fetch_optional!(self, SavedFormRow, sql, member, page)
    }

    /// Deletes the form that is kept for a member.
    pub async fn delete_saved_form(&mut self, member: &MemberId) -> Result<(), Error> {
        sql::execute!(self, "DELETE FROM kept_forms WHERE member_id = $1", member).map(drop)
    }

    /// Deletes forms that were kept before an instant.
    pub async fn delete_saved_forms_before(&mut self, before: i64) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM kept_forms WHERE kept_at < $1", before)
    }
}
