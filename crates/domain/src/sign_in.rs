//! Signing in: the password, and what completes a sign-in whichever way it went.
pub mod captcha;
mod complete;
pub mod known_browsers;
mod lookup;
mod refused;

pub(crate) use lookup::SignInLookup;

use crate::{
    Bailey, Client, Error, MemberId, Result, Token, WorkspaceId,
    credentials::passwords::{self, Hasher},
    platform::random,
    sign_in::captcha::SolvedFor,
};
use policy::{
    EmailAddress, Ended, Refusal, Settings,
    decide::{self, email_code, enrolment::Factors, lockout::Guarded, password::Owner, second_step, trust},
};
use secrecy::SecretString;
use std::sync::Arc;
use store::{MemberRow, PendingId, PendingRow, Tx};

/// What a sign-in that is complete hands out.
#[derive(Debug, Clone)]
pub struct SignInDone {
    /// The token of the new session.
    pub session: Token,
    /// The new token of this browser, where it is trusted from now on.
    pub browser: Option<Token>,
}

/// Where a sign-in stands after its first step.
#[derive(Debug, Clone)]
pub enum Progress {
    /// Signed in.
    SignedIn(SignInDone),
    /// The second step is still to come: the token that stands for this sign-in meanwhile.
    SecondStep(Token),
}

/// A sign-in between its two steps.
#[derive(Debug, Clone)]
pub struct PendingSignIn {
    pub(crate) id: PendingId,
    pub(crate) member: MemberRow,
    pub(crate) factors: Factors,
    pub(crate) recovery_codes: bool,
    pub(crate) emailed_codes: bool,
    pub(crate) code_sent: bool,
    pub(crate) next: Option<String>,
    pub(crate) choices: Choices,
}

/// What somebody has chosen for the session that begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Choices {
    /// It is to outlive the browser.
    pub stay: bool,
    /// This browser is to skip the second step from now on.
    pub trust: bool,
}

/// What somebody brings to sign in.
#[derive(Debug)]
pub struct Credentials<'a> {
    /// The address as typed.
    pub email: &'a str,
    /// The password.
    pub password: SecretString,
    /// The answer to a captcha; empty where none was asked for.
    pub captcha: &'a str,
}

/// What somebody wants of a sign-in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Where they want to go.
    pub next: Option<String>,
    /// Whether the session is to outlive the browser.
    pub stay: bool,
}

impl PendingSignIn {
    /// The address that is signing in.
    pub const fn email(&self) -> &EmailAddress {
        &self.member.email
    }

    /// The factors that the member has.
    pub const fn factors(&self) -> Factors {
        self.factors
    }

    /// Whether the member has recovery codes left.
    pub const fn has_recovery_codes(&self) -> bool {
        self.recovery_codes
    }

    /// Whether a code that is sent by e-mail passes this second step.
    pub const fn takes_emailed_code(&self) -> bool {
        self.emailed_codes
    }

    /// Whether such a code was sent.
    pub const fn code_was_sent(&self) -> bool {
        self.code_sent
    }

    /// Whether the session is to outlive the browser.
    pub const fn stays(&self) -> bool {
        self.choices.stay
    }

    /// Lets this browser skip the second step from now on, once it is passed.
    #[must_use]
    pub const fn trusting(mut self, trust: bool) -> Self {
        self.choices.trust = trust;
        self
    }

    /// Where the member wanted to go.
    pub fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }
}

/// How somebody proved who they are, as the audit log tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    Password,
    PasswordOnTrustedBrowser,
    PasswordAndCode,
    PasswordAndEmailedCode,
    PasswordAndRecoveryCode,
    PasswordAndPasskey,
    Passkey,
    Link,
}

impl Proof {
    /// Whether the person themselves proved it just now, not a browser that they trusted once.
    const fn is_fresh(self) -> bool {
        !matches!(self, Self::PasswordOnTrustedBrowser)
    }

    const fn in_words(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::PasswordOnTrustedBrowser => "password on a trusted browser",
            Self::PasswordAndCode => "password and authenticator app",
            Self::PasswordAndEmailedCode => "password and e-mailed code",
            Self::PasswordAndRecoveryCode => "password and recovery code",
            Self::PasswordAndPasskey => "password and passkey",
            Self::Passkey => "passkey",
            Self::Link => "sign-in link from the console",
        }
    }
}

