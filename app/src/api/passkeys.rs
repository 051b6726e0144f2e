//! Passkey ceremonies: a challenge from the server, an answer from the authenticator.
use crate::{embedded::Answered, error::ApiError};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use policy::Area;
use serde::{Deserialize, Serialize};

/// A challenge for the authenticator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Names the challenge when it is answered; it is taken once.
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

/// Begins adding a passkey to the account of the person who asks.
#[server(endpoint = "passkeys/enrol-start", prefix = "/api/app", output = Answered)]
pub async fn passkey_enrol_start() -> Result<Challenge, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Enrolment)?;
    context().bailey.begin_passkey(&caller).await.map(Challenge::from).map_err(fail)
}

/// Finishes adding a passkey: `credential` is a `RegisterPublicKeyCredential` as JSON.
#[server(endpoint = "passkeys/enrol-finish", prefix = "/api/app", output = Answered)]
pub async fn passkey_enrol_finish(
    /// The challenge.
    id: String,
    /// The name for the passkey.
    name: String,
    /// What the authenticator answered.
    credential: String,
) -> Result<Enrolled, ApiError> {
    use super::serve::{caller, context, fail, renew_session};
    let caller = caller(Area::Enrolment)?;
    let enrolled = context().bailey.finish_passkey(&caller, &id, &name, &credential).await.map_err(fail)?;
    renew_session(&caller, &enrolled.session);
    Ok(Enrolled { recovery_codes: enrolled.recovery_codes })
}

/// Begins a sign-in by passkey alone, with any passkey that the browser holds for this site.
#[server(endpoint = "passkeys/sign-in-start", prefix = "/api/app", output = Answered)]
pub async fn passkey_sign_in_start() -> Result<Challenge, ApiError> {
    use super::serve::{context, fail};
    let context = context();
    context.bailey.begin_passkey_sign_in(&context.workspace.id).await.map(Challenge::from).map_err(fail)
}

/// Finishes a sign-in by passkey: `credential` is a `PublicKeyCredential` as JSON. Answers the
/// path to go to, by a full page load, since the session is new.
#[server(endpoint = "passkeys/sign-in-finish", prefix = "/api/app", output = Answered)]
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
    use super::serve::{context, fail, set_session};
    let context = context();
    let workspace = &context.workspace.id;
    let signed_in = context.bailey.finish_passkey_sign_in(workspace, &id, &credential, stay, &context.client).await;
    let (session, email) = signed_in.map_err(fail)?;
    set_session(&session, stay.then_some(&email));
    Ok(web::local_path(next.as_deref()).to_owned())
}

/// Begins the second step with one of the member's passkeys.
#[server(endpoint = "passkeys/second-step-start", prefix = "/api/app", output = Answered)]
pub async fn passkey_second_step_start() -> Result<Challenge, ApiError> {
    use super::serve::{context, fail, pending_sign_in};
    let between = pending_sign_in()?;
    context().bailey.begin_passkey_second_step(&between).await.map(Challenge::from).map_err(fail)
}

/// Finishes the second step with a passkey. Answers the path to go to, by a full page load.
#[server(endpoint = "passkeys/second-step-finish", prefix = "/api/app", output = Answered)]
pub async fn passkey_second_step_finish(
    /// The challenge.
    id: String,
    /// What the authenticator answered.
    credential: String,
    /// Whether this browser is to skip the second step from now on.
    #[server(default)]
    trust: bool,
) -> Result<String, ApiError> {
    use super::serve::{context, fail, pending_sign_in, set_session};
    let between = pending_sign_in()?.trusting(trust);
    let context = context();
    let signed_in = context.bailey.finish_passkey_second_step(&between, &id, &credential, &context.client);
    set_session(&signed_in.await.map_err(fail)?, between.stays().then_some(between.email()));
    Ok(web::local_path(between.next()).to_owned())
}

/// Begins proving once more who one is, with one of one's passkeys.
#[server(endpoint = "passkeys/step-up-start", prefix = "/api/app", output = Answered)]
pub async fn passkey_step_up_start() -> Result<Challenge, ApiError> {
    use super::serve::{caller, context, fail};
    let caller = caller(Area::Enrolment)?;
    context().bailey.begin_passkey_step_up(&caller).await.map(Challenge::from).map_err(fail)
}

/// Finishes proving once more who one is. Answers the path to go to, by a full page load.
#[server(endpoint = "passkeys/step-up-finish", prefix = "/api/app", output = Answered)]
pub async fn passkey_step_up_finish(
    /// The challenge.
    id: String,
    /// What the authenticator answered.
    credential: String,
    /// Where the person wanted to go.
    next: Option<String>,
) -> Result<String, ApiError> {
    use super::serve::{caller, context, fail, renew_session};
    let caller = caller(Area::Enrolment)?;
    let session = context().bailey.finish_passkey_step_up(&caller, &id, &credential).await.map_err(fail)?;
    renew_session(&caller, &session);
    Ok(web::local_path(next.as_deref()).to_owned())
}

#[cfg(feature = "ssr")]
impl From<domain::two_factor::PasskeyChallenge> for Challenge {
    fn from(challenge: domain::two_factor::PasskeyChallenge) -> Self {
        Self { id: challenge.id, options: challenge.options }
    }
}
