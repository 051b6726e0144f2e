//! Does an invitation still hold? Judged when it is used, by what its inviter may do then.
pub mod list;

use super::rank::{self, Authority};
use crate::{AccountStatus, Refusal, Role};

/// Whoever has invited somebody, as things are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inviter {
    /// Their role.
    pub role: Role,
    /// Whether they take part.
    pub status: AccountStatus,
}

/// Does an invitation to a role still hold?
///
/// # Errors
/// [`Refusal::InvitationVoid`] when its inviter is gone, or may no longer give that role.
pub fn holds(inviter: Option<Inviter>, role: Role) -> Result<(), Refusal> {
    let may_still = |by: &Inviter| {
        let takes_part = by.status == AccountStatus::Active && by.role.reaches_admin();
        takes_part && rank::may_give(Authority::Member(by.role), role).is_ok()
    };
    inviter.filter(may_still).map(drop).ok_or(Refusal::InvitationVoid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_holds_while_its_inviter_may_still_give_the_role() {
        let by = |role, status| Some(Inviter { role, status });
        let active = |role| by(role, AccountStatus::Active);
        assert_eq!(holds(active(Role::Admin), Role::Admin), Ok(()));
        assert_eq!(holds(active(Role::SuperAdmin), Role::SuperAdmin), Ok(()));
        for (inviter, role) in [
            (active(Role::Admin), Role::ItAdmin),
            (active(Role::Moderator), Role::Member),
            (active(Role::Member), Role::Member),
            (by(Role::SuperAdmin, AccountStatus::Inactive), Role::Member),
            (by(Role::SuperAdmin, AccountStatus::Banned), Role::Member),
            (by(Role::SuperAdmin, AccountStatus::Pending), Role::Member),
            (None, Role::Member),
        ] {
            assert_eq!(holds(inviter, role), Err(Refusal::InvitationVoid), "{inviter:?} {role}");
        }
    }
}
