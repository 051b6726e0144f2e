//! Signing in with a passkey, alone or as the second step (WebAuthn Level 3 §7.2).
use super::passkey::{PasskeyChallenge, answer, encoded, on_own_page, stored};
use crate::{
    Client, Error, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::TwoFactor,
    mail::messages::factor_news::{FactorNews, factor_news},
    members::may_sign_in,
    platform::unit_of_work::unit_of_work,
    sign_in::{Choices, PendingSignIn, Proof, SignInDone},
};
use policy::{EmailAddress, Refusal, decide::enrolment};
use store::{MemberRow, PasskeyRow, Tx};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyAuthentication,
    PublicKeyCredential, WebauthnError,
};

const ALONE: &str = "sign-in";
const SECOND_STEP: &str = "second-step";

/// An assertion whose signature is right.
pub(super) struct Assertion {
    pub row: PasskeyRow,
    pub result: AuthenticationResult,
}

impl TwoFactor<'_> {
    /// Begins a sign-in by passkey alone.
    ///
    /// # Errors
    /// [`Refusal::FactorOff`] when the policy has turned passkeys off.
    pub async fn begin_passkey_sign_in(self, workspace: &WorkspaceId) -> Result<PasskeyChallenge> {
        enrolment::may_sign_in_by_passkey(&self.0.policies().now(workspace).await?.settings)?;
        let (mut options, state) = self.0.webauthn().start_discoverable_authentication().map_err(Error::internal)?;
        // The browser decides between its dialog and autofill.
        options.mediation = None;
        self.carried_challenge(ALONE, None, &options, &state)
    }

    /// Finishes a sign-in by passkey alone, which counts as both factors; `stay` tells whether the session is to
    /// outlive the browser. Answers the token of the session, and who has signed in.
    ///
    /// # Errors
    /// [`Refusal::ChallengeExpired`] when the challenge was taken before or has lapsed;
    /// [`Refusal::WrongPasskey`] when the answer does not verify.
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
        let answer: PublicKeyCredential = answer(credential)?;
        let (user, credential_id) =
            self.0.webauthn().identify_discoverable_authentication(&answer).map_err(|_| Refusal::WrongPasskey)?;
        // Whoever has no passkey here makes Bailey write nothing.
        let (member, row) = self.holder(workspace, &MemberId::from(user), credential_id).await?;
        let state = self.spend_challenge(carried).await?;
        let key = DiscoverableKey::from(&stored(&row)?);
        let verified = on_own_page(&answer.response.client_data_json)
            .and_then(|()| self.0.webauthn().finish_discoverable_authentication_v2(&answer, state, &key));
        let result = match verified {
            Ok(result) => result,
            Err(error) => return Err(self.not_verified(&error, &row, &member, client).await?.into()),
        };
        let choices = Choices { stay, trust: false };
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&member.id).await?;
            if let Err(refusal) = may_sign_in(&member) {
                self.0.sign_in().note_turned_away(&mut tx, &member, client, &refusal).await?;
                tx.commit().await?;
                return Err(refusal.into());
            }
            if !self.use_passkey(&mut tx, &row, &result).await? {
                return Ok(None);
            }
            let done = self.0.sign_in().complete(&mut tx, &member, client, choices, Proof::Passkey).await?;
            tx.commit().await?;
            Ok(Some(done))
        });
        match done.await? {
            Some(done) => Ok((done, member.email)),
            None => Err(self.refuse_copy(&row, &member, client).await?.into()),
        }
    }

    async fn holder(
        self,
        workspace: &WorkspaceId,
        member: &MemberId,
        credential: &[u8],
    ) -> Result<(MemberRow, PasskeyRow)> {
        let mut tx = self.0.store().read().await?;
        let member = tx.member(member).await?.filter(|member| member.workspace_id == *workspace);
        let member = member.ok_or(Refusal::WrongPasskey)?;
        let wanted = encoded(credential);
        let rows = tx.passkeys_of(&member.id).await?;
        let row = rows.into_iter().find(|row| row.credential_id == wanted).ok_or(Refusal::WrongPasskey)?;
        Ok((member, row))
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
        let keys = rows.iter().map(stored).collect::<Result<Vec<Passkey>>>()?;
        if keys.is_empty() {
            return Err(Error::NotFound);
        }
        let (options, state) = self.0.webauthn().start_passkey_authentication(&keys).map_err(Error::internal)?;
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
        let carried = self.open_challenge::<PasskeyAuthentication>(purpose, Some(member), id)?;
        let answer: PublicKeyCredential = answer(credential)?;
        let (member, row) = self.holder(workspace, member, answer.raw_id.as_ref()).await?;
        let state = self.spend_challenge(carried).await?;
        let verified = on_own_page(&answer.response.client_data_json)
            .and_then(|()| self.0.webauthn().finish_passkey_authentication(&answer, &state));
        match verified {
            Ok(result) => Ok(Assertion { row, result }),
            Err(error) => Err(self.not_verified(&error, &row, &member, client).await?.into()),
        }
    }

    /// Finishes the second step with a passkey.
    ///
    /// # Errors
    /// [`Refusal::ChallengeExpired`] when the challenge was taken before or has lapsed;
    /// [`Refusal::WrongPasskey`] when the answer does not verify.
    pub async fn finish_passkey_second_step(
        self,
        between: &PendingSignIn,
        id: &str,
        credential: &str,
        client: &Client,
    ) -> Result<SignInDone> {
        let member = &between.member;
        let of = (&member.workspace_id, &member.id);
        let Assertion { row, result } = self.verify_assertion(of, SECOND_STEP, id, credential, client).await?;
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&member.id).await?;
            if !tx.take_pending(&between.id).await? {
                return Err(Refusal::ChallengeExpired.into());
            }
            if !self.use_passkey(&mut tx, &row, &result).await? {
                return Ok(None);
            }
            let (choices, proof) = (between.choices, Proof::PasswordAndPasskey);
            let done = self.0.sign_in().complete(&mut tx, member, client, choices, proof).await?;
            tx.commit().await?;
            Ok(Some(done))
        });
        match done.await? {
            Some(done) => Ok(done),
            None => Err(self.refuse_copy(&row, member, client).await?.into()),
        }
    }

    /// Stores the counter; `false` when it did not rise, which means that there is a copy of the passkey.
    pub(super) async fn use_passkey(
        self,
        tx: &mut Tx,
        row: &PasskeyRow,
        result: &AuthenticationResult,
    ) -> Result<bool> {
        let mut key = stored(row)?;
        key.update_credential(result);
        let credential = serde_json::to_string(&key).map_err(Error::internal)?;
        let risen = tx.use_passkey(&row.id, &credential, result.counter().into(), self.0.now().0).await?;
        Ok(risen && result.user_verified())
    }

    /// Writes down that a passkey may have been copied, and refuses it.
    pub(super) async fn refuse_copy(self, row: &PasskeyRow, member: &MemberRow, client: &Client) -> Result<Refusal> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&member.id).await?;
            if tx.passkeys_of(&member.id).await?.iter().all(|known| known.id != row.id) {
                // It was removed meanwhile, which says nothing of copies.
                return Ok(Refusal::WrongPasskey);
            }
            let entry = refused(row, member, client, "its counter did not rise, so there may be a copy of it");
            self.0.audit().record(&mut tx, &member.workspace_id, entry).await?;
            let mail = factor_news(&FactorNews::CopySuspected(row.name.clone()), self.0.now());
            self.0.mail().queue(&mut tx, member, &mail).await?;
            tx.commit().await?;
            Ok(Refusal::WrongPasskey)
        })
        .await
    }

    /// Refuses an assertion that does not verify; one whose counter did not rise may be a copy's
    /// (WebAuthn Level 3 §7.2 step 22).
    async fn not_verified(
        self,
        error: &WebauthnError,
        row: &PasskeyRow,
        member: &MemberRow,
        client: &Client,
    ) -> Result<Refusal> {
        tracing::info!(%error, "a passkey was not accepted");
        let reason = match error {
            WebauthnError::CredentialPossibleCompromise => return self.refuse_copy(row, member, client).await,
            WebauthnError::CredentialCrossOrigin => "it was asked for in a frame of another site",
            _ => "its answer does not verify",
        };
        let mut tx = self.0.store().write().await?;
        let entry = refused(row, member, client, reason);
        self.0.audit().record(&mut tx, &member.workspace_id, entry).await?;
        tx.commit().await?;
        Ok(Refusal::WrongPasskey)
    }
}

/// The entry about a passkey that was refused.
fn refused(row: &PasskeyRow, member: &MemberRow, client: &Client, reason: &str) -> Entry {
    Entry::new(Channel::TwoFactor, "Passkey refused", Actor::Nobody)
        .from_address(client.address.as_deref())
        .about(&member.email)
        .with("name", row.name.clone())
        .with("reason", reason)
}
