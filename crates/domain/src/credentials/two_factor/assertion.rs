//! What a passkey has signed: verified, used and refused in the same way at every door (WebAuthn Level 3 §7.2).
use super::passkey::{answer, encoded, on_own_page, stored};
use crate::{
    Client, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::TwoFactor,
    mail::messages::factor_news::{FactorNews, factor_news},
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Refusal,
    decide::passkey_backup::{PasskeyBackup, counter_tells_copies, has_become_synced},
};
use store::{MemberRow, PasskeyRow, Tx};
use webauthn_rs::{
    Webauthn,
    prelude::{AuthenticationResult, Credential, DiscoverableAuthentication, PublicKeyCredential, WebauthnError},
};

/// What a browser has answered to a challenge.
pub(super) struct Answered(PublicKeyCredential);

/// An assertion whose signature is right.
pub(super) struct Assertion {
    row: PasskeyRow,
    result: AuthenticationResult,
    became_synced: bool,
}

const fn backup(eligible: bool) -> PasskeyBackup {
    if eligible { PasskeyBackup::Synced } else { PasskeyBackup::DeviceBound }
}

/// Verifies an answer by what is known of the passkey. The library refuses every change of the flag *backup eligible*,
/// and every counter that has not risen: which of them says something is not for it to decide.
fn verify(
    webauthn: &Webauthn,
    answered: &PublicKeyCredential,
    state: &DiscoverableAuthentication,
    mut known: Credential,
) -> std::result::Result<AuthenticationResult, WebauthnError> {
    on_own_page(&answered.response.client_data_json)?;
    if !counter_tells_copies(backup(known.backup_eligible)) {
        known.counter = 0;
    }
    match webauthn.finish_discoverable_authentication_v2(answered, state.clone(), &known) {
        Err(WebauthnError::CredentialBackupEligibilityInconsistent) => {
            known.backup_eligible = !known.backup_eligible;
            known.counter = 0;
            webauthn.finish_discoverable_authentication_v2(answered, state.clone(), &known)
        }
        verified => verified,
    }
}

impl Answered {
    /// Reads what a browser answered.
    ///
    /// # Errors
    /// [`Refusal::WrongPasskey`] for what can't be read.
    pub fn read(json: &str) -> std::result::Result<Self, Refusal> {
        answer(json).map(Self)
    }

    /// Whose passkey it says that it is.
    ///
    /// # Errors
    /// [`Refusal::WrongPasskey`] when it does not say so.
    pub fn user(&self, webauthn: &Webauthn) -> std::result::Result<MemberId, Refusal> {
        let (user, _) = webauthn.identify_discoverable_authentication(&self.0).map_err(|_| Refusal::WrongPasskey)?;
        Ok(MemberId::from(user))
    }
}

impl TwoFactor<'_> {
    /// The member, and which of their passkeys has answered.
    ///
    /// # Errors
    /// [`Refusal::WrongPasskey`] when it is none of theirs.
    pub(super) async fn holder(
        self,
        workspace: &WorkspaceId,
        member: &MemberId,
        answered: &Answered,
    ) -> Result<(MemberRow, PasskeyRow)> {
        let mut tx = self.0.store().read().await?;
        let member = tx.member(member).await?.filter(|member| member.workspace_id == *workspace);
        let member = member.ok_or(Refusal::WrongPasskey)?;
        let wanted = encoded(&answered.0.raw_id);
        let rows = tx.passkeys_of(&member.id).await?;
        let row = rows.into_iter().find(|row| row.credential_id == wanted).ok_or(Refusal::WrongPasskey)?;
        Ok((member, row))
    }

    /// Verifies what a passkey of a member has answered to a challenge.
    ///
    /// # Errors
    /// [`Refusal::WrongPasskey`] when it does not verify; [`Refusal::PasskeyNotSynced`].
    pub(super) async fn verify(
        self,
        answered: &Answered,
        state: &DiscoverableAuthentication,
        (member, row): (&MemberRow, PasskeyRow),
        client: &Client,
    ) -> Result<Assertion> {
        let known = Credential::from(stored(&row)?);
        let registered = backup(known.backup_eligible);
        let result = match verify(self.0.webauthn(), &answered.0, state, known) {
            Ok(result) => result,
            Err(error) => return Err(self.not_verified(&error, &row, member, client).await?.into()),
        };
        match has_become_synced(registered, backup(result.backup_eligible())) {
            Ok(became_synced) => Ok(Assertion { row, result, became_synced }),
            Err(refusal) => {
                let reason = "it was a synced passkey, and says now that it never leaves one device";
                self.note_refused(&row, member, client, reason).await?;
                Err(refusal.into())
            }
        }
    }

    /// Stores that a passkey was used, in the unit of work that holds its member; `false` when its counter did not rise
    /// though it should have, which means that there is a copy of it.
    pub(super) async fn use_passkey(
        self,
        tx: &mut Tx,
        assertion: &Assertion,
        member: &MemberRow,
        client: &Client,
    ) -> Result<bool> {
        let Assertion { row, result, became_synced } = assertion;
        let mut key = stored(row)?;
        key.update_credential(result);
        let credential = serde_json::to_string(&key).map_err(crate::Error::internal)?;
        let rises = counter_tells_copies(backup(result.backup_eligible()));
        let used = tx.use_passkey(&row.id, &credential, result.counter().into(), rises, self.0.now().0).await?;
        if used && *became_synced {
            let entry = about(row, member, client, "Took a passkey as a synced one from now on");
            self.0.audit().record(tx, &member.workspace_id, entry).await?;
        }
        Ok(used && result.user_verified())
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
        self.note_refused(row, member, client, reason).await?;
        Ok(Refusal::WrongPasskey)
    }

    /// Writes down that a passkey was refused.
    async fn note_refused(self, row: &PasskeyRow, member: &MemberRow, client: &Client, reason: &str) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            self.0.audit().record(&mut tx, &member.workspace_id, refused(row, member, client, reason)).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}

impl Assertion {
    /// The passkey that has answered.
    pub const fn row(&self) -> &PasskeyRow {
        &self.row
    }
}

/// An entry about a passkey.
fn about(row: &PasskeyRow, member: &MemberRow, client: &Client, action: &'static str) -> Entry {
    Entry::new(Channel::TwoFactor, action, Actor::Nobody)
        .from_address(client.address.as_deref())
        .about(&member.email)
        .with("name", row.name.clone())
}

/// The entry about a passkey that was refused.
fn refused(row: &PasskeyRow, member: &MemberRow, client: &Client, reason: &str) -> Entry {
    about(row, member, client, "Passkey refused").with("reason", reason)
}
