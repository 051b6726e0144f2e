//! Codes are counted before they are looked at, so that parallel guesses can't all pass the check.
use crate::{
    Bailey, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
};
use policy::{
    EmailAddress, Refusal, Timestamp,
    decide::codes::{self, Attempts},
};
use store::AttemptsRow;

/// Whose code is tried, and from where.
pub(super) struct Trial<'a> {
    pub workspace: &'a WorkspaceId,
    pub member: &'a MemberId,
    pub email: &'a EmailAddress,
    pub address: Option<&'a str>,
}

impl Bailey {
    /// Reserves one attempt.
    pub(super) async fn reserve_attempt(&self, trial: &Trial<'_>) -> Result<()> {
        let now = self.now();
        let mut tx = self.store().write().await?;
        let row = tx.lock_attempts(trial.member, now.0).await?;
        match codes::reserve(Some(attempts(row)), now) {
            Ok(next) => {
                tx.put_attempts(trial.member, &to_row(next)).await?;
                tx.commit().await?;
                Ok(())
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// Writes a wrong code down and refuses it.
    pub(super) async fn wrong_code(&self, trial: &Trial<'_>, kind: &str) -> Result<Refusal> {
        let entry = Entry::new(Channel::TwoFactor, "Second-factor code refused", Actor::Nobody)
            .from_address(trial.address)
            .about(trial.email)
            .with("kind", kind);
        let mut tx = self.store().write().await?;
        self.record(&mut tx, trial.workspace, entry).await?;
        tx.commit().await?;
        Ok(Refusal::WrongCode)
    }
}

fn attempts(row: AttemptsRow) -> Attempts {
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Attempts {
        in_window: count(row.in_window),
        window_started: Timestamp(row.window_started),
        paused_until: row.paused_until.map(Timestamp),
        consecutive: count(row.consecutive),
    }
}

fn to_row(attempts: Attempts) -> AttemptsRow {
    AttemptsRow {
        in_window: attempts.in_window.into(),
        window_started: attempts.window_started.0,
        paused_until: attempts.paused_until.map(|at| at.0),
        consecutive: attempts.consecutive.into(),
    }
}
