//! Recovery codes: hashed, single use.
use crate::{Error, MemberId, Tx, sql};

impl Tx {
    /// Puts fresh codes, as identifier and hash, in place of all earlier ones.
    pub async fn put_recovery_codes(
        &mut self,
        member: &MemberId,
        codes: &[(String, String)],
        now: i64,
    ) -> Result<(), Error> {
        self.delete_recovery_codes(member).await?;
        for (id, hash) in codes {
            let sql = "INSERT INTO recovery_codes (id, member_id, code_hash, created_at) VALUES ($1, $2, $3, $4)";
            sql::execute!(self, sql, id, member, hash, now)?;
        }
        Ok(())
    }

    /// Uses a code up; `false` when there is no such unused one.
    pub async fn use_recovery_code(&mut self, member: &MemberId, hash: &str, now: i64) -> Result<bool, Error> {
        let sql = "UPDATE recovery_codes SET used_at = $3 WHERE member_id = $1 AND code_hash = $2 AND used_at IS NULL";
        Ok(sql::execute!(self, sql, member, hash, now)? == 1)
    }

    /// How many codes are left.
    pub async fn recovery_codes_left(&mut self, member: &MemberId) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM recovery_codes WHERE member_id = $1 AND used_at IS NULL";
        Ok(sql::fetch_optional!(self, (i64,), sql, member)?.map_or(0, |(count,)| count))
    }

    /// Deletes every code of a member.
    pub async fn delete_recovery_codes(&mut self, member: &MemberId) -> Result<(), Error> {
        sql::execute!(self, "DELETE FROM recovery_codes WHERE member_id = $1", member).map(drop)
    }
}
