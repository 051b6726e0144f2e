//! Does an address on the list make its holder a super-admin?
use crate::{EmailAddress, Role, Settings};

/// What is known of somebody who has just proved who they are.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'a> {
    /// Their address.
    pub email: &'a EmailAddress,
    /// Whether this workspace has verified that the mailbox is theirs.
    pub email_verified: bool,
    /// Their role now.
    pub role: Role,
    /// Whether this address was promoted before; an address is promoted once.
    pub promoted_before: bool,
}

/// Whether this sign-in promotes the member to super-admin.
pub fn promotes(settings: &Settings, holder: &Holder<'_>) -> bool {
    holder.email_verified
        && !holder.promoted_before
        && holder.role != Role::SuperAdmin
        && settings.members.super_admin_emails.contains(holder.email)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{EmailList, Value};

    #[test]
    fn only_a_listed_verified_address_is_promoted_and_only_once() {
        let mut settings = Settings::default();
        settings.members.super_admin_emails = EmailList::parse("Ada@Example.org", None).expect("an address");
        let ada = EmailAddress::parse("ada@example.ORG").expect("an address");
        let other = EmailAddress::parse("ada+root@example.org").expect("an address");
        let holder = Holder { email: &ada, email_verified: true, role: Role::Member, promoted_before: false };
        assert!(promotes(&settings, &holder));
        assert!(!promotes(&settings, &Holder { email_verified: false, ..holder }));
        assert!(!promotes(&settings, &Holder { promoted_before: true, ..holder }));
        assert!(!promotes(&settings, &Holder { email: &other, ..holder }));
        assert!(!promotes(&Settings::default(), &holder));
    }
}
