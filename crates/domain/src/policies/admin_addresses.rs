//! From where admins were last seen, and whom a list of addresses leaves outside.
use super::{author::Author, form::invalid};
use crate::{Result, WorkspaceId};
use policy::{
    Role, Settings,
    decide::{
        network,
        rank::{self, LastSeen},
    },
    rules,
};
use std::net::IpAddr;
use store::Tx;

/// What is known of an admin.
#[derive(Debug, Clone)]
struct Admin {
    role: Role,
    has_signed_in: bool,
    last_seen: LastSeen,
}

/// Every active admin, by their address of e-mail; whoever saves is known to be where they are.
async fn admins(tx: &mut Tx, workspace: &WorkspaceId, author: &Author) -> Result<Vec<Admin>> {
    let rows = tx.admins_last_seen(workspace).await?.into_iter();
    let admins = rows.map(|row| {
        let here = author.address.as_ref().filter(|_| author.is_member(&row.email));
        let address = here.or(row.address.as_ref()).and_then(|address| address.parse::<IpAddr>().ok());
        let last_seen = LastSeen { email: row.email, address };
        Admin { role: row.role, has_signed_in: row.last_sign_in_at.is_some(), last_seen }
    });
    Ok(admins.collect())
}

/// The super-admins whom a change may shut out; `None` where it leaves alone from where the admin pages are reached.
async fn super_admins(
    tx: &mut Tx,
    workspace: &WorkspaceId,
    before: &Settings,
    wanted: &Settings,
    author: &Author,
) -> Result<Option<Vec<Admin>>> {
    if before.network == wanted.network {
        return Ok(None);
    }
    let admins = admins(tx, workspace, author).await?.into_iter();
    Ok(Some(admins.filter(|admin| admin.role == Role::SuperAdmin).collect()))
}

/// May this author change so from where the admin pages are reached?
///
/// # Errors
/// [`policy::Refusal::ShutsOutSuperAdmins`].
pub(super) async fn may_shut_out(
    tx: &mut Tx,
    workspace: &WorkspaceId,
    before: &Settings,
    wanted: &Settings,
    author: &Author,
) -> Result<()> {
    let Some(super_admins) = super_admins(tx, workspace, before, wanted, author).await? else { return Ok(()) };
    let super_admins: Vec<_> = super_admins.into_iter().map(|admin| admin.last_seen).collect();
    Ok(rank::may_shut_out(author.authority, before, wanted, &super_admins)?)
}

/// The invariant of every save, judged where the settings that it depends on change.
///
/// # Errors
/// [`Error::Invalid`](crate::Error::Invalid) beside the list.
pub(super) async fn keeps_a_super_admin(
    tx: &mut Tx,
    workspace: &WorkspaceId,
    before: &Settings,
    wanted: &Settings,
    author: &Author,
) -> Result<()> {
    let Some(super_admins) = super_admins(tx, workspace, before, wanted, author).await? else { return Ok(()) };
    let counted = super_admins.into_iter().filter(|admin| admin.has_signed_in);
    let last_seen: Vec<_> = counted.map(|admin| admin.last_seen.address).collect();
    rules::keeps_a_super_admin(wanted, &last_seen).map_or(Ok(()), |found| Err(invalid(vec![found])))
}

/// The admins besides the author whom a change of the list shuts out, by address, in order.
pub(super) async fn shut_out(
    tx: &mut Tx,
    workspace: &WorkspaceId,
    before: &Settings,
    wanted: &Settings,
    author: &Author,
) -> Result<Vec<String>> {
    if before.network == wanted.network {
        return Ok(Vec::new());
    }
    let others = admins(tx, workspace, author).await?.into_iter().map(|admin| admin.last_seen);
    let out = others.filter(|known| {
        !author.is_member(&known.email)
            && network::admits(wanted, known.address).is_err()
            && network::admits(before, known.address).is_ok()
    });
    Ok(out.map(|known| known.email).collect())
}
