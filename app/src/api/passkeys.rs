//! Passkey ceremonies: a challenge from the server, an answer from the authenticator.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail, renew_session, set_session};
use crate::error::ApiError;
use serde::{Deserialize, Serialize};

/// A challenge for the authenticator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Brings the challenge back when it is answered; it is taken once.
    pub id: String,
    /// `CreationChallengeResponse` or `RequestChallengeResponse` of `webauthn-rs-proto` as JSON.
    pub options: String,
}

/// What adding a passkey did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// Fresh recovery codes, shown once; empty when the member has some already.
    pub recovery_codes: Vec<String>,
}

server_function! {
    /// Begins adding a passkey to the account of the person who asks.
    "passkeys/enrol-start" in Enrolment as caller;
    pub async fn passkey_enrol_start() -> Result<Challenge, ApiError> {
        context().bailey.two_factor().begin_passkey(&caller).await.map(Challenge::from).map_err(fail)
    }
}

server_function! {
    /// Finishes adding a passkey: `credential` is a `RegisterPublicKeyCredential` as JSON.
    "passkeys/enrol-finish" in Enrolment as caller;
    pub async fn passkey_enrol_finish(
        /// The challenge.
        id: String,
        /// The name for the passkey.
        name: String,
        /// What the authenticator answered.
        credential: String,
    ) -> Result<Enrolled, ApiError> {
        let enrolled = context().bailey.two_factor().finish_passkey(&caller, &id, &name, &credential).await.map_err(fail)?;
        renew_session(&caller, &enrolled.session);
        Ok(Enrolled { recovery_codes: enrolled.recovery_codes })
    }
}

server_function! {
    /// Begins a sign-in by passkey alone, with any passkey that the browser holds for this site.
    "passkeys/sign-in-start" in Public within Requests;
    pub async fn passkey_sign_in_start() -> Result<Challenge, ApiError> {
        let context = context();
        context.bailey.two_factor().begin_passkey_sign_in(&context.workspace.id).await.map(Challenge::from).map_err(fail)
    }
}

server_function! {
    /// Finishes a sign-in by passkey: `credential` is a `PublicKeyCredential` as JSON. Answers the
    /// path to go to, by a full page load, since the session is new.
    "passkeys/sign-in-finish" in Public within Requests;
    pub async fn passkey_sign_in_finish(
        /// The challenge.
        id: String,
        /// What the authenticator answered.
        credential: String,
        /// Where the person wanted to go.
        next: Option<String>,
        /// Whether the session is to outlive the browser.
        #[server(default)]
        stay: bool,
    ) -> Result<String, ApiError> {
        let context = context();
        let workspace = &context.workspace.id;
        let signed_in = context.bailey.two_factor().finish_passkey_sign_in(workspace, &id, &credential, stay, &context.client).await;
        let (session, email) = signed_in.map_err(fail)?;
        set_session(&session, stay.then_some(&email));
        Ok(web::local_path(next.as_deref()).to_owned())
    }
}

server_function! {
    /// Begins the second step with one of the member's passkeys.
    "passkeys/second-step-start" in SecondStep as pending;
    pub async fn passkey_second_step_start() -> Result<Challenge, ApiError> {
        context().bailey.two_factor().begin_passkey_second_step(&pending).await.map(Challenge::from).map_err(fail)
    }
}

server_function! {
    /// Finishes the second step with a passkey. Answers the path to go to, by a full page load.
    "passkeys/second-step-finish" in SecondStep as pending;
    pub async fn passkey_second_step_finish(
        /// The challenge.
        id: String,
        /// What the authenticator answered.
        credential: String,
        /// Whether this browser is to skip the second step from now on.
        #[server(default)]
        trust: bool,
    ) -> Result<String, ApiError> {
        let pending = pending.trusting(trust);
        let context = context();
        let signed_in = context.bailey.two_factor().finish_passkey_second_step(&pending, &id, &credential, &context.client);
        set_session(&signed_in.await.map_err(fail)?, pending.stays().then_some(pending.email()));
        Ok(web::local_path(pending.next()).to_owned())
    }
}

server_function! {
    /// Begins proving once more who one is, with one of one's passkeys.
    "passkeys/step-up-start" in Enrolment as caller;
    pub async fn passkey_step_up_start() -> Result<Challenge, ApiError> {
        context().bailey.two_factor().begin_passkey_step_up(&caller).await.map(Challenge::from).map_err(fail)
    }
}

server_function! {
    /// Finishes proving once more who one is. Answers the path to go to, by a full page load.
    "passkeys/step-up-finish" in Enrolment as caller;
    pub async fn passkey_step_up_finish(
        /// The challenge.
        id: String,
        /// What the authenticator answered.
        credential: String,
        /// Where the person wanted to go.
        next: Option<String>,
    ) -> Result<String, ApiError> {
        let session = context().bailey.two_factor().finish_passkey_step_up(&caller, &id, &credential).await.map_err(fail)?;
        renew_session(&caller, &session);
        Ok(web::local_path(next.as_deref()).to_owned())
    }
}

#[cfg(feature = "ssr")]
impl From<domain::credentials::two_factor::PasskeyChallenge> for Challenge {
    fn from(challenge: domain::credentials::two_factor::PasskeyChallenge) -> Self {
        Self { id: challenge.id, options: challenge.options }
    }
}
