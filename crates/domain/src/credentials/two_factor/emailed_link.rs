//! The link in the mail with a code: its button passes the second step of the very sign-in that the code is for, in the
//! browser in which that began.
use super::attempts::Attempt;
use crate::{
    Client, Result,
    bailey::TwoFactor,
    sign_in::{PendingSignIn, Proof, SignInDone, factors_of},
};
use policy::{Refusal, SettingKey, decide::email_code};
use store::Tx;

impl TwoFactor<'_> {
    /// Judges a link for the second step of a sign-in, for the browser that brings the cookie of one: returns that one,
    /// where it is the very same. Nothing is counted, since nothing can be guessed.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when the sign-in is complete, was given up or has lapsed, or a better factor has taken the
    /// place of codes; [`Refusal::LinkOfAnotherBrowser`]; [`Refusal::FactorOff`]; what refuses codes at present.
    pub(crate) async fn judge_link<'a>(
        self,
        tx: &mut Tx,
        pending: &str,
        between: Option<&'a PendingSignIn>,
        client: &Client,
    ) -> Result<&'a PendingSignIn> {
        if !tx.is_pending(pending, self.0.now().0).await? {
            return Err(Refusal::LinkDead.into());
        }
        let between = between.filter(|between| between.id.as_str() == pending).ok_or(Refusal::LinkOfAnotherBrowser)?;
        let member = tx.member(&between.member.id).await?.ok_or(Refusal::LinkDead)?;
        let policy = self.0.policies().within(tx, &member.workspace_id).await?;
        if !policy.settings.two_factor.email {
            return Err(Refusal::FactorOff { by: SettingKey::TWO_FACTOR_EMAIL }.into());
        }
        let factors = factors_of(tx, &member.id).await?;
        if !email_code::serves(&policy.settings, factors, member.email_codes) {
            return Err(Refusal::LinkDead.into());
        }
        let attempt = Attempt::between(between, client);
        match self.0.lockouts().code_refused(tx, attempt.counted(), &policy.settings).await? {
            Some(refusal) => Err(refusal.into()),
            None => Ok(between),
        }
    }

    /// Passes the second step by a link that was judged and is used up. The member is held.
    pub(crate) async fn second_step_by_link(
        self,
        mut tx: Tx,
        between: &PendingSignIn,
        client: &Client,
    ) -> Result<SignInDone> {
        // The link reached them, so the mailbox is theirs.
        tx.verify_email(&between.member.id, self.0.now().0).await?;
        self.second_step_done(tx, between, client, Proof::PasswordAndEmailedLink).await
    }
}
