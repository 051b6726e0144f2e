//! Passkeys: add, name, remove (WebAuthn Level 3 §7.1). User verification is always required.
use super::{Enrolled, by};
use crate::{
    Caller, Error, MemberId, PasskeyId, Result,
    bailey::TwoFactor,
    mail::messages::factor_news::{FactorNews, factor_news},
    members::{clean_name, hold_caller},
    platform::{random, unit_of_work::unit_of_work},
    sign_in::factors_of,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use policy::{
    Refusal, Timestamp,
    decide::{
        enrolment::{self, Factor},
        passkey_name,
    },
    time::Span,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{ChallengeId, ChallengeRow, PasskeyRow, Tx};
use webauthn_rs::prelude::{CredentialID, Passkey, PasskeyRegistration, RegisterPublicKeyCredential, WebauthnError};
use webauthn_rs_proto::ResidentKeyRequirement;

/// How long a challenge may be answered.
pub(super) const CHALLENGE_LASTS: Span = Span::minutes(5);
/// How many passkeys a member may have.
const MOST: usize = 25;
const ENROLMENT: &str = "enrolment";

/// A challenge for a browser.
#[derive(Debug, Clone)]
pub struct PasskeyChallenge {
    /// Brings the challenge back when it is answered: its name, or its sealed state. It is taken once.
    pub id: String,
    /// The options for the browser as JSON.
    pub options: String,
}

pub(super) fn encoded(credential: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(credential)
}

pub(super) fn stored(row: &PasskeyRow) -> Result<Passkey> {
    serde_json::from_str(&row.credential).map_err(Error::internal)
}

/// Reads what a browser answered; anything unreadable is an answer that is not accepted.
pub(super) fn answer<T: DeserializeOwned>(json: &str) -> std::result::Result<T, Refusal> {
    serde_json::from_str(json).map_err(|_| Refusal::WrongPasskey)
}

/// Refuses a ceremony in a frame of another site (WebAuthn Level 3 §7.1 steps 10 and 11, §7.2 steps 13 and 14):
/// webauthn-rs looks at `crossOrigin` of new passkeys only, and never at `topOrigin`.
pub(super) fn on_own_page(client_data: &[u8]) -> std::result::Result<(), WebauthnError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Page {
        #[serde(default)]
        cross_origin: bool,
        top_origin: Option<String>,
    }
    let page: Page = serde_json::from_slice(client_data).map_err(|_| WebauthnError::CredentialCrossOrigin)?;
    if page.cross_origin || page.top_origin.is_some() { Err(WebauthnError::CredentialCrossOrigin) } else { Ok(()) }
}

/// Judges the name of a passkey.
fn judge_name(typed: &str) -> Result<String> {
    let name = clean_name(typed);
    passkey_name::judge(&name).map_err(|words| Error::field("name", words))?;
    Ok(name)
}

fn too_many() -> Error {
    Error::field("name", format!("You have {MOST} passkeys. Remove one that you no longer use first."))
}

impl TwoFactor<'_> {
    /// Stores the challenge for a new passkey: only who is signed in begins one.
    async fn put_challenge(
        self,
        member: &MemberId,
        options: &impl Serialize,
        state: &impl Serialize,
    ) -> Result<PasskeyChallenge> {
        let now = self.0.now();
        let row = ChallengeRow {
            id: ChallengeId::from(random::id(now)?),
            purpose: ENROLMENT.to_owned(),
            member_id: Some(member.clone()),
            state: serde_json::to_string(state).map_err(Error::internal)?,
            expires_at: (now + CHALLENGE_LASTS).0,
        };
        let options = serde_json::to_string(options).map_err(Error::internal)?;
        let put = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.insert_challenge(&row).await?;
            Ok(tx.commit().await?)
        });
        put.await?;
        Ok(PasskeyChallenge { id: row.id.to_string(), options })
    }

    /// Takes a challenge away and keeps it taken, whatever comes of its answer.
    async fn take_challenge<T: DeserializeOwned>(self, id: &str, member: &MemberId) -> Result<T> {
        let id = ChallengeId::parse(id).ok_or(Refusal::ChallengeExpired)?;
        let now = self.0.now();
        let row = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let row = tx.take_challenge(&id, ENROLMENT, now.0).await?;
            tx.commit().await?;
            Ok(row)
        });
        let serves = |row: &ChallengeRow| Timestamp(row.expires_at).is_end_of_what_serves(CHALLENGE_LASTS, now);
        let row = row.await?.filter(|row| row.member_id.as_ref() == Some(member) && serves(row));
        let row = row.ok_or(Refusal::ChallengeExpired)?;
        serde_json::from_str(&row.state).map_err(Error::internal)
    }

    /// Begins adding a passkey.
    ///
    /// # Errors
    /// [`Refusal::FactorOff`] when the policy has turned passkeys off; [`Refusal::StepUpRequired`].
    pub async fn begin_passkey(self, caller: &Caller) -> Result<PasskeyChallenge> {
        caller.is_fresh()?;
        enrolment::may_enrol(&caller.policy().settings, Factor::Passkey)?;
        let rows = self.0.store().read().await?.passkeys_of(caller.member()).await?;
        if rows.len() >= MOST {
            return Err(too_many());
        }
        let known = rows
            .iter()
            .map(|row| stored(row).map(|key| key.cred_id().clone()))
            .collect::<Result<Vec<CredentialID>>>()?;
        let (mut options, state) = self
            .0
            .webauthn()
            .start_passkey_registration(
                caller.member().uuid(),
                caller.email().as_str(),
                &caller.who().name,
                Some(known),
            )
            .map_err(Error::internal)?;
        // Discoverable, so that it can sign in alone (WebAuthn Level 3 §5.4.6).
        if let Some(selection) = &mut options.public_key.authenticator_selection {
            selection.resident_key = Some(ResidentKeyRequirement::Required);
            selection.require_resident_key = true;
        }
        self.put_challenge(caller.member(), &options, &state).await
    }

    /// Finishes adding a passkey.
    ///
    /// # Errors
    /// [`Refusal::ChallengeExpired`] when the challenge was taken before or has lapsed;
    /// [`Refusal::WrongPasskey`] when the answer does not verify.
    pub async fn finish_passkey(self, caller: &Caller, id: &str, name: &str, credential: &str) -> Result<Enrolled> {
        caller.is_fresh()?;
        enrolment::may_enrol(&caller.policy().settings, Factor::Passkey)?;
        let name = judge_name(name)?;
        let state: PasskeyRegistration = self.take_challenge(id, caller.member()).await?;
        let answer: RegisterPublicKeyCredential = answer(credential)?;
        let made = on_own_page(&answer.response.client_data_json)
            .and_then(|()| self.0.webauthn().finish_passkey_registration(&answer, &state));
        let key = made.map_err(|error| {
            tracing::info!(%error, "a new passkey was not accepted");
            Refusal::WrongPasskey
        })?;
        let now = self.0.now();
        let row = PasskeyRow {
            id: PasskeyId::from(random::id(now)?),
            member_id: caller.member().clone(),
            credential_id: encoded(key.cred_id().as_ref()),
            name,
            credential: serde_json::to_string(&key).map_err(Error::internal)?,
            counter: 0,
            added_at: now,
            last_used_at: None,
            rp_id: Some(self.0.rp_id().to_owned()),
        };
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            if tx.passkeys_of(caller.member()).await?.len() >= MOST {
                return Err(too_many());
            }
            match tx.insert_passkey(&row).await {
                Err(store::Error::AlreadyExists) => return Err(Refusal::WrongPasskey.into()),
                done => done?,
            }
            tx.end_all_trust(caller.member()).await?;
            let enrolled = self.passkey_added(&mut tx, caller, &row.name).await?;
            tx.commit().await?;
            Ok(enrolled)
        })
        .await
    }

    async fn passkey_added(self, tx: &mut Tx, caller: &Caller, name: &str) -> Result<Enrolled> {
        let recovery_codes = self.codes_if_none_left(tx, caller.member()).await?;
        let session = self.0.sessions().rotate(tx, caller).await?;
        self.0.audit().record(tx, caller.workspace(), by(caller, "Added a passkey").with("name", name)).await?;
        let mail = factor_news(&FactorNews::Added(format!("the passkey “{name}”")), self.0.now());
        self.0.mail().queue_to_caller(tx, caller, &mail).await?;
        Ok(Enrolled { session, recovery_codes })
    }

    /// Renames a passkey.
    ///
    /// # Errors
    /// [`Error::Invalid`] beside the field `name`; [`Error::NotFound`] when the caller has no such passkey.
    pub async fn rename_passkey(self, caller: &Caller, id: &PasskeyId, name: &str) -> Result<()> {
        let name = judge_name(name)?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            if !tx.rename_passkey(caller.member(), id, &name).await? {
                return Err(Error::NotFound);
            }
            self.0
                .audit()
                .record(&mut tx, caller.workspace(), by(caller, "Renamed a passkey").with("name", &name))
                .await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Removes a passkey.
    ///
    /// # Errors
    /// [`Refusal::LastFactor`] while the policy requires it; [`Error::NotFound`] when the caller has
    /// no such passkey; [`Refusal::StepUpRequired`].
    pub async fn remove_passkey(self, caller: &Caller, id: &PasskeyId) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let name = tx.passkeys_of(caller.member()).await?.into_iter().find(|row| row.id == *id).map(|row| row.name);
            let factors = factors_of(&mut tx, caller.member()).await?;
            enrolment::may_remove(&caller.policy().settings, caller.role(), factors, Factor::Passkey)?;
            if !tx.delete_passkey(caller.member(), id).await? {
                return Err(Error::NotFound);
            }
            self.0.sessions().credentials_changed(&mut tx, caller).await?;
            self.0.audit().record(&mut tx, caller.workspace(), by(caller, "Removed a passkey")).await?;
            let what = format!("the passkey “{}”", name.unwrap_or_default());
            self.0
                .mail()
                .queue_to_caller(&mut tx, caller, &factor_news(&FactorNews::Removed(what), self.0.now()))
                .await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }
}
