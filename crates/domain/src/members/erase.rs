//! Erasing a member: their personal data goes, what others have with them stands under a pseudonym, and the audit log keeps
//! a name from which nobody gets back to them.
use crate::{
    Caller, Error, MemberId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    members::changeable,
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{EmailAddress, decide::account_status};
use store::MemberRow;

/// How many entries of the log are looked through for addresses that they had before.
const LOOK_BACK: usize = 10_000;

/// Whom an admin is about to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasable {
    /// The member.
    pub member: MemberRow,
    /// Why they can't be erased by the admin who looks, if they can't.
    pub refusal: Option<policy::Refusal>,
}

impl Members<'_> {
    /// A member whose data an admin looks after.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the workspace has no such member.
    pub async fn erasable(self, caller: &Caller, member: &MemberId) -> Result<Erasable> {
        let mut tx = self.0.store().read().await?;
        let member = super::find::member_here(&mut tx, caller, member).await?;
        let by = policy::decide::rank::Authority::Member(caller.role());
        let is_self = member.id == *caller.member();
        let refusal = policy::decide::rank::may_act_on(by, member.role, is_self)
            .and_then(|()| account_status::may_be_changed(member.status))
            .err();
        Ok(Erasable { member, refusal })
    }

    /// Erases a member, whose address is typed to confirm it.
    ///
    /// # Errors
    /// [`policy::Refusal::StepUpRequired`]; [`policy::Refusal::NotOnYourself`], so that a super-admin stays;
    /// [`policy::Refusal::RoleRequired`]; [`policy::Refusal::StillPending`];
    /// [`Error::Invalid`] with the words beside the field `email`;
    /// [`Error::NotFound`] when the workspace has no such member.
    pub async fn erase(self, caller: &Caller, member: &MemberId, typed: &str) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let (member, now) = (changeable(&mut tx, caller, member).await?, self.0.now());
            account_status::may_be_changed(member.status)?;
            if EmailAddress::parse(typed).ok().as_ref() != Some(&member.email) {
                return Err(Error::field("email", format!("Type their address to confirm: {}.", member.email)));
            }
            let workspace = caller.workspace();
            let settings = &self.0.policies().within(&mut tx, workspace).await?.settings;
            if settings.members.super_admin_emails.contains(&member.email) {
                let words = "Their address stands on the list “Super admin emails”. Take it off first, so that whoever has the address next is no super-admin.";
                return Err(Error::field("email", words));
            }
            let addresses = self.0.audit().entries_about(&mut tx, &member, LOOK_BACK).await?.addresses;
            let pseudonym = format!("former-{}@erased.invalid", hex::encode(random::bytes::<12>()?));
            tx.erase_member(&member, &pseudonym, now.0).await?;
            let entry = Entry::new(Channel::Members, "Erased a member", Actor::Member(caller.email().clone()))
                .from_address(caller.address())
                .about(&member.email)
                .with("role before", member.role.name());
            self.0.audit().record(&mut tx, workspace, entry).await?;
            for address in addresses {
                tx.forget_audit_name(workspace, &address).await?;
            }
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}
