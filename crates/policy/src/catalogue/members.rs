//! Who the members are.
use super::{Risk, TakesEffect, declare::section, weaker::Weaker};
use crate::audience::Audience;
use crate::community::Strictest;
use crate::value::{Bounds, Days, DomainList, EmailList, Limit, Registration};
use crate::{MemberSegment, SettingKey};

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
        /// Who may ask to join without having been invited.
        registration: Registration = Registration::Closed, "Registration" {
            weaker: Weaker::Later(&["closed", "by-approval", "open"]),
            since: 2,
            active: true,
            risk: Some(Risk::weakening("lets in people whom nobody has invited")),
        } about {
            more: "Whoever asks proves first that the address is theirs. By approval, moderators and admins get a mail then, with a link for either decision; those who wait are listed under Invitations, too. Whoever is let in has the role Member.",
            seed: "1.13",
            standards: &["NIST SP 800-53 AC-2", "ASVS 5.0 6.1.1"],
            synonyms: &["sign up", "self-service", "moderation", "approve", "join"],
            audience: Audience::Guests,
        }
        /// Only addresses of these domains can join; empty: those of any.
        allowed_domains: DomainList = DomainList::default(), "Domains that can join" {
            weaker: Weaker::AddsOrEmpties,
            since: 2,
            active: true,
            bounds: Some(Bounds { min: 0, max: 2_000 }),
        } about {
            more: "One a line. example.org stands for itself alone, *.example.org for every domain below it: enter both for both. Holds for whoever is invited, added or registers, when they are and when they join; members stay. What the server's console does is not held up.",
            standards: &["ASVS 5.0 8.2.1", "NIST SP 800-53 AC-2"],
            synonyms: &["allowlist", "whitelist", "e-mail domain", "sign-up"],
            audience: Audience::Guests,
        }
        /// Addresses of these domains can't join, be they among those above or not.
        refused_domains: DomainList = DomainList::default(), "Domains that can't join" {
            weaker: Weaker::Removes,
            since: 2,
            active: true,
            bounds: Some(Bounds { min: 0, max: 2_000 }),
        } about {
            more: "One a line, as above.",
            standards: &["NIST SP 800-53 AC-2"],
            synonyms: &["blocklist", "blacklist", "e-mail domain", "disposable", "sign-up"],
            audience: Audience::Guests,
        }
        /// A member who has not signed in for this long is deactivated.
        max_inactive: Limit<Days> = Limit::Unlimited, "Deactivate inactive members" {
            weaker: Weaker::Longer,
            bounds: Some(Bounds { min: 1, max: 3_650 }),
            zero: Some("Never"),
            risk: Some(Risk::tightening("can deactivate people")),
            effect: TakesEffect::NextRun,
            active: true,
            for_members: true,
            per_community: Some(Strictest::Least),
        } about {
            more: "Counted from when they last signed in or did something. They are told 7 days ahead by mail, and whoever was told has those days. Whoever signs in too late is stopped although no job has run. An admin can activate them again. The last active super-admin is never deactivated.",
            audience: Audience::Members(MemberSegment::Active),
            seed: "1.32",
            standards: &["PCI DSS 4.0 8.2.6", "NIST SP 800-53 AC-2(3)"],
            synonyms: &["dormant", "unused", "disable", "stale accounts", "users"],
        }
        /// Whoever was deactivated since they did not use their account activates it again by a mail to their address.
        self_reactivation: bool = false, "Reactivation by mail" {
            weaker: Weaker::On,
            since: 2,
            active: true,
            effect: TakesEffect::NextSignIn,
            for_members: true,
        } about {
            more: "They sign in with their password and get a link; its button makes them active again. Off: an admin does it. Whom an admin has deactivated or banned, no mail activates.",
            standards: &["NIST SP 800-53 AC-2(3)"],
            synonyms: &["reactivate", "dormant", "come back", "inactive"],
            audience: Audience::Members(MemberSegment::Active),
            only_with: Some(SettingKey::MEMBERS_MAX_INACTIVE),
        }
        /// Members without a picture of their own get the one that Gravatar has for their address.
        gravatar: bool = false, "Gravatar pictures" {
            weaker: Weaker::On,
            active: true,
            for_members: true,
        } about {
            more: "On pages and in mails. Fetched and kept by the server: members' browsers never talk to Gravatar, which is told the SHA-256 of the address of whoever takes part. Off, or where there is none, a pattern is drawn.",
            seed: "1.39",
            standards: &["GDPR Article 25"],
            synonyms: &["avatar", "photo", "picture", "identicon"],
        }
    }
}
