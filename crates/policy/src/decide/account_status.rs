//! May this member sign in at all?
use crate::{AccountStatus, Refusal};

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
}
