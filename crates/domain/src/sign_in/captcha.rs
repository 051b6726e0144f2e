//! Captchas: a proof of work by the ALTCHA protocol (version 2), without a third party.
use crate::{
    Client, Error, Result, WorkspaceId,
    bailey::Captchas,
    platform::{random, unit_of_work::unit_of_work},
    sign_in::SignInLookup,
};
use altcha::{Challenge, CreateChallengeOptions, Payload, VerifySolutionOptions, create_challenge, verify_solution};
use base64::{Engine, prelude::BASE64_STANDARD};
use policy::{
    Refusal, Settings, Timestamp,
    decide::{
        captcha::{self, Level},
        lockout::Guarded,
    },
    time::Span,
};
use serde_json::Value;
use std::collections::BTreeMap;
use strum::IntoStaticStr;

/// What every browser can do by itself, off the main thread.
const ALGORITHM: &str = "PBKDF2/SHA-256";
/// Rounds of one derivation, so that the server spends less than a millisecond on a challenge.
const ROUNDS: u32 = 1_000;
/// How long a challenge can be answered.
const LASTS: Span = Span::minutes(10);
/// The longest answer that is looked at, in bytes; an honest one has about 700.
const LONGEST: usize = 4_096;

/// What a captcha is solved for; it counts for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum SolvedFor {
    /// Signing in.
    SignIn,
    /// Asking for a new password.
    Reset,
    /// Claiming an account.
    Claim,
    /// Asking to join.
    Registration,
}

impl SolvedFor {
    /// The name that a challenge carries.
    fn name(self) -> &'static str {
        self.into()
    }
}

/// Reads an answer; `None` for what can't be one.
fn read(answer: &str) -> Option<Payload> {
    let short = Some(answer).filter(|answer| answer.len() <= LONGEST)?;
    serde_json::from_slice(&BASE64_STANDARD.decode(short).ok()?).ok()
}

/// Until when a challenge serves for this, if it does.
fn serves(challenge: &Challenge, purpose: SolvedFor, level: Level) -> Option<Timestamp> {
    let said = challenge.parameters.data.as_ref()?;
    let serves = said.get("for")?.as_str()? == purpose.name() && said.get("level")?.as_u64()? >= level.0.into();
    let until = Timestamp(challenge.parameters.expires_at?.saturating_mul(1_000));
    Some(until).filter(|_| serves)
}

