//! Rank: nobody's act or save reaches above them. Asked by every act on a member, and by whatever saves settings or
//! puts them back.
use super::network;
use crate::{Change, Refusal, Role, SettingKey, Settings};
use std::net::IpAddr;

/// On whose authority something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// A member's of this role.
    Member(Role),
    /// The operator's, at the server's console, and Bailey's own, which puts back what nobody confirmed: above every rank.
    Console,
}

impl Authority {
    /// Whether it reaches as high as a role does. Only super-admins stand above other admins.
    pub fn reaches(self, role: Role) -> bool {
        match self {
            Self::Console => true,
            Self::Member(own) => own == Role::SuperAdmin || role != Role::SuperAdmin,
        }
    }
}

/// A super-admin, and from where they were last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSeen {
    /// Their address of e-mail.
    pub email: String,
    /// The address that their newest session began at, live or not; `None` where it is not known.
    pub address: Option<IpAddr>,
}

/// May somebody of this role act on other members at all?
///
/// # Errors
/// [`Refusal::RoleRequired`].
pub const fn may_administer(own: Role) -> Result<(), Refusal> {
    if own.reaches_admin() { Ok(()) } else { Err(Refusal::RoleRequired { needed: Role::Admin }) }
}

/// May a member's role be changed to this one? Whoever changes it stands no lower than either.
///
/// # Errors
/// As [`may_act_on`] and [`may_give`].
pub fn may_change_role(by: Authority, from: Role, to: Role, is_self: bool) -> Result<(), Refusal> {
    may_act_on(by, from, is_self)?;
    match by {
        Authority::Member(own) if from > own => Err(Refusal::RoleRequired { needed: from }),
        Authority::Member(_) | Authority::Console => may_give(by, to),
    }
}

/// May something be done to a member of this role: a lock lifted, a mail sent, a session ended, a link voided, a factor
/// removed, the status changed? Nobody does that to themselves here, so that at least the super-admin who does it stays.
///
/// # Errors
/// [`Refusal::NotOnYourself`], and [`Refusal::RoleRequired`] of whoever stands below the member.
pub fn may_act_on(by: Authority, subject: Role, is_self: bool) -> Result<(), Refusal> {
    if is_self {
        return Err(Refusal::NotOnYourself);
    }
    may_reach(by, subject)
}

/// May something be done that concerns a member of this role, or their author themselves?
///
/// # Errors
/// [`Refusal::RoleRequired`] of whoever stands below the member.
pub fn may_reach(by: Authority, subject: Role) -> Result<(), Refusal> {
    if by.reaches(subject) { Ok(()) } else { Err(Refusal::RoleRequired { needed: subject }) }
}

/// May somebody be given this role? Nobody gives one above their own.
///
/// # Errors
/// [`Refusal::RoleAboveYours`].
pub fn may_give(by: Authority, role: Role) -> Result<(), Refusal> {
    match by {
        Authority::Member(own) if role > own => Err(Refusal::RoleAboveYours { role }),
        Authority::Member(_) | Authority::Console => Ok(()),
    }
}

/// May these settings be changed so? What protects super-admins, too, is weakened by super-admins alone; everybody who
/// may save can make it stricter.
///
/// # Errors
/// [`Refusal::SuperAdminSetting`] or [`Refusal::WeakensProtection`] names the first setting that may not.
pub fn may_change(by: Authority, changes: &[Change]) -> Result<(), Refusal> {
    for Change { setting, weakens, .. } in changes {
        if setting.super_admin_only && !by.reaches(Role::SuperAdmin) {
            return Err(Refusal::SuperAdminSetting { setting: setting.name() });
        }
        if *weakens && !by.reaches(setting.may_weaken) {
            return Err(Refusal::WeakensProtection { setting: setting.name() });
        }
    }
    Ok(())
}

/// May the admin pages be reached from other addresses after this change? Below super-admin only while each super-admin
/// still gets in from where they were last seen.
///
/// # Errors
/// [`Refusal::ShutsOutSuperAdmins`] names those who would not.
pub fn may_shut_out(
    by: Authority,
    before: &Settings,
    after: &Settings,
    super_admins: &[LastSeen],
) -> Result<(), Refusal> {
    if by.reaches(Role::SuperAdmin) || !network::admits_otherwise(before, after) {
        return Ok(());
    }
    let out = super_admins.iter().filter(|known| network::admits(after, known.address).is_err());
    let members: Vec<_> = out.map(|known| known.email.clone()).collect();
    if members.is_empty() {
        Ok(())
    } else {
        Err(Refusal::ShutsOutSuperAdmins { by: SettingKey::NETWORK_ADMIN_ALLOWLIST, members })
    }
}

#[cfg(test)]
mod tests;
