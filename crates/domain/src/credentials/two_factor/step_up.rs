//! Proving once more who one is, before a risky save or a change of factors (ASVS 5.0 7.5.3).
use super::{
    attempts::{Attempt, read},
    passkey::PasskeyChallenge,
};
use crate::{
    Caller, Error, Result, Token,
    audit::{Actor, Channel, Entry},
    bailey::TwoFactor,
    members::hold_caller,
    platform::unit_of_work::unit_of_work,
};
use policy::decide::code::Code;
use secrecy::SecretString;
use store::Tx;

const STEP_UP: &str = "step-up";

impl TwoFactor<'_> {
    /// Notes the proof in the unit of work that holds the caller.
    async fn proved(self, mut tx: Tx, caller: &Caller, by: &str) -> Result<Token> {
        tx.prove_session(caller.session(), self.0.now().0).await?;
        let token = self.0.sessions().rotate(&mut tx, caller).await?;
        let entry = Entry::new(Channel::Session, "Confirmed their identity", Actor::Member(caller.email().clone()))
            .from_address(caller.address())
            .with("by", by);
        self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Proves by the password, for a member who has no second factor. The session gets a new token.
    ///
    /// # Errors
    /// [`Error::Invalid`] beside the field `current`; [`Error::NotFound`] for a member with a second
    /// factor, which is what then counts, or without a password.
    pub async fn step_up_by_password(self, caller: &Caller, password: SecretString) -> Result<Token> {
        let member = self.0.store().read().await?.member(caller.member()).await?.ok_or(Error::NotFound)?;
        let hash = member.password_hash.as_deref().filter(|_| !caller.factors().enrolled()).ok_or(Error::NotFound)?;
        self.0.passwords().verify_present(caller, &member, &password, hash).await?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            self.proved(tx, caller, "password").await
        })
        .await
    }

    /// Proves by a code of the authenticator app.
    ///
    /// # Errors
    /// [`policy::Refusal::WrongCode`]; [`policy::Refusal::CodesPaused`] after too many of them; [`Error::Invalid`] for
    /// what can't be a code, which is no try.
    pub async fn step_up_by_code(self, caller: &Caller, code: &str) -> Result<Token> {
        let code = read(Code::Authenticator, code)?;
        let attempt = Attempt::of(caller);
        let slot = self.reserve_attempt(&attempt).await?;
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            if !self.accepts_code(&mut tx, caller.member(), &code).await? {
                return Ok(None);
            }
            self.clear_attempts(&mut tx, &attempt).await?;
            self.proved(tx, caller, "authenticator app").await.map(Some)
        });
        self.or_wrong_code(done.await?, &attempt, &slot, Code::Authenticator).await
    }

    /// Proves by a recovery code, which is used up.
    ///
    /// # Errors
    /// [`policy::Refusal::WrongCode`]; [`policy::Refusal::CodesPaused`] after too many of them; [`Error::Invalid`] for
    /// what can't be a code, which is no try.
    pub async fn step_up_by_recovery_code(self, caller: &Caller, code: &str) -> Result<Token> {
        let code = read(Code::Recovery, code)?;
        let attempt = Attempt::of(caller);
        let slot = self.reserve_attempt(&attempt).await?;
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = hold_caller(&mut tx, caller).await?;
            if !self.takes_recovery_code(&mut tx, caller.member(), &code).await? {
                return Ok(None);
            }
            self.clear_attempts(&mut tx, &attempt).await?;
            self.recovery_code_used(&mut tx, &member, caller.address()).await?;
            self.proved(tx, caller, "recovery code").await.map(Some)
        });
        self.or_wrong_code(done.await?, &attempt, &slot, Code::Recovery).await
    }

    /// Asks for one of the caller's passkeys.
    ///
    /// # Errors
    /// [`Error::NotFound`] when they have none.
    pub async fn begin_passkey_step_up(self, caller: &Caller) -> Result<PasskeyChallenge> {
        self.begin_assertion(caller.member(), STEP_UP).await
    }

    /// Proves by a passkey.
    ///
    /// # Errors
    /// [`policy::Refusal::ChallengeExpired`] when the challenge was taken before or has lapsed;
    /// [`policy::Refusal::WrongPasskey`] when the answer does not verify; [`policy::Refusal::PasskeyNotSynced`].
    pub async fn finish_passkey_step_up(self, caller: &Caller, id: &str, credential: &str) -> Result<Token> {
        let of = (caller.workspace(), caller.member());
        let assertion = self.verify_assertion(of, STEP_UP, id, credential, caller.client()).await?;
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = hold_caller(&mut tx, caller).await?;
            if !self.use_passkey(&mut tx, &assertion, &member, caller.client()).await? {
                return Ok(Err(member));
            }
            self.proved(tx, caller, "passkey").await.map(Ok)
        });
        match done.await? {
            Ok(token) => Ok(token),
            Err(member) => Err(self.refuse_copy(assertion.row(), &member, caller.client()).await?.into()),
        }
    }
}
