//! Finding a member, and whether the caller may change them.
use crate::{Caller, Error, MemberId, Result, WorkspaceId};
use policy::{
    EmailAddress, Refusal,
    decide::{
        account_status,
        rank::{self, Authority},
    },
};
use store::{MemberRow, Tx};

/// The member with an address as it was typed; nobody has one that can't be read.
pub(crate) async fn member_by_typed(tx: &mut Tx, workspace: &WorkspaceId, typed: &str) -> Result<Option<MemberRow>> {
    match EmailAddress::parse(typed) {
        Ok(email) => Ok(tx.member_by_email(workspace, &email).await?),
        Err(_) => Ok(None),
    }
}

/// The member of the caller's workspace with an identifier.
///
/// # Errors
/// [`Error::NotFound`] when the workspace has no such member.
async fn member_here(tx: &mut Tx, caller: &Caller, id: &MemberId) -> Result<MemberRow> {
    let member = tx.member(id).await?.filter(|member| member.workspace_id == *caller.workspace());
    member.ok_or(Error::NotFound)
}

/// The member of the caller's workspace whom the caller may change as things are now; the caller is looked at again.
///
/// # Errors
/// [`Refusal::NotOnYourself`];
/// [`Refusal::RoleRequired`] for a super-admin;
/// [`Error::NotFound`] when the workspace has no such member.
pub(crate) async fn changeable(tx: &mut Tx, caller: &Caller, id: &MemberId) -> Result<MemberRow> {
    let actor = tx.member(caller.member()).await?.ok_or(Error::NotFound)?;
    may_sign_in(&actor)?;
    let member = member_here(tx, caller, id).await?;
    rank::may_act_on(Authority::Member(actor.role), member.role, member.id == actor.id)?;
    Ok(member)
}

/// May a member who has proved who they are sign in at all?
///
/// # Errors
/// [`Refusal::Inactive`], [`Refusal::Banned`] or [`Refusal::NotVerified`].
pub(crate) fn may_sign_in(member: &MemberRow) -> std::result::Result<(), Refusal> {
    account_status::may_sign_in(member.status, member.email_verified_at.is_some())
}
