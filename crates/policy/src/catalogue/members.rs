//! Who the members are.
use super::{Risk, TakesEffect, declare::section, weaker::Weaker};
use crate::MemberSegment;
use crate::audience::Audience;
use crate::community::Strictest;
use crate::value::{Bounds, Days, EmailList, Limit};

section! {
    /// Who the members are, and who leads the workspace.
    pub struct Members in "members" titled "Members" {
        /// Addresses that become super-admin at their first sign-in with a verified address.
        super_admin_emails: EmailList = EmailList::default(), "Super admin emails" {
            weaker: Weaker::Adds,
            bounds: Some(Bounds { min: 0, max: 1_000 }),
            effect: TakesEffect::NextSignIn,
            super_admin_only: true,
            active: true,
            risk: Some(Risk::weakening("gives away the highest role")),
        } about {
            more: "Separate addresses with commas. An address is promoted once; taking it off the list does not take the role away. Only a super-admin can change this list.",
            seed: "2",
            standards: &["ASVS 5.0 8.2.1"],
            synonyms: &["owner", "administrator", "promotion", "root"],
            audience: Audience::Members(MemberSegment::Promoted),
            idle_when_off: false,
        }
        /// A member who has not signed in for this long is deactivated.
        max_inactive: Limit<Days> = Limit::Unlimited, "Deactivate inactive members" {
            weaker: Weaker::Longer,
            bounds: Some(Bounds { min: 1, max: 3_650 }),
            zero: Some("Never"),
            risk: Some(Risk::tightening("can deactivate people")),
            effect: TakesEffect::NextRun,
            for_members: true,
            per_community: Some(Strictest::Least),
        } about {
            more: "They are told 7 days ahead, and an admin can reactivate them. The last active super-admin is never deactivated.",
            seed: "1.32",
            standards: &["PCI DSS 4.0 8.2.6", "NIST SP 800-53 AC-2(3)"],
            synonyms: &["dormant", "unused", "disable", "stale accounts", "users"],
        }
        /// Members without a picture of their own get the one that Gravatar has for their address.
        gravatar: bool = false, "Gravatar pictures" {
            weaker: Weaker::On,
            for_members: true,
        } about {
            more: "Fetched and kept by the server: members' browsers never talk to Gravatar. Off, or where there is none, a pattern is drawn.",
            seed: "1.39",
            standards: &["GDPR Article 25"],
            synonyms: &["avatar", "photo", "picture", "identicon"],
        }
    }
}
