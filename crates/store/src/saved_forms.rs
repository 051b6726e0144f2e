//! Forms whose session was over when they were posted, kept for the browser that has posted them.
use crate::{Error, MemberId, Tx, columns::Millis, sql};
use policy::Timestamp;

/// A form as somebody posted it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedFormRow {
    /// The hash of the token by which the browser gets it back.
    pub token_hash: String,
    /// The member whose session it was.
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
    /// Keeps a form, and of those of its member no more than so many, the latest.
    pub async fn insert_saved_form(&mut self, row: &SavedFormRow, most: i64) -> Result<(), Error> {
        let sql = "INSERT INTO kept_forms (token_hash, member_id, page, fields, kept_at) VALUES ($1, $2, $3, $4, $5)";
        sql::execute!(self, sql, &row.token_hash, &row.member_id, &row.page, &row.fields, row.saved_at.0)?;
        let sql = "DELETE FROM kept_forms WHERE member_id = $1 AND token_hash <> $2 AND token_hash NOT IN \
                     (SELECT token_hash FROM kept_forms WHERE member_id = $1 AND token_hash <> $2 \
                      ORDER BY kept_at DESC, token_hash LIMIT $3)";
        sql::execute!(self, sql, &row.member_id, &row.token_hash, most - 1).map(drop)
    }

    /// The form of a page that is kept under a token for a member.
    pub async fn saved_form(
        &mut self,
        token_hash: &str,
        member: &MemberId,
        page: &str,
    ) -> Result<Option<SavedFormRow>, Error> {
        let sql = "SELECT token_hash, member_id, page, fields, kept_at FROM kept_forms \
                   WHERE token_hash = $1 AND member_id = $2 AND page = $3";
        sql::fetch_optional!(self, SavedFormRow, sql, token_hash, member, page)
    }

    /// Deletes the form that is kept under a token for a member.
    pub async fn delete_saved_form(&mut self, token_hash: &str, member: &MemberId) -> Result<(), Error> {
        let sql = "DELETE FROM kept_forms WHERE token_hash = $1 AND member_id = $2";
        sql::execute!(self, sql, token_hash, member).map(drop)
    }

    /// Deletes forms that were kept before an instant.
    pub async fn delete_saved_forms_before(&mut self, before: i64) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM kept_forms WHERE kept_at < $1", before)
    }
}
