//! Challenges that were answered, of captchas and of passkeys, so that each answer counts once. Nothing is stored
//! before: a browser carries its challenge. (The table is from when captchas alone did so.)
use crate::{Error, Tx, sql};

impl Tx {
    /// Spends a challenge; `false` when it was spent before.
    pub async fn spend_challenge(&mut self, challenge: &str, expires_at: i64) -> Result<bool, Error> {
        let sql =
            "INSERT INTO spent_captchas (challenge, expires_at) VALUES ($1, $2) ON CONFLICT (challenge) DO NOTHING";
        Ok(sql::execute!(self, sql, challenge, expires_at)? == 1)
    }

    /// Forgets spent challenges that have expired by now.
    pub async fn delete_spent_challenges(&mut self, now: i64) -> Result<u64, Error> {
        sql::execute!(self, "DELETE FROM spent_captchas WHERE expires_at < $1", now)
    }
}
