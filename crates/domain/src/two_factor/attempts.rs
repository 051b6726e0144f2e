//! Codes are counted before they are looked at, so that parallel guesses can't all pass the check.
use crate::{
    Bailey, Caller, Client, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    mail::{FactorNews, Mail},
    sign_in::{BetweenSteps, Proof, SignInDone},
};
use policy::{EmailAddress, Refusal, decide::lockout::MAX_CONSECUTIVE};

/// Whose code is tried, and from where.
pub(super) struct Trial<'a> {
    pub workspace: &'a WorkspaceId,
    pub member: &'a MemberId,
    pub email: &'a EmailAddress,
    pub address: Option<&'a str>,
}

impl<'a> Trial<'a> {
    /// A code of somebody between the two steps of a sign-in.
    pub fn between(between: &'a BetweenSteps, client: &'a Client) -> Self {
        let member = &between.member;
        Self {
            workspace: &member.workspace_id,
            member: &member.id,
            email: &member.email,
            address: client.address.as_deref(),
        }
    }

    /// A code of somebody who is signed in.
    pub fn of(caller: &'a Caller) -> Self {
        Self {
            workspace: caller.workspace(),
            member: caller.member(),
            email: caller.email(),
            address: caller.address(),
        }
    }
}

impl Bailey {
    /// Ends the second step after a right code: the sign-in is used up, and the session begins.
    pub(super) async fn second_step_done(
        &self,
        mut tx: store::Tx,
        between: &BetweenSteps,
        client: &Client,
        proof: Proof,
    ) -> Result<SignInDone> {
        if !tx.take_pending(&between.id).await? {
            return Err(Refusal::ChallengeExpired.into());
        }
        self.clear_attempts(&mut tx, &Trial::between(between, client)).await?;
        let done = self.complete_sign_in(&mut tx, between.member.clone(), client, between.choices, proof).await?;
        tx.commit().await?;
        Ok(done)
    }

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
        let tries = Self::tries_under(&mut tx, &Self::code_trial(trial.workspace, trial.member)).await?;
        let news = tries.and_then(|tries| {
            if tries.consecutive == MAX_CONSECUTIVE {
                Some(FactorNews::CodesDisabled)
            } else {
                tries.locked_until.filter(|until| self.now() < *until).map(|_| FactorNews::CodesPaused)
            }
        });
        // The last one that is looked at for now: whoever owns the account has to hear of it.
        if let (Some(news), Some(member)) = (news, tx.member(trial.member).await?) {
            self.queue_mail(&mut tx, &member, &Mail::Factors { news, at: self.now() }).await?;
        }
        tx.commit().await?;
        Ok(Refusal::WrongCode)
    }
}
