//! Who may ask to join, who lets them in, and when are they in?
use super::moderation;
use crate::{AccountStatus, Refusal, Role, SettingKey, Settings, value::Registration};

/// What becomes of somebody who has asked to join and proved that the address is theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterConfirmation {
    /// They join.
    Joins,
    /// They wait until somebody has decided.
    Waits,
}

const BY: SettingKey = SettingKey::MEMBERS_REGISTRATION;

/// May somebody ask to join, and what becomes of them then?
///
/// # Errors
/// [`Refusal::RegistrationClosed`].
pub const fn may_register(settings: &Settings) -> Result<AfterConfirmation, Refusal> {
    match settings.members.registration {
        Registration::Closed => Err(Refusal::RegistrationClosed { by: BY }),
        Registration::ByApproval => Ok(AfterConfirmation::Waits),
        Registration::Open => Ok(AfterConfirmation::Joins),
    }
}

/// May somebody who has asked to join choose a password and be in? Whoever was approved may, whatever holds by now.
///
/// # Errors
/// [`Refusal::RegistrationClosed`]; [`Refusal::ApprovalRequired`].
pub fn may_complete(settings: &Settings, approved: bool) -> Result<(), Refusal> {
    if approved {
        return Ok(());
    }
    match may_register(settings) {
        Ok(AfterConfirmation::Joins) => Ok(()),
        Ok(AfterConfirmation::Waits) => Err(Refusal::ApprovalRequired { by: BY }),
        Err(refusal) => Err(refusal),
    }
}

/// May a member decide whether somebody joins? Whoever moderates a community decides about those whom an admin has put into
/// it.
///
/// # Errors
/// [`Refusal::RoleRequired`].
pub fn may_decide(role: Role, status: AccountStatus, moderates_one_of_theirs: bool) -> Result<(), Refusal> {
    if status == AccountStatus::Active && moderation::may_moderate(role, moderates_one_of_theirs) {
        Ok(())
    } else {
        Err(Refusal::RoleRequired { needed: Role::Moderator })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registration_is_closed_unless_a_workspace_opens_it() {
        let mut settings = Settings::default();
        assert_eq!(may_register(&settings), Err(Refusal::RegistrationClosed { by: BY }));
        assert_eq!(may_complete(&settings, true), Ok(()), "whoever was approved is in");
        assert_eq!(may_complete(&settings, false), Err(Refusal::RegistrationClosed { by: BY }));
        settings.members.registration = Registration::ByApproval;
        assert_eq!(may_register(&settings), Ok(AfterConfirmation::Waits));
        assert_eq!(may_complete(&settings, false), Err(Refusal::ApprovalRequired { by: BY }));
        settings.members.registration = Registration::Open;
        assert_eq!((may_register(&settings), may_complete(&settings, false)), (Ok(AfterConfirmation::Joins), Ok(())));
    }

    #[test]
    fn moderators_and_whoever_stands_above_them_decide_who_joins() {
        for role in Role::ALL {
            assert_eq!(may_decide(*role, AccountStatus::Active, false).is_ok(), *role >= Role::Moderator, "{role}");
            assert_eq!(may_decide(*role, AccountStatus::Active, true), Ok(()), "{role}");
            assert!(may_decide(*role, AccountStatus::Inactive, true).is_err(), "{role}");
        }
    }
}
