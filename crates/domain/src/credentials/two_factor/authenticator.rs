//! Authenticator apps: TOTP by RFC 6238 with SHA-1, 6 digits and steps of 30 seconds, since that is
//! what every app speaks. A step is accepted once; the step before and the step after count too.
use super::{
    Enrolled,
    attempts::{Attempt, read},
    by,
};
use crate::{
    Caller, Client, Error, MemberId, Result, Token,
    bailey::TwoFactor,
    mail::messages::factor_news::{FactorNews, factor_news},
    members::hold_caller,
    platform::{random, unit_of_work::unit_of_work},
    sign_in::{PendingSignIn, Proof, SignInDone, factors_of},
};
use policy::{
    Refusal,
    decide::{
        code::Code,
        enrolment::{self, Factor},
    },
    time::Span,
};
use store::{AuthenticatorRow, PendingAuthenticatorRow, Tx};
use totp_rs::{Algorithm, Builder, Secret, Totp};

/// An authenticator app that waits for its first code.
#[derive(Debug, Clone)]
pub struct PendingAuthenticator {
    /// The secret in base32.
    pub secret: String,
    /// The `otpauth://` address for a QR code.
    pub uri: String,
}

/// How long a set-up that was begun waits for its first code.
const SET_UP_LASTS: Span = Span::minutes(10);

/// What it is called in mails.
const WHAT: &str = "an authenticator app";

/// The place that the secret of a member's app is sealed for.
pub(crate) fn place_of_secret(member: &str) -> String {
    format!("authenticators/secret/{member}")
}

/// Makes the codes of a secret. What authenticator apps show beside them is the `issuer`, in which the key-URI format has
/// no colon, and the account.
fn totp(secret: Vec<u8>, account: &str, issuer: &str) -> Result<Totp> {
    // RFC 6238 §5.2 recommends at most one step of delay.
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_issuer(Some(issuer.replace(':', " ")))
        .with_account_name(account)
        .with_secret(Secret::from(secret))
        .build()
        .map_err(Error::internal)
}

