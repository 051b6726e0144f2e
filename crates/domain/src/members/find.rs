//! Finding a member, and whether the caller may change them.
use crate::{Caller, Error, MemberId, Result, WorkspaceId};
use policy::{
    EmailAddress, Ended, Refusal,
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
/// [`Error::NotFound`] when the workspace has no such member, or they were erased.
pub(crate) async fn member_here(tx: &mut Tx, caller: &Caller, id: &MemberId) -> Result<MemberRow> {
    let member = tx.member(id).await?.filter(|member| member.workspace_id == *caller.workspace());
    let member = member.ok_or(Error::NotFound)?;
    if tx.is_erased(id).await? { Err(Error::NotFound) } else { Ok(member) }
}

/// The caller as things are now, held until the end of the unit of work: of two acts on one member the second one sees
/// what the first has left. Taken before whatever else of theirs is held.
///
/// # Errors
/// [`Refusal::SessionEnded`] when their session was ended meanwhile; what [`may_sign_in`] says of them.
pub(crate) async fn hold_caller(tx: &mut Tx, caller: &Caller) -> Result<MemberRow> {
    tx.lock_member(caller.member()).await?;
    caller_now(tx, caller).await
}

/// Holds the caller and another member until the end of the unit of work; returns the caller as things are now.
///
/// # Errors
/// As [`hold_caller`].
pub(crate) async fn hold_caller_and(tx: &mut Tx, caller: &Caller, other: &MemberId) -> Result<MemberRow> {
    // The lesser identifier comes first whoever acts, so that neither of two waits for the other in a circle.
    let own = caller.member();
    let (first, second) = if other.as_str() < own.as_str() { (other, own) } else { (own, other) };
    tx.lock_member(first).await?;
    tx.lock_member(second).await?;
    caller_now(tx, caller).await
}

/// The caller as things are now.
async fn caller_now(tx: &mut Tx, caller: &Caller) -> Result<MemberRow> {
    let member = tx.member(caller.member()).await?.ok_or(Error::NotFound)?;
    may_sign_in(&member)?;
    match tx.why_session_ended(caller.session()).await? {
        Some(why) => Err(Refusal::SessionEnded { ended: Ended::from_name(&why) }.into()),
        None => Ok(member),
    }
}

/// The member of the caller's workspace whom the caller may change as things are now: both are held until the end of
/// the unit of work, and the caller is looked at again.
///
/// # Errors
/// [`Refusal::NotOnYourself`];
/// [`Refusal::RoleRequired`] for a super-admin, and once the caller is no admin any more;
/// [`Refusal::SessionEnded`] when the caller's session was ended meanwhile;
/// [`Error::NotFound`] when the workspace has no such member.
pub(crate) async fn changeable(tx: &mut Tx, caller: &Caller, id: &MemberId) -> Result<MemberRow> {
    // Two who ban each other: the second one is looked at again, and may no longer.
    let actor = hold_caller_and(tx, caller, id).await?;
    let member = member_here(tx, caller, id).await?;
    // Nor does one who is no admin any more: of two who take each other's role back the second one is refused.
    rank::may_administer(actor.role)?;
    rank::may_act_on(Authority::Member(actor.role), member.role, member.id == actor.id)?;
    Ok(member)
}

/// The member of the caller's workspace whom the caller may look after as things are now, be they the caller: both are
/// held until the end of the unit of work, and the caller is looked at again.
///
/// # Errors
/// As [`changeable`], but [`Refusal::NotOnYourself`].
pub(crate) async fn may_reach(tx: &mut Tx, caller: &Caller, id: &MemberId) -> Result<MemberRow> {
    let actor = hold_caller_and(tx, caller, id).await?;
    let member = member_here(tx, caller, id).await?;
    rank::may_reach(Authority::Member(actor.role), member.role)?;
    Ok(member)
}

/// Holds every member of the caller's workspace until the end of the unit of work; returns the caller as things are now.
///
/// # Errors
/// As [`hold_caller`].
pub(crate) async fn hold_everybody(tx: &mut Tx, caller: &Caller) -> Result<MemberRow> {
    tx.lock_members(caller.workspace()).await?;
    caller_now(tx, caller).await
}

/// May a member who has proved who they are sign in at all?
///
/// # Errors
/// [`Refusal::Inactive`], [`Refusal::Banned`] or [`Refusal::NotVerified`].
pub(crate) fn may_sign_in(member: &MemberRow) -> std::result::Result<(), Refusal> {
    account_status::may_sign_in(member.status, member.email_verified_at.is_some())
}
