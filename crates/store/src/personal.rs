//! What is held about a member, table by table: what is handed out of it to them, and what becomes of it when they are
//! erased. A test asks that every column which names a member stands here, or among [`EXCEPTIONS`] with a reason.
//!
//! A statement binds the member's identifier as `$1`, their workspace as `$2`, their address as `$3`, and what is its own
//! from `$4` on, used or not.
mod list;

pub use list::{EXCEPTIONS, HOLDINGS};

use crate::{Error, MemberRow, Tx, sql};
use sqlx::{ColumnIndex, Decode, Type};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Datum {
    /// A text.
    Text,
    /// An instant in milliseconds.
    Instant,
    /// A number.
    Number,
    /// Whether something is so.
    Flag,
}

/// What of a table is about a member.
#[derive(Debug, Clone, Copy)]
pub struct Holding {
    /// The table.
    pub table: &'static str,
    /// The column that names the member.
    pub column: &'static str,
    /// The columns that are handed out to them; none where `why` says why.
    pub columns: &'static [(&'static str, Datum)],
    /// Reads them.
    read: &'static str,
    /// What becomes of it when they are erased; `None` where it stays.
    erase: Option<&'static str>,
    /// Why it is not handed out, or why it stays.
    pub why: &'static str,
}

/// A row of it: what stands in each column.
pub type HeldRow = Vec<Option<String>>;

struct Texts(HeldRow);

impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for Texts
where
    usize: ColumnIndex<R>,
    Option<String>: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        (0..row.len()).map(|column| row.try_get(column)).collect::<Result<_, _>>().map(Self)
    }
}

impl Tx {
    /// What a table holds about a member, as many rows as asked for, the last ones of its order first.
    pub async fn held(&mut self, holding: &Holding, member: &MemberRow, most: i64) -> Result<Vec<HeldRow>, Error> {
        let (id, workspace, email) = (&member.id, &member.workspace_id, member.email.as_str());
        let rows = sql::fetch_all!(self, Texts, holding.read, id, workspace, email, most)?;
        Ok(rows.into_iter().map(|Texts(row)| row).collect())
    }

    /// Erases what every table holds about a member, who stays as a row under a pseudonym: what others refer to stands
    /// under it.
    pub async fn erase_member(&mut self, member: &MemberRow, pseudonym: &str, now: i64) -> Result<(), Error> {
        let (id, workspace, email) = (&member.id, &member.workspace_id, member.email.as_str());
        for statement in HOLDINGS.iter().filter_map(|holding| holding.erase) {
            sql::execute!(self, statement, id, workspace, email, pseudonym, now)?;
        }
        Ok(())
    }

    /// Whether a member was erased.
    pub async fn is_erased(&mut self, member: &crate::MemberId) -> Result<bool, Error> {
        let sql = "SELECT id FROM members WHERE id = $1 AND erased_at IS NOT NULL";
        Ok(sql::fetch_optional!(self, (String,), sql, member)?.is_some())
    }
}
