//! Registration: somebody asks to join, proves that the address is theirs, and is let in, at once or by whoever decides.
mod ask;
mod decide;

pub use decide::Decision;

use crate::{
    Caller, Client, CommunityId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    links::LinkUsed,
};
use policy::{
    AccountStatus, Refusal,
    decide::{
        joining, moderation,
        registration::{self, AfterConfirmation},
    },
    time::Span,
};
pub use store::RegistrationRow;
use store::{MemberRow, Tx};

/// How many of those who wait are shown at once.
const SHOWN: i64 = 200;
/// How long whoever never proves that an address is theirs is kept.
const UNCONFIRMED_KEPT: Span = Span::days(7);
/// How long is kept what was decided about somebody who is gone.
const DECIDED_KEPT: Span = Span::days(90);
/// How many are forgotten at once.
const FORGOTTEN_AT_ONCE: i64 = 500;

impl Members<'_> {
    /// Whoever waits to be let in, the first one first, as many as are shown.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn waiting_registrations(self, caller: &Caller) -> Result<Vec<RegistrationRow>> {
        Ok(self.0.store().read().await?.waiting_registrations(caller.workspace(), SHOWN).await?)
    }

    /// Takes note that somebody who has asked to join proved that the address is theirs: they wait from now on, and
    /// whoever decides is told; or they get the link by which they join, where registration is open by now.
    ///
    /// # Errors
    /// [`Refusal::RegistrationClosed`]; [`Refusal::DomainRefused`]; [`Refusal::LinkDead`] when they did so before.
    pub(crate) async fn confirm_registration(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        client: &Client,
    ) -> Result<LinkUsed> {
        let settings = &self.0.policies().within(tx, &member.workspace_id).await?.settings;
        let then = registration::may_register(settings)?;
        joining::may_join(settings, &member.email)?;
        if !tx.confirm_registration(&member.id, self.0.now().0).await? {
            return Err(Refusal::LinkDead.into());
        }
        tx.verify_email(&member.id, self.0.now().0).await?;
        match then {
            AfterConfirmation::Joins => self.0.links().mail_complete_registration(tx, member).await?,
            AfterConfirmation::Waits => {
                for moderator in tx.moderators_about(&member.workspace_id, &member.id).await? {
                    self.0.links().mail_decision(tx, &moderator, member).await?;
                }
            }
        }
        let entry = Entry::new(Channel::Members, "Confirmed a registration", Actor::Nobody)
            .from_address(client.address.as_deref())
            .about(&member.email);
        self.0.audit().record(tx, &member.workspace_id, entry).await?;
        Ok(LinkUsed::RegistrationConfirmed)
    }

    /// Asks those who moderate a community alone about somebody who waits to be let in and was put into it just now; whoever
    /// decides everywhere was asked before.
    pub(crate) async fn ask_moderators_of(self, tx: &mut Tx, id: &CommunityId, member: &MemberRow) -> Result<()> {
        let asked = tx.registration(&member.id).await?.filter(|_| member.status == AccountStatus::Pending);
        if asked.is_none_or(|asked| asked.confirmed_at.is_none() || asked.decided_at.is_some()) {
            return Ok(());
        }
        for moderator in tx.moderators_of(id).await? {
            if !moderation::may_moderate(moderator.role, false) {
                self.0.links().mail_decision(tx, &moderator, member).await?;
            }
        }
        Ok(())
    }

    /// Whether somebody who has asked to join may choose a password and be in, as things are now.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when they have joined; [`Refusal::RegistrationClosed`]; [`Refusal::ApprovalRequired`];
    /// [`Refusal::DomainRefused`].
    pub(crate) async fn judge_registration(self, tx: &mut Tx, member: &MemberRow) -> Result<()> {
        let asked = tx.registration(&member.id).await?.filter(|_| member.status == AccountStatus::Pending);
        let asked = asked.ok_or(Refusal::LinkDead)?;
        let settings = &self.0.policies().within(tx, &member.workspace_id).await?.settings;
        registration::may_complete(settings, asked.approved)?;
        Ok(joining::may_join(settings, &member.email)?)
    }

    /// Deletes whoever never proved that an address is theirs, and what was decided long ago.
    pub(crate) async fn forget_registrations(self, tx: &mut Tx) -> Result<u64> {
        let now = self.0.now();
        let mut deleted = 0;
        for asked in tx.unconfirmed_registrations((now - UNCONFIRMED_KEPT).0, FORGOTTEN_AT_ONCE).await? {
            tx.lock_member(&asked.member_id).await?;
            let waits = tx.member(&asked.member_id).await?.is_none_or(|found| found.status == AccountStatus::Pending);
            if waits && tx.registration(&asked.member_id).await?.is_some_and(|asked| asked.confirmed_at.is_none()) {
                tx.delete_unjoined(&asked.member_id).await?;
                tx.delete_registration(&asked.member_id).await?;
                deleted += 1;
            }
        }
        Ok(deleted + tx.delete_registrations_decided_before((now - DECIDED_KEPT).0).await?)
    }
}
