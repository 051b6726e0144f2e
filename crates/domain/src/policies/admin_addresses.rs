//! From where admins are known to come, and whom a list of addresses leaves outside.
use super::{author::Author, form::invalid};
use crate::{Result, WorkspaceId, audit::Actor};
use policy::{Role, Settings, decide::network, rules};
use std::{collections::BTreeMap, net::IpAddr};
use store::Tx;

/// What is known of an admin.
#[derive(Debug, Clone)]
struct Admin {
    role: Role,
    has_signed_in: bool,
    seen: Vec<IpAddr>,
}

/// Every active admin, by their address of e-mail; whoever saves is also known to be where they are.
async fn admins(tx: &mut Tx, workspace: &WorkspaceId, author: &Author) -> Result<BTreeMap<String, Admin>> {
    let mut found = BTreeMap::new();
    for row in tx.admins_seen(workspace).await? {
        let admin = Admin { role: row.role, has_signed_in: row.last_sign_in_at.is_some(), seen: Vec::new() };
        let admin: &mut Admin = found.entry(row.email).or_insert(admin);
        admin.seen.extend(row.address.and_then(|address| address.parse::<IpAddr>().ok()));
    }
    if let Actor::Member(email) = &author.actor
        && let Some(admin) = found.get_mut(email.as_str())
    {
        admin.seen.extend(author.address.as_deref().and_then(|address| address.parse::<IpAddr>().ok()));
    }
    Ok(found)
}

/// The invariant of every save, judged where the settings that it depends on change.
pub(super) async fn keeps_a_super_admin(
    tx: &mut Tx,
    workspace: &WorkspaceId,
    before: &Settings,
    wanted: &Settings,
    author: &Author,
) -> Result<()> {
    if before.network == wanted.network {
        return Ok(());
    }
    let admins = admins(tx, workspace, author).await?;
    let counted = admins.into_values().filter(|admin| admin.role == Role::SuperAdmin && admin.has_signed_in);
    let seen: Vec<_> = counted.map(|admin| admin.seen).collect();
    rules::keeps_a_super_admin(wanted, &seen).map_or(Ok(()), |found| Err(invalid(vec![found])))
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
    let mut admins = admins(tx, workspace, author).await?;
    admins.retain(|email, admin| {
        email != author.actor.name()
            && network::shuts_out(wanted, &admin.seen)
            && !network::shuts_out(before, &admin.seen)
    });
    Ok(admins.into_keys().collect())
}
