//! From where the admin pages can be reached.
use super::{Risk, declare::section, weaker::Weaker};
use crate::audience::Audience;
use crate::value::{Bounds, CidrList, Mode};
use crate::{MemberSegment, Role, SettingKey};

section! {
    /// From where the admin pages can be reached.
    pub struct Network in "network" titled "Network" {
        /// Addresses from which the admin pages can be reached; empty means every address.
        admin_allowlist: CidrList = CidrList::default(), "Admin IP allowlist" {
            weaker: Weaker::Admits,
            // The address that nobody has: nobody gets in but by safe mode or the console.
            safe: Some("0.0.0.0/32 # nobody"),
            may_weaken: Role::SuperAdmin,
            bounds: Some(Bounds { min: 0, max: 10_000 }),
            risk: Some(Risk::tightening("can lock admins out")),
            active: true,
        } about {
            more: "One block per line, with a note after #: 203.0.113.0/24 # office. From anywhere else every admin page, function and API answers 403. Member pages are not affected.",
            seed: "2",
            standards: &["ASVS 5.0 8.4.2", "ISO 27001 A.8.20"],
            synonyms: &["restrict the admin panel by IP", "CIDR", "allow list", "whitelist", "firewall", "network", "VPN", "address", "restriction"],
            audience: Audience::Members(MemberSegment::Admins),
            only_with: Some(SettingKey::NETWORK_ADMIN_ALLOWLIST_MODE),
        }
        /// Whether requests from elsewhere are stopped or only noted.
        admin_allowlist_mode: Mode = Mode::Enforce, "Admin IP allowlist: mode" {
            weaker: Weaker::Admits,
            may_weaken: Role::SuperAdmin,
            risk: Some(Risk::tightening("can lock admins out")),
            active: true,
        } about {
            more: "Report only writes to the audit log whom the list would have stopped, and stops nobody.",
            seed: "2",
            standards: &["ASVS 5.0 8.4.2"],
            synonyms: &["report-only", "dry run", "whitelist"],
            audience: Audience::Members(MemberSegment::Admins),
            only_with: Some(SettingKey::NETWORK_ADMIN_ALLOWLIST),
        }
    }
}