impl TwoFactor<'_> {
    fn open_secret(self, member: &MemberId, sealed: &str) -> Result<Vec<u8>> {
        self.0.vault().open(&place_of_secret(member.as_str()), sealed)
    }

    /// The codes of a secret that is stored, for checking one.
    fn codes(self, member: &MemberId, sealed: &str) -> Result<Totp> {
        totp(self.open_secret(member, sealed)?, "", "")
    }

    /// What an app has to know of a set-up that was begun; it will show the name of the workspace as it is now.
    pub(super) fn describe_pending(
        self,
        caller: &Caller,
        sealed: &str,
        workspace: &str,
    ) -> Result<PendingAuthenticator> {
        let totp = totp(self.open_secret(caller.member(), sealed)?, caller.email().as_str(), workspace)?;
        Ok(PendingAuthenticator { secret: totp.secret().to_base32(), uri: totp.to_url().map_err(Error::internal)? })
    }

    /// Begins setting up an app: draws a secret that its first code will confirm. The session gets a new token, so that
    /// whoever has copied the one before does not read the secret as well.
    ///
    /// # Errors
    /// [`policy::Refusal::FactorOff`] when the policy has turned apps off; [`policy::Refusal::StepUpRequired`].
    pub async fn begin_authenticator(self, caller: &Caller) -> Result<Token> {
        caller.is_fresh()?;
        enrolment::may_enrol(&caller.policy().settings, Factor::Authenticator)?;
        let slot = place_of_secret(caller.member().as_str());
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let secret = self.0.keys().seal(&mut tx, &slot, &random::bytes::<20>()?).await?;
            let row = PendingAuthenticatorRow { secret, created_at: self.0.now() };
            tx.put_pending_authenticator(caller.member(), &row).await?;
            let token = self.0.sessions().rotate(&mut tx, caller).await?;
            tx.commit().await?;
            Ok(token)
        })
        .await
    }

    /// Gives up setting up an app.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn cancel_authenticator(self, caller: &Caller) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            tx.take_pending_authenticator(caller.member()).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }

    /// Since when a set-up may have begun that has not lapsed.
    pub(crate) fn set_ups_begun_since(self) -> policy::Timestamp {
        self.0.now() - SET_UP_LASTS
    }

    /// The set-up that the caller has begun, unless it has lapsed: somebody else may have seen its secret.
    pub(super) async fn begun(self, tx: &mut Tx, caller: &Caller) -> Result<Option<PendingAuthenticatorRow>> {
        let row = tx.pending_authenticator(caller.member()).await?;
        Ok(row.filter(|row| (row.created_at + SET_UP_LASTS).is_end_of_what_serves(SET_UP_LASTS, self.0.now())))
    }

    /// Confirms an app by its first code; one that the caller had before is replaced. The first code proves
    /// nothing that could be guessed at, so wrong ones do not count; whatever counted before was wrong for another
    /// secret, and is forgotten.
    ///
    /// # Errors
    /// [`policy::Refusal::WrongCode`], or [`Error::Invalid`] for what can't be a code; [`Error::NotFound`] when no
    /// set-up was begun, or too long ago; [`policy::Refusal::StepUpRequired`].
    pub async fn confirm_authenticator(self, caller: &Caller, code: &str) -> Result<Enrolled> {
        caller.is_fresh()?;
        enrolment::may_enrol(&caller.policy().settings, Factor::Authenticator)?;
        let code = read(Code::Authenticator, code)?;
        let member = caller.member();
        let now = self.0.now();
        let pending = self.begun(&mut self.0.store().read().await?, caller).await?.ok_or(Error::NotFound)?;
        let totp = self.codes(member, &pending.secret)?;
        let Some(step) = totp.check(&code, now.unix_seconds()) else {
            return Err(Refusal::WrongCode { of: Code::Authenticator }.into());
        };
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let replaces = tx.authenticator(member).await?.is_some();
            if !tx.take_pending_authenticator(member).await? {
                return Err(Error::NotFound);
            }
            let row = AuthenticatorRow {
                // Sealed anew: the key may have been replaced since the set-up was begun.
                secret: self.0.keys().seal(&mut tx, &place_of_secret(member.as_str()), totp.secret().as_ref()).await?,
                last_step: i64::try_from(step).map_err(Error::internal)?,
                added_at: now,
                last_used_at: None,
            };
            tx.put_authenticator(member, &row).await?;
            tx.end_all_trust(member).await?;
            self.clear_attempts(&mut tx, &Attempt::of(caller)).await?;
            if replaces {
                self.0.sessions().credentials_changed(&mut tx, caller).await?;
                self.0.audit().record(&mut tx, caller.workspace(), by(caller, "Removed an authenticator app")).await?;
                let news = FactorNews::Removed(WHAT.to_owned());
                self.0.mail().queue_to_caller(&mut tx, caller, &factor_news(&news, now)).await?;
            }
            let recovery_codes = self.codes_if_none_left(&mut tx, member).await?;
            let session = self.0.sessions().rotate(&mut tx, caller).await?;
            self.0.audit().record(&mut tx, caller.workspace(), by(caller, "Added an authenticator app")).await?;
            self.0
                .mail()
                .queue_to_caller(&mut tx, caller, &factor_news(&FactorNews::Added(WHAT.to_owned()), now))
                .await?;
            tx.commit().await?;
            Ok(Enrolled { session, recovery_codes })
        })
        .await
    }

    /// Takes a code of a member's app, each once.
    pub(super) async fn accepts_code(self, tx: &mut Tx, member: &MemberId, code: &str) -> Result<bool> {
        let now = self.0.now();
        let Some(row) = tx.authenticator(member).await? else { return Ok(false) };
        let step = self.codes(member, &row.secret)?.check(code, now.unix_seconds());
        match step.map(i64::try_from) {
            // A step ahead counts, and clocks of nodes differ by less than another one.
            Some(Ok(step)) => Ok(tx.accept_step(member, step, step + 3, now.0).await?),
            _ => Ok(false),
        }
    }

    /// Passes the second step by a code of the app.
    ///
    /// # Errors
    /// [`policy::Refusal::WrongCode`], also for a code that was accepted before; [`Error::Invalid`] for what can't be
    /// a code, which is no try; [`policy::Refusal::CodesPaused`] after too many wrong ones;
    /// [`policy::Refusal::FactorDisabled`] after a hundred in a row.
    pub async fn second_step_by_code(self, between: &PendingSignIn, code: &str, client: &Client) -> Result<SignInDone> {
        let code = read(Code::Authenticator, code)?;
        let attempt = Attempt::between(between, client);
        let slot = self.reserve_attempt(&attempt).await?;
        let done = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&between.member.id).await?;
            if !self.accepts_code(&mut tx, &between.member.id, &code).await? {
                return Ok(None);
            }
            self.second_step_done(tx, between, client, Proof::PasswordAndCode).await.map(Some)
        });
        self.or_wrong_code(done.await?, &attempt, &slot, Code::Authenticator).await
    }

    /// Removes the app.
    ///
    /// # Errors
    /// [`policy::Refusal::LastFactor`] while the policy requires it; [`Error::NotFound`] when there is none;
    /// [`policy::Refusal::StepUpRequired`].
    pub async fn remove_authenticator(self, caller: &Caller) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let factors = factors_of(&mut tx, caller.member()).await?;
            enrolment::may_remove(&caller.policy().settings, caller.role(), factors, Factor::Authenticator)?;
            if !tx.delete_authenticator(caller.member()).await? {
                return Err(Error::NotFound);
            }
            self.0.sessions().credentials_changed(&mut tx, caller).await?;
            // Wrong codes were wrong for this app; whatever is set up next begins anew (NIST SP 800-63B-4 §3.2.2).
            self.forget_attempts(&mut tx, &Attempt::of(caller)).await?;
            self.0.audit().record(&mut tx, caller.workspace(), by(caller, "Removed an authenticator app")).await?;
            self.0
                .mail()
                .queue_to_caller(&mut tx, caller, &factor_news(&FactorNews::Removed(WHAT.to_owned()), self.0.now()))
                .await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B: the last six digits of its eight-digit SHA-1 vectors.
    #[test]
    fn codes_are_those_of_the_standard() {
        let totp = totp(b"12345678901234567890".to_vec(), "", "").expect("a valid secret");
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp.check(code, time), Some(time / 30));
        }
    }

    #[test]
    fn one_step_before_and_after_is_accepted_and_no_further_one() {
        let totp = totp(b"12345678901234567890".to_vec(), "", "").expect("a valid secret");
        let at = 1_111_111_109;
        assert!(totp.check("081804", at + 30).is_some() && totp.check("081804", at - 30).is_some());
        assert!(totp.check("081804", at + 60).is_none() && totp.check("081804", at - 60).is_none());
    }

    /// Fails when a name of a workspace can't be an issuer, or is not encoded as the key-URI format asks.
    #[test]
    fn the_issuer_is_the_name_of_the_workspace_whatever_it_is() {
        let uri =
            |name: &str| totp(b"12345678901234567890".to_vec(), "ada@example.org", name).map(|totp| totp.to_url());
        for (name, encoded) in
            [("Acme", "Acme"), ("Smith & Söhne: R&D 50 %", "Smith%20%26%20S%C3%B6hne%20%20R%26D%2050%20%25"), ("", "")]
        {
            let uri = uri(name).expect("it is made").expect("it is written");
            assert!(
                uri.contains(&format!("issuer={encoded}")) && uri.starts_with(&format!("otpauth://totp/{encoded}")),
                "{uri}"
            );
        }
    }
}
