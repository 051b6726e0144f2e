//! Signing in with a passkey, alone or as the second step (WebAuthn Level 3 §7.2).
use super::{
    assertion::{Answered, Assertion},
    passkey::{PasskeyChallenge, stored},
};
use crate::{
    Client, Error, MemberId, Result, WorkspaceId,
    bailey::TwoFactor,
    platform::unit_of_work::unit_of_work,
    sign_in::{Choices, PendingSignIn, Proof, SignInDone},
};
use policy::{EmailAddress, Refusal, decide::enrolment};
use webauthn_rs::prelude::{Credential, DiscoverableAuthentication, RequestChallengeResponse};
use webauthn_rs_proto::AllowCredentials;

const ALONE: &str = "sign-in";
const SECOND_STEP: &str = "second-step";

impl TwoFactor<'_> {
    /// Begins a sign-in by passkey alone.
    ///
    /// # Errors
    /// [`Refusal::FactorOff`] when the policy has turned passkeys off.
    pub async fn begin_passkey_sign_in(self, workspace: &WorkspaceId) -> Result<PasskeyChallenge> {
        enrolment::may_sign_in_by_passkey(&self.0.policies().now(workspace).await?.settings)?;
        let (options, state) = self.ask_for_assertion()?;
        self.carried_challenge(ALONE, None, &options, &state)
    }

    /// What asks a browser for an assertion by whichever passkey it holds, and what the answer is checked against.
    fn ask_for_assertion(self) -> Result<(RequestChallengeResponse, DiscoverableAuthentication)> {
        let (mut options, state) = self.0.webauthn().start_discoverable_authentication().map_err(Error::internal)?;
        // The browser decides between its dialog and autofill.
        options.mediation = None;
        Ok((options, state))
    }

    /// Finishes a sign-in by passkey alone, which counts as both factors; `stay` tells whether the session is to
    /// outlive the browser. Answers the token of the session, and who has signed in.
    ///
    /// # Errors
    /// [`Refusal::ChallengeExpired`] when the challenge was taken before or has lapsed;
    /// [`Refusal::WrongPasskey`] when the answer does not verify; [`Refusal::PasskeyNotSynced`].
    pub async fn finish_passkey_sign_in(
        self,
        workspace: &WorkspaceId,
        id: &str,
        credential: &str,
        stay: bool,
        client: &Client,
    ) -> Result<(SignInDone, EmailAddress)> {
        enrolment::may_sign_in_by_passkey(&self.0.policies().now(workspace).await?.settings)?;
        let carried = self.open_challenge::<DiscoverableAuthentication>(ALONE, None, id)?;
        let answered = Answered::read(credential)?;
        let user = answered.user(self.0.webauthn())?;
        // Whoever has no passkey here makes Bailey write nothing.
        let (member, row) = self.holder(workspace, &user, &answered).await?;
        let state = self.spend_challenge(carried).await?;
        let assertion = self.verify(&answered, &state, (&member, row), client).await?;
        let choices = Choices { stay, trust: false };
        let policy = self.0.policies().now(workspace).await?;
        if let Some(refusal) = self.0.members().barred(&policy.settings, &member).await? {
            unit_of_work(|| async {
                let mut tx = self.0.store().write().await?;
                tx.lock_member(&member.id).await?;
                self.0.sign_in().note_turned_away(&mut tx, &member, client, &refusal).await?;
                Ok(tx.commit().await?)
            })
            .await?;
            return Err(refusal.into());
        }
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&member.id).await?;
            if !self.use_passkey(&mut tx, &assertion, &member, client).await? {
                return Ok(None);
            }
            let done = self.0.sign_in().complete(&mut tx, &member, client, choices, Proof::Passkey).await?;
            tx.commit().await?;
            Ok(Some(done))
        });
        match done.await? {
            Some(done) => Ok((done, member.email)),
            None => Err(self.refuse_copy(assertion.row(), &member, client).await?.into()),
        }
    }

    /// Begins the second step with one of the member's passkeys.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the member has none.
    pub async fn begin_passkey_second_step(self, between: &PendingSignIn) -> Result<PasskeyChallenge> {
        self.begin_assertion(&between.member.id, SECOND_STEP).await
    }

    /// Asks for an assertion by one of a member's passkeys.
    pub(super) async fn begin_assertion(self, member: &MemberId, purpose: &str) -> Result<PasskeyChallenge> {
        let rows = self.0.store().read().await?.passkeys_of(member).await?;
        if rows.is_empty() {
            return Err(Error::NotFound);
        }
        let allowed = rows.iter().map(|row| {
            let Credential { cred_id, transports, .. } = stored(row)?.into();
            Ok(AllowCredentials { type_: "public-key".to_owned(), id: cred_id, transports })
        });
        let (mut options, state) = self.ask_for_assertion()?;
        options.public_key.allow_credentials = allowed.collect::<Result<_>>()?;
        self.carried_challenge(purpose, Some(member), &options, &state)
    }

    /// Verifies an assertion by one of a member's passkeys.
    pub(super) async fn verify_assertion(
        self,
        (workspace, member): (&WorkspaceId, &MemberId),
        purpose: &str,
        id: &str,
        credential: &str,
        client: &Client,
    ) -> Result<Assertion> {
        let carried = self.open_challenge::<DiscoverableAuthentication>(purpose, Some(member), id)?;
        let answered = Answered::read(credential)?;
        let (member, row) = self.holder(workspace, member, &answered).await?;
        let state = self.spend_challenge(carried).await?;
        self.verify(&answered, &state, (&member, row), client).await
    }

    /// Finishes the second step with a passkey.
    ///
    /// # Errors
    /// [`Refusal::ChallengeExpired`] when the challenge was taken before or has lapsed;
    /// [`Refusal::WrongPasskey`] when the answer does not verify; [`Refusal::PasskeyNotSynced`].
    pub async fn finish_passkey_second_step(
        self,
        between: &PendingSignIn,
        id: &str,
        credential: &str,
        client: &Client,
    ) -> Result<SignInDone> {
        let member = &between.member;
        let of = (&member.workspace_id, &member.id);
        let assertion = self.verify_assertion(of, SECOND_STEP, id, credential, client).await?;
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&member.id).await?;
            if !tx.take_pending(&between.id).await? {
                return Err(Refusal::ChallengeExpired.into());
            }
            if !self.use_passkey(&mut tx, &assertion, member, client).await? {
                return Ok(None);
            }
            let (choices, proof) = (between.choices, Proof::PasswordAndPasskey);
            let done = self.0.sign_in().complete(&mut tx, member, client, choices, proof).await?;
            tx.commit().await?;
            Ok(Some(done))
        });
        match done.await? {
            Some(done) => Ok(done),
            None => Err(self.refuse_copy(assertion.row(), member, client).await?.into()),
        }
    }
}