impl Bailey {
    /// Signs somebody in by password, or brings them to the second step.
    ///
    /// # Errors
    /// [`Refusal::WrongCredentials`] whatever is wrong with address or password; [`Refusal::Locked`]
    /// after too many of them, whether somebody has the address or not; [`Refusal::AddressPaused`] after too
    /// many from one network address, unless the browser is known; [`Refusal::Busy`] when too many sign in at
    /// once; [`Refusal::CaptchaUnsolved`] when a captcha is asked for.
    pub async fn sign_in(
        &self,
        workspace: &WorkspaceId,
        credentials: Credentials<'_>,
        wanted: Wanted,
        client: &Client,
    ) -> Result<Progress> {
        let Credentials { email, password, captcha } = credentials;
        let _turn = self.hasher().turn()?;
        let SignInLookup { policy, member, attempt, seen } = self.sign_in_lookup(workspace, email, client).await?;
        if !attempt.is_from_known_browser() {
            self.attempts_from_address(workspace, Guarded::Address, client, &policy.settings).await?;
        }
        if let Some(level) =
            decide::captcha::for_sign_in(&policy.settings, self.failures(&attempt, seen, &policy.settings))
        {
            self.judge_captcha(SolvedFor::SignIn, level, captcha).await?;
        }
        let hash = member.as_ref().and_then(|member| member.password_hash.as_deref());
        let (right, slot) = self.try_password(&attempt, seen, &policy.settings, &password, hash).await?;
        let member = match member {
            Some(member) if right => member,
            other => {
                self.note_refused(workspace, other.as_ref(), client, &policy.settings, slot.locks).await?;
                let refusal = slot
                    .locks
                    .map_or(Refusal::WrongCredentials, |until| self.locked(&attempt, &policy.settings, until));
                return Err(refusal.into());
            }
        };
        if let Err(refusal) = Self::may_sign_in(&member) {
            return Err(self.turn_away(&attempt, &member, client, refusal).await?.into());
        }
        let verdict = self.judge_again(&policy.settings, &member, &password).await?;
        let upgraded = match member.password_hash.as_deref().filter(|hash| Hasher::is_outdated(hash)) {
            Some(old) => match self.hasher().hash(&password).await {
                Ok(new) => Some((old.to_owned(), new)),
                // It can be upgraded at any other sign-in.
                Err(Error::Refused(Refusal::Busy { .. })) => None,
                Err(error) => return Err(error),
            },
            None => None,
        };
        let mut tx = self.store().write().await?;
        self.clear(&mut tx, &attempt).await?;
        if let Some((mark, falls_short)) = verdict {
            tx.note_password_judged(&member.id, &mark, falls_short).await?;
        }
        let id = member.id.clone();
        let progress = self.first_step_done(&mut tx, member, wanted, client, Proof::Password).await?;
        if let Some((old, new)) = upgraded {
            tx.upgrade_password_hash(&id, &old, &new).await?;
        }
        tx.commit().await?;
        Ok(progress)
    }

