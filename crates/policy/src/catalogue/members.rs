//! Who the members are.
use super::{Effect, declare::section};
use crate::value::{Bounds, EmailList};

section! {
    /// Who the members are, and who leads the workspace.
    pub struct Members in "members" titled "Members" {
        /// Addresses that become super-admin at their first sign-in with a verified address.
        super_admin_emails: EmailList = EmailList::default(), "Super admin emails" {
            bounds: Some(Bounds { min: 0, max: 1_000 }),
            effect: Effect::NextSignIn,
            super_admin_only: true,
            risk: Some("gives away the highest role"),
            more: "Separate addresses with commas. An address is promoted once; taking it off the list does not take the role away. Only a super-admin can change this list.",
            seed: "2",
            standards: &["ASVS 5.0 8.2.1"],
            synonyms: &["owner", "administrator", "promotion", "root"],
        }
    }
}
