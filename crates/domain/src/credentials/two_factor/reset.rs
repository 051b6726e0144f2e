//! Removing every second factor of a member who can't pass the second step any more.
use super::help;
use crate::{
    Caller, MemberId, Result,
    audit::{Actor, Channel, Entry},
    bailey::TwoFactor,
    mail::messages::factor_news::{FactorNews, factor_news},
    members::changeable,
    platform::unit_of_work::unit_of_work,
};
use policy::Ended;
use store::{MemberRow, Tx};

impl TwoFactor<'_> {
    /// Removes every second factor of a member on an admin's behalf, and signs them out. They sign in with
    /// their password, and enrol again where that is asked for.
    ///
    /// # Errors
    /// [`policy::Refusal::StepUpRequired`] when the caller has not proved lately who they are;
    /// [`policy::Refusal::NotOnYourself`]; [`policy::Refusal::RoleRequired`] for a super-admin's;
    /// [`Error::NotFound`](crate::Error::NotFound) when the workspace has no such member.
    pub async fn reset(self, caller: &Caller, member: &MemberId) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            self.remove_all(&mut tx, &member, Ended::CredentialsChanged, "an admin").await?;
            let actor = Actor::Member(caller.email().clone());
            let entry = Entry::new(Channel::TwoFactor, "Reset two-factor authentication", actor)
                .from_address(caller.address())
                .about(&member.email);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Removes every second factor, and whatever came of them; tells the member who did it. They are held, so that nobody
    /// who is confirming one at this moment keeps it.
    pub(crate) async fn remove_all(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        ended: Ended,
        by: &'static str,
    ) -> Result<()> {
        let (id, now) = (&member.id, self.0.now());
        tx.delete_authenticator(id).await?;
        tx.take_pending_authenticator(id).await?;
        tx.delete_passkeys(id).await?;
        tx.delete_recovery_codes(id).await?;
        tx.set_email_codes(id, false).await?;
        tx.void_links_of(id, now.0).await?;
        tx.clear_attempts_of(id).await?;
        tx.end_all_trust(id).await?;
        tx.take_pendings_of(id).await?;
        tx.forget_enrolment_asked(id).await?;
        tx.settle_help_requests_of(id, help::NEEDED_NO_MORE, now.0).await?;
        tx.end_sessions(id, None, ended.name(), now.0).await?;
        self.0.mail().queue(tx, member, &factor_news(&FactorNews::Reset(by), now)).await
    }
}
