//! Giving a member another role.
use crate::{
    Caller, MemberId, Result,
    audit::{Actor, Channel, Difference, Entry},
    bailey::Members,
    members::changeable,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Role,
    decide::{
        account_status,
        rank::{self, Authority},
    },
};

impl Members<'_> {
    /// Gives a member another role, which holds from their next request on.
    ///
    /// # Errors
    /// [`policy::Refusal::StepUpRequired`] when the caller has not proved lately who they are;
    /// [`policy::Refusal::NotOnYourself`]; [`policy::Refusal::RoleRequired`] for a member above the caller, and
    /// [`policy::Refusal::RoleAboveYours`] for a role above theirs; [`policy::Refusal::StillPending`];
    /// [`Error::NotFound`](crate::Error::NotFound) when the workspace has no such member.
    pub async fn set_role(self, caller: &Caller, member: &MemberId, role: Role) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            account_status::may_be_changed(member.status)?;
            // What the caller is by now: they are held, and the role of a request may be an older one.
            let own = tx.member(caller.member()).await?.map_or(Role::Member, |caller| caller.role);
            rank::may_change_role(Authority::Member(own), member.role, role, false)?;
            if member.role == role {
                return Ok(());
            }
            tx.set_role(&member.id, role).await?;
            if !member.role.reaches_admin() && role.reaches_admin() {
                // Their days of grace as an admin begin now.
                tx.forget_enrolment_asked(&member.id).await?;
            }
            let difference = Difference {
                key: "role".to_owned(),
                label: "Role".to_owned(),
                from: member.role.label().to_owned(),
                to: role.label().to_owned(),
                weakens: false,
            };
            let entry =
                Entry::new(Channel::Members, "Changed the role of a member", Actor::Member(caller.email().clone()))
                    .from_address(caller.address())
                    .about(&member.email)
                    .with_differences(vec![difference]);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}
