//! May this member sign in at all, and what may be done to somebody who is no member yet?
use crate::{AccountStatus, Refusal};

/// May a member of this status sign in? Asked once they have proved who they are, so that nobody else
/// learns it; a refusal is no failed try.
///
/// # Errors
/// Why not, and what helps.
pub const fn may_sign_in(status: AccountStatus, email_verified: bool) -> Result<(), Refusal> {
    match status {
        AccountStatus::Pending => Err(Refusal::NotAMemberYet),
        AccountStatus::Banned => Err(Refusal::Banned),
        AccountStatus::Inactive => Err(Refusal::Inactive),
        AccountStatus::Active if !email_verified => Err(Refusal::NotVerified),
        AccountStatus::Active => Ok(()),
    }
}

/// May an admin change whether somebody takes part, or send them what members get? Whoever has not joined yet is let in
/// by their invitation or its withdrawal alone.
///
/// # Errors
/// [`Refusal::StillPending`].
pub const fn may_be_changed(status: AccountStatus) -> Result<(), Refusal> {
    match status {
        AccountStatus::Pending => Err(Refusal::StillPending),
        AccountStatus::Active | AccountStatus::Inactive | AccountStatus::Banned => Ok(()),
    }
}

/// Whether somebody gets the mails that members can ask for. Whoever has not joined yet gets none of them: each would be
/// a way in past their invitation.
pub const fn gets_asked_mail(status: AccountStatus) -> bool {
    match status {
        AccountStatus::Pending => false,
        AccountStatus::Active | AccountStatus::Inactive | AccountStatus::Banned => true,
    }
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
        assert_eq!(may_sign_in(AccountStatus::Pending, true), Err(Refusal::NotAMemberYet));
    }

    #[test]
    fn whoever_has_not_joined_is_neither_activated_nor_sent_what_members_get() {
        assert_eq!(may_be_changed(AccountStatus::Pending), Err(Refusal::StillPending));
        assert_eq!(may_be_changed(AccountStatus::Inactive), Ok(()));
        assert!(!gets_asked_mail(AccountStatus::Pending) && gets_asked_mail(AccountStatus::Banned));
    }
}
