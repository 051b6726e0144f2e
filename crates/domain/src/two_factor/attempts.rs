//! Codes are counted before they are looked at, so that parallel guesses can't all pass the check.
use crate::{
    Bailey, Caller, Client, Error, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    mail::{FactorNews, Mail},
    sign_in::{BetweenSteps, Proof, SignInDone},
};
use policy::{
    EmailAddress, Refusal,
    decide::{
        code::Code,
        lockout::{self, Guarded, MAX_CONSECUTIVE, Reserved},
    },
};

/// Whose code is tried, and from where.
pub(super) struct Trial<'a> {
    pub workspace: &'a WorkspaceId,
    pub member: &'a MemberId,
    pub email: &'a EmailAddress,
    pub address: Option<&'a str>,
    /// Whether the member has passkeys, at which nobody can guess.
    pub passkeys: bool,
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
            passkeys: between.factors().passkeys > 0,
        }
    }

    /// A code of somebody who is signed in.
    pub fn of(caller: &'a Caller) -> Self {
        Self {
            workspace: caller.workspace(),
            member: caller.member(),
            email: caller.email(),
            address: caller.address(),
            passkeys: caller.factors().passkeys > 0,
        }
    }
}

/// Reads a code before anything is counted or looked up: a text that can't be one is no try.
pub(super) fn read(kind: Code, typed: &str) -> Result<String> {
    kind.read(typed).map_err(|words| Error::field("code", words))
}

/// Says of a refusal of codes whether the member has a passkey, which goes on working.
fn with_passkeys(refusal: Refusal, passkeys: bool) -> Refusal {
    match refusal {
        Refusal::CodesPaused { by, until, seconds, .. } => Refusal::CodesPaused { by, until, seconds, passkeys },
        Refusal::FactorDisabled { .. } => Refusal::FactorDisabled { passkeys },
        other => other,
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
        match self.reserve(&Self::code_trial(trial.workspace, trial.member), &policy.settings).await {
            Err(Error::Refused(refusal)) => Err(with_passkeys(refusal, trial.passkeys).into()),
            reserved => reserved.map(drop),
        }
    }

    /// Why no code of the second step is taken at present, if none is; looking counts for nothing.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn codes_refused_between(&self, between: &BetweenSteps, client: &Client) -> Result<Option<Refusal>> {
        self.codes_refused(&Trial::between(between, client)).await
    }

    /// Why no code of the caller's is taken at present, if none is; looking counts for nothing.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn codes_refused_of(&self, caller: &Caller) -> Result<Option<Refusal>> {
        self.codes_refused(&Trial::of(caller)).await
    }

    async fn codes_refused(&self, trial: &Trial<'_>) -> Result<Option<Refusal>> {
        let mut tx = self.store().read().await?;
        let Some(seen) = Self::tries_under(&mut tx, &Self::code_trial(trial.workspace, trial.member)).await? else {
            return Ok(None);
        };
        let policy = self.policy_in(&mut tx, trial.workspace).await?;
        let now = self.now();
        Ok(match lockout::reserve(seen, lockout::budget(&policy.settings, Guarded::TwoFactor), now) {
            Reserved::Taken(_) => None,
            Reserved::Refused(_, until) => Some(Refusal::codes_paused(until, now, trial.passkeys)),
            Reserved::Disabled => Some(Refusal::FactorDisabled { passkeys: trial.passkeys }),
        })
    }

    /// Forgets the attempts after a right code.
    pub(super) async fn clear_attempts(&self, tx: &mut store::Tx, trial: &Trial<'_>) -> Result<()> {
        self.clear(tx, &Self::code_trial(trial.workspace, trial.member)).await
    }

    /// Writes a wrong code down and refuses it.
    pub(super) async fn wrong_code(&self, trial: &Trial<'_>, of: Code) -> Result<Refusal> {
        let entry = Entry::new(Channel::TwoFactor, "Second-factor code refused", Actor::Nobody)
            .from_address(trial.address)
            .about(trial.email)
            .with("kind", of.in_words());
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
        Ok(Refusal::WrongCode { of })
    }
}
