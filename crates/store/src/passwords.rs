//! Passwords: the present one, how old it is, and the hashes of earlier ones.
use crate::{Error, MemberId, Tx, WorkspaceId, sql};

impl Tx {
    /// Stores a password that its owner has chosen anew, which is judged to be enough.
    pub async fn change_password(&mut self, id: &MemberId, hash: &str, now: i64) -> Result<(), Error> {
        let sql = "UPDATE members SET password_hash = $2, password_set_at = $3, password_changed_at = $3, \
                     password_falls_short = 0 WHERE id = $1";
        sql::execute!(self, sql, id, hash, now).map(drop)
    }

    /// Forgets when a member last changed their password of their own accord.
    pub async fn forget_password_change(&mut self, id: &MemberId) -> Result<(), Error> {
        sql::execute!(self, "UPDATE members SET password_changed_at = NULL WHERE id = $1", id).map(drop)
    }

    /// Stores another hash of the same password, unless it was changed meanwhile.
    pub async fn upgrade_password_hash(&mut self, id: &MemberId, from: &str, to: &str) -> Result<(), Error> {
        let sql = "UPDATE members SET password_hash = $3 WHERE id = $1 AND password_hash = $2";
        sql::execute!(self, sql, id, from, to).map(drop)
    }

    /// Notes whether a member's password is less than the policy asks for, and what marks this verdict.
    pub async fn note_password_judged(&mut self, id: &MemberId, mark: &str, falls_short: bool) -> Result<(), Error> {
        let sql = "UPDATE members SET password_falls_short = $3, password_judged = $2 WHERE id = $1";
        sql::execute!(self, sql, id, mark, i64::from(falls_short)).map(drop)
    }

    /// Forgets which passwords of a workspace fall short; each is judged again at the next sign-in.
    pub async fn forget_passwords_falling_short(&mut self, workspace: &WorkspaceId) -> Result<(), Error> {
        let sql = "UPDATE members SET password_falls_short = 0, password_judged = NULL \
                   WHERE workspace_id = $1 AND password_falls_short = 1";
        sql::execute!(self, sql, workspace).map(drop)
    }

    /// Keeps the hash of a password that was replaced.
    pub async fn insert_earlier_password(
        &mut self,
        id: &str,
        member: &MemberId,
        hash: &str,
        now: i64,
    ) -> Result<(), Error> {
        let sql = "INSERT INTO earlier_passwords (id, member_id, password_hash, replaced_at) VALUES ($1, $2, $3, $4)";
        sql::execute!(self, sql, id, member, hash, now).map(drop)
    }

    /// The hashes of earlier passwords, newest first, as many as asked for.
    pub async fn earlier_passwords(&mut self, member: &MemberId, limit: i64) -> Result<Vec<String>, Error> {
        let sql = "SELECT password_hash FROM earlier_passwords WHERE member_id = $1 \
                   ORDER BY replaced_at DESC, id DESC LIMIT $2";
        Ok(sql::fetch_all!(self, (String,), sql, member, limit)?.into_iter().map(|(hash,)| hash).collect())
    }

    /// Deletes all but the newest hashes of earlier passwords.
    pub async fn keep_earlier_passwords(&mut self, member: &MemberId, keep: i64) -> Result<(), Error> {
        let sql = "DELETE FROM earlier_passwords WHERE member_id = $1 AND id NOT IN \
                     (SELECT id FROM earlier_passwords WHERE member_id = $1 ORDER BY replaced_at DESC, id DESC LIMIT $2)";
        sql::execute!(self, sql, member, keep).map(drop)
    }

    /// Starts the clock of *Force password reset* for a workspace, or stops it.
    pub async fn set_password_clock(&mut self, workspace: &WorkspaceId, since: Option<i64>) -> Result<(), Error> {
        sql::execute!(self, "UPDATE workspaces SET max_age_since = $2 WHERE id = $1", workspace, since).map(drop)
    }
}
