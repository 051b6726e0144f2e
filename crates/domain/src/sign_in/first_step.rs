//! The first step of a sign-in: the password, and on to the second step where there is one.
use super::{
    Credentials, Progress, Proof, SignInLookup, Wanted, captcha::SolvedFor, lookup::SigningIn, pending::Choices,
};
use crate::{
    Client, Error, Result, Token, WorkspaceId,
    bailey::SignIn,
    credentials::passwords::{self, Hasher},
    lockouts::attempts_under,
    lockouts::code_attempt,
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    Ended, Refusal, Settings,
    decide::{
        captcha, email_code,
        lockout::{self, Guarded},
        password::Owner,
        second_step, trust,
    },
};
use secrecy::SecretString;
use std::sync::Arc;
use store::{MemberRow, PendingId, PendingRow, Tx};

impl SignIn<'_> {
    /// Signs somebody in by password, or brings them to the second step.
    ///
    /// # Errors
    /// [`Refusal::WrongCredentials`] whatever is wrong with address or password; [`Refusal::Locked`]
    /// after too many of them, whether somebody has the address or not; [`Refusal::AddressPaused`] after too
    /// many from one network address, unless the browser is known; [`Refusal::Busy`] when too many sign in at
    /// once; [`Refusal::CaptchaUnsolved`] when a captcha is asked for.
    pub async fn by_password(
        self,
        workspace: &WorkspaceId,
        credentials: Credentials<'_>,
        wanted: Wanted,
        client: &Client,
    ) -> Result<Progress> {
        let Credentials { email, password, captcha } = credentials;
        let turn = self.0.hasher().turn(client.browser.is_some())?;
        let SignInLookup { policy, member, attempt, seen } = self.look_up(workspace, email, client).await?;
        self.0.hasher().keep(&turn, attempt.is_from_known_browser())?;
        let from_address = if attempt.is_from_known_browser() {
            0
        } else {
            self.0.lockouts().attempts_from_address(workspace, Guarded::Address, client, &policy.settings).await?
        };
        let at_account = self.0.lockouts().failures(&attempt, seen, &policy.settings);
        if let Some(level) = captcha::for_sign_in(&policy.settings, at_account, from_address) {
            self.0.captchas().judge(SolvedFor::SignIn, level, captcha).await?;
        }
        let hash = member.as_ref().and_then(|member| member.password_hash.as_deref());
        let tried = self.0.lockouts().try_password(turn, &attempt, seen, &policy.settings, &password, hash).await;
        let (right, slot) = tried?;
        let member = match member {
            Some(member) if right => member,
            other => {
                self.note_refused(workspace, other.as_ref(), client, &policy.settings, slot.locks).await?;
                let refusal = slot.locks.map_or(Refusal::WrongCredentials, |until| {
                    self.0.lockouts().refusal(&attempt, &policy.settings, until)
                });
                return Err(refusal.into());
            }
        };
        if let Some(refusal) = self.0.members().barred(&policy.settings, &member).await? {
            return Err(self.turn_away(&attempt, &member, client, refusal).await?.into());
        }
        let verdict = self.judge_again(&policy.settings, &member, &password).await?;
        let upgraded = match member.password_hash.as_deref().filter(|hash| Hasher::is_outdated(hash)) {
            Some(old) => match self.0.hasher().hash(&password).await {
                Ok(new) => Some((old.to_owned(), new)),
                // It can be upgraded at any other sign-in.
                Err(Error::Refused(Refusal::Busy { .. })) => None,
                Err(error) => return Err(error),
            },
            None => None,
        };
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let found = self.reload_member(&mut tx, &member, client).await?;
            self.0.lockouts().clear(&mut tx, &attempt).await?;
            if let Some((mark, falls_short)) = &verdict {
                tx.note_password_judged(&member.id, mark, *falls_short).await?;
            }
            if let Some((old, new)) = &upgraded {
                tx.upgrade_password_hash(&member.id, old, new).await?;
            }
            let progress = self.first_step_done(&mut tx, found, &wanted, client, Proof::Password).await?;
            tx.commit().await?;
            Ok(progress)
        })
        .await
    }

    /// Judges a password that was just typed and is right, unless it was judged before and nothing that
    /// decides the verdict has changed since: that is a good part of the work of a sign-in.
    async fn judge_again(
        self,
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
            passwords::BLOCKLIST_EDITION.as_str(),
        ];
        let mark = self.0.vault().hash("judged passwords", &decides.map(str::as_bytes));
        if member.password_judged.as_deref() == Some(mark.as_str()) {
            return Ok(None);
        }
        match passwords::judge(self.0.hasher(), settings, password, owner).await {
            Ok(verdict) => Ok(Some((mark, verdict.is_err()))),
            // It can be judged at any other sign-in.
            Err(Error::Refused(Refusal::Busy { .. })) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes the first step by a link from the console, in place of the password.
    ///
    /// # Errors
    /// [`Refusal::Inactive`], [`Refusal::Banned`] or [`Refusal::NotVerified`].
    pub(crate) async fn by_link(self, tx: &mut Tx, member: &MemberRow, client: &Client) -> Result<Progress> {
        let found = self.reload_member(tx, member, client).await?;
        self.first_step_done(tx, found, &Wanted::default(), client, Proof::Link).await
    }

    /// Goes on after the first step: to the second one where the member has a factor and the browser is
    /// not trusted.
    async fn first_step_done(
        self,
        tx: &mut Tx,
        found: SigningIn,
        wanted: &Wanted,
        client: &Client,
        proof: Proof,
    ) -> Result<Progress> {
        let choices = Choices { stay: wanted.stay, trust: false };
        let (now, policy, factors) = (self.0.now(), Arc::clone(&found.policy), found.factors);
        let settings = &policy.settings;
        let skips = proof == Proof::Password && trust::skips_second_step(settings, found.trusted, now);
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
        let codes = code_attempt(&member.workspace_id, &member.id, factors);
        let counter = attempts_under(tx, &codes).await?;
        let budget = lockout::budget(settings, Guarded::TwoFactor);
        let locked_until = counter.and_then(|counter| lockout::as_of(counter, budget, now).locked_until);
        let row = PendingRow {
            id: PendingId::from(random::id(now)?),
            member_id: member.id.clone(),
            next_path: wanted.next.clone(),
            stay: wanted.stay,
            created_at: now,
            expires_at: second_step::lapses_at(now, locked_until, None),
        };
        tx.insert_pending(&row, &token.hash()).await?;
        if emailed && !factors.enrolled() {
            // Nothing else would pass the step. One that was sent lately for another try is waited for.
            match self.0.two_factor().send_code(tx, &member, &row.id, settings).await {
                Ok(()) => self.0.two_factor().note_code_sent(tx, &member, client).await?,
                Err(Error::Refused(Refusal::CodeSentLately { .. })) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Progress::SecondStep(token))
    }
}
