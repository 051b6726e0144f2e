//! Wrong second-step codes, counted per member.
use crate::{Error, MemberId, Tx, sql};

/// The attempts of one member so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct AttemptsRow {
    /// Attempts since the window opened.
    pub in_window: i64,
    /// When the window opened, in milliseconds.
    pub window_started: i64,
    /// Until when codes are paused, in milliseconds.
    pub paused_until: Option<i64>,
    /// Attempts since the last right code.
    pub consecutive: i64,
}

impl Tx {
    /// The attempts so far, locked until the end of the unit of work, so that of parallel guesses
    /// each sees the one before it.
    pub async fn lock_attempts(&mut self, member: &MemberId, now: i64) -> Result<AttemptsRow, Error> {
        let blank = "INSERT INTO code_attempts (member_id, in_window, window_started, paused_until, consecutive) \
                     VALUES ($1, 0, $2, NULL, 0) ON CONFLICT (member_id) DO NOTHING";
        sql::run!(self, blank, member, now)?;
        let sql = self.locking(
            "SELECT in_window, window_started, paused_until, consecutive FROM code_attempts WHERE member_id = $1",
            "SELECT in_window, window_started, paused_until, consecutive FROM code_attempts WHERE member_id = $1 FOR UPDATE",
        );
        let blank = AttemptsRow { in_window: 0, window_started: now, paused_until: None, consecutive: 0 };
        Ok(sql::one!(self, AttemptsRow, sql, member)?.unwrap_or(blank))
    }

    /// Stores the attempts.
    pub async fn put_attempts(&mut self, member: &MemberId, row: &AttemptsRow) -> Result<(), Error> {
        let sql = "UPDATE code_attempts SET in_window = $2, window_started = $3, paused_until = $4, consecutive = $5 \
                   WHERE member_id = $1";
        sql::run!(self, sql, member, row.in_window, row.window_started, row.paused_until, row.consecutive).map(drop)
    }

    /// Forgets the attempts after a right code or a reset.
    pub async fn clear_attempts(&mut self, member: &MemberId) -> Result<(), Error> {
        sql::run!(self, "DELETE FROM code_attempts WHERE member_id = $1", member).map(drop)
    }
}
