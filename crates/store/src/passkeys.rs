//! Passkeys.
use crate::{
    Error, MemberId, PasskeyId, Tx, WorkspaceId,
    columns::{MaybeMillis, Millis, millis},
    sql,
};
use policy::Timestamp;

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PasskeyRow {
    /// Its identifier.
    pub id: PasskeyId,
    /// Whose it is.
    pub member_id: MemberId,
    /// The credential's identifier, base64url; unique over all members.
    pub credential_id: String,
    /// The name that the member gave it.
    pub name: String,
    /// The public key and its properties, as JSON.
    pub credential: String,
    /// The signature counter; 0 for authenticators that do not count.
    pub counter: i64,
    /// When it was added.
    #[sqlx(try_from = "Millis")]
    pub added_at: Timestamp,
    /// When it was last used.
    #[sqlx(try_from = "MaybeMillis")]
    pub last_used_at: Option<Timestamp>,
    /// The host for which it was made; `None` where a version that did not note it has added it.
    pub rp_id: Option<String>,
}

impl Tx {
    /// Adds a passkey.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`] when somebody has this credential already.
    pub async fn insert_passkey(&mut self, row: &PasskeyRow) -> Result<(), Error> {
        let sql = "INSERT INTO passkeys (id, member_id, credential_id, name, credential, counter, added_at, last_used_at, rp_id) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        sql::execute!(
            self,
            sql,
            &row.id,
            &row.member_id,
            &row.credential_id,
            &row.name,
            &row.credential,
            row.counter,
            row.added_at.0,
            millis(row.last_used_at),
            &row.rp_id
        )
        .map(drop)
    }

    /// The passkeys of a member, oldest first.
    pub async fn passkeys_of(&mut self, member: &MemberId) -> Result<Vec<PasskeyRow>, Error> {
        let sql = "SELECT id, member_id, credential_id, name, credential, counter, added_at, last_used_at, rp_id \
                   FROM passkeys WHERE member_id = $1 ORDER BY added_at, id";
        sql::fetch_all!(self, PasskeyRow, sql, member)
    }

    /// The other hosts for which passkeys of a workspace were made, and how many for each.
    pub async fn passkeys_made_elsewhere(
        &mut self,
        workspace: &WorkspaceId,
        rp_id: &str,
    ) -> Result<Vec<(String, i64)>, Error> {
        let sql = "SELECT p.rp_id, COUNT(*) FROM passkeys p JOIN members m ON m.id = p.member_id \
                   WHERE m.workspace_id = $1 AND p.rp_id <> $2 GROUP BY p.rp_id ORDER BY p.rp_id";
        sql::fetch_all!(self, (String, i64), sql, workspace, rp_id)
    }

    /// Stores the credential after an assertion; `false` when its counter did not rise, as with a copy, and `rises` says
    /// that it should have.
    pub async fn use_passkey(
        &mut self,
        id: &PasskeyId,
        credential: &str,
        counter: i64,
        rises: bool,
        now: i64,
    ) -> Result<bool, Error> {
        let sql = if rises {
            "UPDATE passkeys SET credential = $2, counter = $3, last_used_at = $4 \
             WHERE id = $1 AND (counter < $3 OR (counter = 0 AND $3 = 0))"
        } else {
            "UPDATE passkeys SET credential = $2, counter = $3, last_used_at = $4 WHERE id = $1"
        };
        Ok(sql::execute!(self, sql, id, credential, counter, now)? == 1)
    }

    /// Renames a passkey of a member; `false` when there is no such one.
    pub async fn rename_passkey(&mut self, member: &MemberId, id: &PasskeyId, name: &str) -> Result<bool, Error> {
        Ok(sql::execute!(self, "UPDATE passkeys SET name = $3 WHERE id = $2 AND member_id = $1", member, id, name)?
            == 1)
    }

    /// Removes a passkey of a member; `false` when there is no such one.
    pub async fn delete_passkey(&mut self, member: &MemberId, id: &PasskeyId) -> Result<bool, Error> {
        Ok(sql::execute!(self, "DELETE FROM passkeys WHERE id = $2 AND member_id = $1", member, id)? == 1)
    }

    /// Removes every passkey of a member.
    pub async fn delete_passkeys(&mut self, member: &MemberId) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM passkeys WHERE member_id = $1", member)
    }
}
