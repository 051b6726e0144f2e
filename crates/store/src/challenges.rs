//! Challenges of passkeys that are being added: each is deleted by the statement that reads it.
use crate::{ChallengeId, Error, MemberId, Tx, sql};

/// A challenge that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ChallengeRow {
    /// Its identifier.
    pub id: ChallengeId,
    /// What it is for.
    pub purpose: String,
    /// Who is to answer it, where that is known.
    pub member_id: Option<MemberId>,
    /// What the answer is checked against, as JSON.
    pub state: String,
    /// When it lapses, in milliseconds.
    pub expires_at: i64,
}

impl Tx {
    /// Adds a challenge.
    pub async fn insert_challenge(&mut self, row: &ChallengeRow) -> Result<(), Error> {
        let sql = "INSERT INTO challenges (id, purpose, member_id, state, expires_at) VALUES ($1, $2, $3, $4, $5)";
        sql::execute!(self, sql, &row.id, &row.purpose, &row.member_id, &row.state, row.expires_at).map(drop)
    }

    /// Takes a live challenge of a purpose; `None` when it lapsed or was taken before.
    pub async fn take_challenge(
        &mut self,
        id: &ChallengeId,
        purpose: &str,
        now: i64,
    ) -> Result<Option<ChallengeRow>, Error> {
        let sql = "DELETE FROM challenges WHERE id = $1 AND purpose = $2 AND expires_at > $3 \
                   RETURNING id, purpose, member_id, state, expires_at";
        sql::fetch_optional!(self, ChallengeRow, sql, id, purpose, now)
    }
}
