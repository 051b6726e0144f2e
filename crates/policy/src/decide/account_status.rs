//! May this member sign in at all, and may somebody change that?
use crate::{AccountStatus, Refusal, Role};

/// May a member of this status sign in? Asked once they have proved who they are, so that nobody else
/// learns it; a refusal is no failed try.
///
/// # Errors
/// Why not, and what helps.
pub const fn may_sign_in(status: AccountStatus, email_verified: bool) -> Result<(), Refusal> {
    match status {
        AccountStatus::Banned => Err(Refusal::Banned),
        AccountStatus::Inactive => Err(Refusal::Inactive),
        AccountStatus::Active if !email_verified => Err(Refusal::NotVerified),
        AccountStatus::Active => Ok(()),
    }
}

/// May somebody with this role change the status of a member with that role? Nobody changes their own,
/// so that at least the super-admin who does it stays.
///
/// # Errors
/// Why not.
pub fn may_change(actor: Role, subject: Role, is_self: bool) -> Result<(), Refusal> {
    if is_self {
        return Err(Refusal::NotOnYourself);
    }
    if subject == Role::SuperAdmin && actor != Role::SuperAdmin {
        return Err(Refusal::RoleRequired { needed: Role::SuperAdmin });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_active_member_with_a_verified_address_signs_in() {
        assert_eq!(may_sign_in(AccountStatus::Active, true), Ok(()));
        assert_eq!(may_sign_in(AccountStatus::Active, false), Err(Refusal::NotVerified));
        assert_eq!(may_sign_in(AccountStatus::Inactive, true), Err(Refusal::Inactive));
        assert_eq!(may_sign_in(AccountStatus::Banned, false), Err(Refusal::Banned));
    }

    #[test]
    fn nobody_bans_themselves_and_only_a_super_admin_bans_one() {
        assert_eq!(may_change(Role::SuperAdmin, Role::SuperAdmin, true), Err(Refusal::NotOnYourself));
        assert_eq!(may_change(Role::SuperAdmin, Role::SuperAdmin, false), Ok(()));
        assert!(may_change(Role::Admin, Role::SuperAdmin, false).is_err());
        assert_eq!(may_change(Role::Admin, Role::ItAdmin, false), Ok(()));
    }
}