impl Captchas<'_> {
    fn secrets(self) -> (String, String) {
        (self.0.vault().hash("captcha challenges", &[]), self.0.vault().hash("captcha answers", &[]))
    }

    /// Makes a challenge, as JSON.
    pub(crate) fn make(self, purpose: SolvedFor, level: Level) -> Result<String> {
        let range = level.derivations();
        let drawn = u32::from_le_bytes(random::bytes::<4>()?);
        let (signature, answer) = self.secrets();
        let challenge = create_challenge(CreateChallengeOptions {
            algorithm: ALGORITHM.to_owned(),
            cost: ROUNDS,
            counter: Some(range.start + drawn % (range.end - range.start)),
            data: Some(BTreeMap::from([
                ("for".to_owned(), Value::from(purpose.name())),
                ("level".to_owned(), Value::from(level.0)),
            ])),
            expires_at: i64::try_from((self.0.now() + LASTS).unix_seconds()).ok(),
            hmac_signature_secret: Some(signature),
            hmac_key_signature_secret: Some(answer),
            ..CreateChallengeOptions::default()
        });
        serde_json::to_string(&challenge.map_err(Error::internal)?).map_err(Error::internal)
    }

    /// Judges an answer, and spends it: it counts once, for what it was made for, and for no harder work
    /// than it was.
    ///
    /// # Errors
    /// [`policy::Refusal::CaptchaLapsed`] for one that has expired or was spent, [`policy::Refusal::CaptchaUnsolved`] for
    /// any other.
    pub(crate) async fn judge(self, purpose: SolvedFor, level: Level, answer: &str) -> Result<()> {
        let challenge = self.solved(purpose, level, answer)?;
        let first = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let first = tx.spend_challenge(&challenge, (self.0.now() + LASTS).0).await?;
            tx.commit().await?;
            Ok(first)
        });
        if first.await? { Ok(()) } else { Err(captcha::lapsed().into()) }
    }

    /// The signature of the challenge that an answer solves.
    fn solved(self, purpose: SolvedFor, level: Level, answer: &str) -> std::result::Result<String, Refusal> {
        let Payload { challenge, solution } = read(answer).ok_or_else(captcha::unsolved)?;
        let (signature, key) = self.secrets();
        let mut options = VerifySolutionOptions::new(&challenge, &solution, signature);
        options.hmac_key_signature_secret = Some(key);
        match verify_solution(options) {
            Ok(result) if result.verified => {}
            // The library has a clock of its own, and looks at nothing else of what has expired by it.
            Ok(result) if result.expired => return Err(captcha::lapsed()),
            _ => return Err(captcha::unsolved()),
        }
        // From here on everything in the challenge is what this server wrote into it.
        let until = serves(&challenge, purpose, level).ok_or_else(captcha::unsolved)?;
        if !until.is_end_of_what_serves(LASTS, self.0.now()) {
            return Err(captcha::lapsed());
        }
        challenge.signature.ok_or_else(captcha::unsolved)
    }

    /// A challenge for a form that asks for a mail, as JSON; `None` while captchas are off.
    pub(crate) async fn for_mail(
        self,
        workspace: &WorkspaceId,
        purpose: SolvedFor,
        client: &Client,
    ) -> Result<Option<String>> {
        self.by_address(workspace, purpose, Guarded::AddressMails, client, captcha::for_mail).await
    }

    /// The challenge of the level that follows from what came from a network address lately, as JSON; `None`
    /// while captchas are off.
    async fn by_address(
        self,
        workspace: &WorkspaceId,
        purpose: SolvedFor,
        counted: Guarded,
        client: &Client,
        level: fn(&Settings, u32) -> Option<Level>,
    ) -> Result<Option<String>> {
        let policy = self.0.policies().now(workspace).await?;
        if !policy.settings.sign_in.captcha {
            return Ok(None);
        }
        let attempts = match self.0.lockouts().attempts_from_address(workspace, counted, client, &policy.settings).await
        {
            Ok(attempts) => attempts,
            // Nothing is looked at from there for a while, so there is nothing to solve.
            Err(Error::Refused(_)) => return Ok(None),
            Err(error) => return Err(error),
        };
        level(&policy.settings, attempts).map(|level| self.make(purpose, level)).transpose()
    }

    /// Judges a form that asks for a mail: not too many from one network address, and with a captcha where
    /// one is asked for.
    ///
    /// # Errors
    /// [`policy::Refusal::AddressPaused`], [`policy::Refusal::CaptchaUnsolved`].
    pub(crate) async fn judge_ask_for_mail(
        self,
        workspace: &WorkspaceId,
        settings: &Settings,
        purpose: SolvedFor,
        answer: &str,
        client: &Client,
    ) -> Result<()> {
        let attempts =
            self.0.lockouts().attempts_from_address(workspace, Guarded::AddressMails, client, settings).await?;
        match captcha::for_mail(settings, attempts) {
            Some(level) => self.judge(purpose, level, answer).await,
            None => Ok(()),
        }
    }

    /// The challenge that a browser solves before anybody has typed an address, as JSON: where sign-ins from its
    /// network address have failed lately, the next one has to bring it.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn prefetched(self, workspace: &WorkspaceId, client: &Client) -> Result<Option<String>> {
        self.by_address(workspace, SolvedFor::SignIn, Guarded::Address, client, captcha::prefetched).await
    }

    /// The challenge that the next sign-in with this address has to bring solved, if it has to.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn for_sign_in(self, workspace: &WorkspaceId, email: &str, client: &Client) -> Result<Option<String>> {
        let SignInLookup { policy, attempt, seen, .. } = self.0.sign_in().look_up(workspace, email, client).await?;
        let settings = &policy.settings;
        if !settings.sign_in.captcha {
            return Ok(None);
        }
        let from_address = if attempt.is_from_known_browser() {
            0
        } else {
            match self.0.lockouts().attempts_from_address(workspace, Guarded::Address, client, settings).await {
                Ok(attempts) => attempts,
                // Nothing is looked at from there for a while; what the account asks for still holds afterwards.
                Err(Error::Refused(_)) => 0,
                Err(error) => return Err(error),
            }
        };
        let level = captcha::for_sign_in(settings, self.0.lockouts().failures(&attempt, seen, settings), from_address);
        level.map(|level| self.make(SolvedFor::SignIn, level)).transpose()
    }
}
