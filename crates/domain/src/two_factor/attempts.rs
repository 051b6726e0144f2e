//! Codes are counted before they are looked at, so that parallel guesses can't all pass the check.
use crate::{
    Bailey, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    mail::{FactorNews, Mail},
};
use policy::{EmailAddress, Refusal, decide::lockout::MAX_CONSECUTIVE};

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
        let policy = self.policy_now(trial.workspace).await?;
        self.reserve(&Self::code_trial(trial.workspace, trial.member), &policy.settings).await.map(drop)
    }

    /// Forgets the attempts after a right code.
    pub(super) async fn clear_attempts(&self, tx: &mut store::Tx, trial: &Trial<'_>) -> Result<()> {
        self.clear(tx, &Self::code_trial(trial.workspace, trial.member)).await
    }

    /// Writes a wrong code down and refuses it.
    pub(super) async fn wrong_code(&self, trial: &Trial<'_>, kind: &str) -> Result<Refusal> {
        let entry = Entry::new(Channel::TwoFactor, "Second-factor code refused", Actor::Nobody)
            .from_address(trial.address)
            .about(trial.email)
            .with("kind", kind);
        let mut tx = self.store().write().await?;
        self.record(&mut tx, trial.workspace, entry).await?;
        if self.failed_in_a_row(&mut tx, &Self::code_trial(trial.workspace, trial.member)).await? == MAX_CONSECUTIVE {
            // The last one that is looked at: whoever owns the account has to hear of it.
            if let Some(member) = tx.member(trial.member).await? {
                let mail = Mail::Factors { news: FactorNews::CodesDisabled, at: self.now() };
                self.queue_mail(&mut tx, &member, &mail).await?;
            }
        }
        tx.commit().await?;
        Ok(Refusal::WrongCode)
    }
}
