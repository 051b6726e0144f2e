//! Codes are counted before they are looked at, so that parallel guesses can't all pass the check.
use crate::{
    Caller, Client, Error, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::TwoFactor,
    lockouts::code_attempt,
    lockouts::{self, AttemptSlot},
    mail::messages::factor_news::{FactorNews, factor_news},
    platform::unit_of_work::unit_of_work,
    sign_in::{PendingSignIn, Proof, SignInDone},
};
use policy::{
    EmailAddress, Refusal,
    decide::{code::Code, lockout::MAX_CONSECUTIVE, second_step},
};

/// Whose code is tried, and from where.
pub(super) struct Attempt<'a> {
    pub workspace: &'a WorkspaceId,
    pub member: &'a MemberId,
    pub email: &'a EmailAddress,
    pub address: Option<&'a str>,
    counted: lockouts::Attempt,
}

impl<'a> Attempt<'a> {
    /// A code of somebody between the two steps of a sign-in.
    pub fn between(between: &'a PendingSignIn, client: &'a Client) -> Self {
        let member = &between.member;
        Self {
            workspace: &member.workspace_id,
            member: &member.id,
            email: &member.email,
            address: client.address.as_deref(),
            counted: code_attempt(&member.workspace_id, &member.id, between.factors()),
        }
    }

    /// What is counted.
    pub const fn counted(&self) -> &lockouts::Attempt {
        &self.counted
    }

    /// A code of somebody who is signed in.
    pub fn of(caller: &'a Caller) -> Self {
        Self {
            workspace: caller.workspace(),
            member: caller.member(),
            email: caller.email(),
            address: caller.address(),
            counted: code_attempt(caller.workspace(), caller.member(), caller.factors()),
        }
    }
}

/// Reads a code before anything is counted or looked up: a text that can't be one is no try.
pub(super) fn read(kind: Code, typed: &str) -> Result<String> {
    kind.read(typed).map_err(|words| Error::field("code", words))
}

impl TwoFactor<'_> {
    /// Ends the second step after a right code: the sign-in is used up, and the session begins. The member is held.
    pub(super) async fn second_step_done(
        self,
        mut tx: store::Tx,
        between: &PendingSignIn,
        client: &Client,
        proof: Proof,
    ) -> Result<SignInDone> {
        if !tx.take_pending(&between.id).await? {
            return Err(Refusal::ChallengeExpired.into());
        }
        self.clear_attempts(&mut tx, &Attempt::between(between, client)).await?;
        let done = self.0.sign_in().complete(&mut tx, &between.member, client, between.choices, proof).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// Reserves one attempt: its place is held until what came of it is written down.
    pub(super) async fn reserve_attempt(self, attempt: &Attempt<'_>) -> Result<AttemptSlot> {
        let policy = self.0.policies().now(attempt.workspace).await?;
        self.0.lockouts().reserve(&attempt.counted, &policy.settings).await
    }

    /// Why no code of the second step is taken at present, if none is; looking counts for nothing.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn codes_refused_between(self, between: &PendingSignIn, client: &Client) -> Result<Option<Refusal>> {
        self.codes_refused(&Attempt::between(between, client)).await
    }

    /// Why no code of the caller's is taken at present, if none is; looking counts for nothing.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn codes_refused_of(self, caller: &Caller) -> Result<Option<Refusal>> {
        self.codes_refused(&Attempt::of(caller)).await
    }

    async fn codes_refused(self, attempt: &Attempt<'_>) -> Result<Option<Refusal>> {
        let mut tx = self.0.store().read().await?;
        let policy = self.0.policies().within(&mut tx, attempt.workspace).await?;
        self.0.lockouts().code_refused(&mut tx, &attempt.counted, &policy.settings).await
    }

    /// Forgets the attempts after a right code.
    pub(super) async fn clear_attempts(self, tx: &mut store::Tx, attempt: &Attempt<'_>) -> Result<()> {
        self.0.lockouts().clear(tx, &attempt.counted).await
    }

    /// Forgets the attempts at a factor that is gone.
    pub(super) async fn forget_attempts(self, tx: &mut store::Tx, attempt: &Attempt<'_>) -> Result<()> {
        self.0.lockouts().forget(tx, &attempt.counted).await
    }

    /// What a right code has led to; where it was wrong, it is written down and refused.
    pub(super) async fn or_wrong_code<T: Send>(
        self,
        done: Option<T>,
        attempt: &Attempt<'_>,
        slot: &AttemptSlot,
        of: Code,
    ) -> Result<T> {
        match done {
            Some(done) => Ok(done),
            None => Err(self.wrong_code(attempt, slot, of).await?.into()),
        }
    }

    /// Writes a wrong code down and refuses it. Of those that were looked at side by side, the one that was counted
    /// last locks the others.
    async fn wrong_code(self, attempt: &Attempt<'_>, slot: &AttemptSlot, of: Code) -> Result<Refusal> {
        let now = self.0.now();
        unit_of_work(|| async {
            let entry = Entry::new(Channel::TwoFactor, "Second-factor code refused", Actor::Nobody)
                .from_address(attempt.address)
                .about(attempt.email)
                .with("kind", of.in_words());
            let mut tx = self.0.store().write().await?;
            tx.lock_member(attempt.member).await?;
            self.0.audit().record(&mut tx, attempt.workspace, entry).await?;
            let news = if slot.consecutive == MAX_CONSECUTIVE {
                Some(FactorNews::CodesDisabled)
            } else {
                slot.locks.map(|_| FactorNews::CodesPaused)
            };
            if slot.locks.is_some() {
                tx.keep_pendings_of(attempt.member, now.0, second_step::lapses_at(now, slot.locks, None).0).await?;
            }
            // The last one that is looked at for now: whoever owns the account has to hear of it.
            if let (Some(news), Some(member)) = (news, tx.member(attempt.member).await?) {
                self.0.mail().queue(&mut tx, &member, &factor_news(&news, now)).await?;
            }
            tx.commit().await?;
            Ok(Refusal::WrongCode { of })
        })
        .await
    }
}