    /// Judges a password that was just typed and is right, unless it was judged before and nothing that
    /// decides the verdict has changed since: that is a good part of the work of a sign-in.
    async fn judge_again(
        &self,
        settings: &Settings,
        member: &MemberRow,
        password: &SecretString,
    ) -> Result<Option<(String, bool)>> {
        let owner = Owner { name: &member.name, email: member.email.as_str() };
        let decides = [
            member.password_hash.as_deref().unwrap_or_default(),
            settings.passwords.policy.as_str(),
            owner.name,
            owner.email,
            // Another version of Bailey may know more passwords that everybody uses.
            env!("CARGO_PKG_VERSION"),
        ];
        let mark = self.vault().hash("judged passwords", &decides.map(str::as_bytes));
        if member.password_judged.as_deref() == Some(mark.as_str()) {
            return Ok(None);
        }
        match passwords::judge(self.hasher(), settings, password, owner).await {
            Ok(verdict) => Ok(Some((mark, verdict.is_err()))),
            // It can be judged at any other sign-in.
            Err(Error::Refused(Refusal::Busy { .. })) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Goes on after the first step: to the second one where the member has a factor and the browser is
    /// not trusted.
    pub(crate) async fn first_step_done(
        &self,
        tx: &mut Tx,
        member: MemberRow,
        wanted: Wanted,
        client: &Client,
        proof: Proof,
    ) -> Result<Progress> {
        let found = self.reload_member(tx, &member, client).await?;
        let choices = Choices { stay: wanted.stay, trust: false };
        let (now, policy, factors) = (self.now(), Arc::clone(&found.policy), found.factors);
        let settings = &policy.settings;
        let skips = proof == Proof::Password && trust::skips_second_step(settings, found.trusted_at, now);
        let proof = if skips { Proof::PasswordOnTrustedBrowser } else { proof };
        let emailed = email_code::serves(settings, factors, found.member.email_codes);
        if skips || !(factors.enrolled() || emailed) {
            return self.let_in(tx, found, client, choices, proof).await.map(Progress::SignedIn);
        }
        let member = found.member;
        if let Some(before) = &client.session {
            // Whoever is signed in here would not reach the second step; the new session takes its place anyway.
            tx.end_session_of_token(before, Ended::SignedOut.name(), now.0).await?;
        }
        let token = Token::new()?;
        let codes = Self::code_attempt(&member.workspace_id, &member.id, factors);
        let locked_until = Self::attempts_under(tx, &codes).await?.and_then(|counter| counter.locked_until);
        let row = PendingRow {
            id: PendingId::from(random::id(now)?),
            member_id: member.id.clone(),
            next_path: wanted.next,
            stay: wanted.stay,
            created_at: now,
            expires_at: second_step::lapses_at(now, locked_until, None),
        };
        tx.insert_pending(&row, &token.hash()).await?;
        if emailed && !factors.enrolled() {
            // Nothing else would pass the step. One that was sent lately for another try is waited for.
            match self.send_code(tx, &member, &row.id, settings).await {
                Ok(()) => self.note_code_sent(tx, &member, client).await?,
                Err(Error::Refused(Refusal::CodeSentLately { .. })) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Progress::SecondStep(token))
    }

    /// Finds the sign-in that a token stands for; `None` when it lapsed.
    pub(crate) async fn pending_sign_in(
        &self,
        workspace: &WorkspaceId,
        token: &Token,
    ) -> Result<Option<PendingSignIn>> {
        let mut tx = self.store().read().await?;
        let Some(row) = tx.pending(&token.hash(), self.now().0).await? else { return Ok(None) };
        let Some(member) = tx.member(&row.member_id).await? else { return Ok(None) };
        if member.workspace_id != *workspace {
            return Ok(None);
        }
        let factors = factors_of(&mut tx, &member.id).await?;
        let recovery_codes = tx.recovery_codes_left(&member.id).await? > 0;
        let code_sent = tx.emailed_code(&row.id).await?.is_some();
        let settings = &self.policy_in(&mut tx, workspace).await?.settings;
        let emailed_codes = email_code::serves(settings, factors, member.email_codes);
        Ok(Some(PendingSignIn {
            emailed_codes,
            code_sent,
            id: row.id,
            member,
            factors,
            recovery_codes,
            next: row.next_path,
            choices: Choices { stay: row.stay, trust: false },
        }))
    }

    /// Gives a sign-in up between its steps.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn cancel_sign_in(&self, between: &PendingSignIn) -> Result<()> {
        let mut tx = self.store().write().await?;
        tx.take_pending(&between.id).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The confirmed factors of a member.
pub(crate) async fn factors_of(tx: &mut Tx, member: &MemberId) -> Result<Factors> {
    let (authenticators, passkeys) = tx.count_factors(member).await?;
    Ok(to_factors(authenticators, passkeys))
}

fn to_factors(authenticators: i64, passkeys: i64) -> Factors {
    Factors { authenticator: authenticators > 0, passkeys: u32::try_from(passkeys).unwrap_or(u32::MAX) }
}
