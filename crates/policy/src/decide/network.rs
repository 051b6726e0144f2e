//! May an address reach the admin pages, and which addresses are one party?
use crate::{Refusal, SettingKey, Settings, value::Mode};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::IpAddr;

/// Whoever is behind an address: one of version 4 alone, of version 6 the network that a subscriber gets (RFC 6177).
pub fn party(address: IpAddr) -> IpNet {
    match address.to_canonical() {
        IpAddr::V4(address) => Ipv4Net::from(address).into(),
        IpAddr::V6(address) => IpNet::from(Ipv6Net::new_assert(address, 64)).trunc(),
    }
}

/// Whether the list, enforced or not, leaves this address out. An address that can't be told
/// is on no list.
pub fn outside(settings: &Settings, address: Option<IpAddr>) -> bool {
    let network = &settings.network;
    network.admin_allowlist_mode != Mode::Off
        && !network.admin_allowlist.is_empty()
        && !address.is_some_and(|address| network.admin_allowlist.contains(address))
}

/// Decides whether an address may reach the admin pages.
///
/// # Errors
/// [`Refusal::AddressNotAllowed`] when the list is enforced and the address is not on it.
pub fn admits(settings: &Settings, address: Option<IpAddr>) -> Result<(), Refusal> {
    let enforced = settings.network.admin_allowlist_mode == Mode::Enforce;
    if enforced && outside(settings, address) {
        return Err(Refusal::AddressNotAllowed { by: SettingKey::NETWORK_ADMIN_ALLOWLIST });
    }
    Ok(())
}

/// Returns whether an address that somebody typed would reach the admin pages under these settings, and why.
pub fn tried(settings: &Settings, typed: &str) -> String {
    let network = &settings.network;
    let typed = typed.trim();
    let Ok(address) = typed.parse::<IpAddr>() else {
        return "This is no IP address. Try one like 203.0.113.7 or 2001:db8::7.".to_owned();
    };
    if network.admin_allowlist.is_empty() {
        return "Yes: the list is empty, so every address passes.".to_owned();
    }
    match (network.admin_allowlist.find(address), network.admin_allowlist_mode) {
        (Some(entry), _) if entry.note.is_empty() => format!("Yes: {} holds it.", entry.net),
        (Some(entry), _) => format!("Yes: {} holds it ({}).", entry.net, entry.note),
        (None, Mode::Enforce) => "No: nothing on the list holds it.".to_owned(),
        (None, Mode::ReportOnly) => {
            "Yes, and it is noted: nothing on the list holds it, which only reports.".to_owned()
        }
        (None, Mode::Off) => "Yes: nothing on the list holds it, but the list is off.".to_owned(),
    }
}

/// Whether the list keeps somebody out wherever they have been seen so far. Of whoever was never seen no
/// address is known, so nothing says that they are on it.
pub fn shuts_out(settings: &Settings, seen: &[IpAddr]) -> bool {
    admits(settings, None).is_err() && !seen.iter().any(|address| admits(settings, Some(*address)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{CidrList, Value};

    fn settings(list: &str, mode: Mode) -> Settings {
        let mut settings = Settings::default();
        settings.network.admin_allowlist = CidrList::parse(list, None).expect("a list");
        settings.network.admin_allowlist_mode = mode;
        settings
    }

    fn may(list: &str, address: &str) -> bool {
        admits(&settings(list, Mode::Enforce), address.parse().ok()).is_ok()
    }

    #[test]
    fn a_subscriber_is_one_party_whatever_address_of_theirs_they_use() {
        let party = |address: &str| party(address.parse().expect("an address")).to_string();
        assert_eq!(party("203.0.113.7"), "203.0.113.7/32");
        assert_eq!(party("::ffff:203.0.113.7"), "203.0.113.7/32");
        assert_eq!(party("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    }

    #[test]
    fn an_empty_list_admits_every_address_even_an_unknown_one() {
        assert!(may("", "203.0.113.5") && may("", "unknown"));
    }

    #[test]
    fn a_list_admits_what_is_on_it_and_nothing_else() {
        let list = "203.0.113.0/24 # office\n2001:db8::/32";
        for inside in ["203.0.113.0", "203.0.113.255", "::ffff:203.0.113.5", "2001:db8::1"] {
            assert!(may(list, inside), "{inside}");
        }
        for outside in ["203.0.114.0", "198.51.100.7", "2001:db9::1", "::1", "unknown"] {
            assert!(!may(list, outside), "{outside}");
        }
    }

    #[test]
    fn whoever_was_never_seen_at_an_address_on_the_list_is_shut_out() {
        let shut_out = |settings: &Settings, seen: &[&str]| {
            let seen: Vec<_> = seen.iter().map(|address| address.parse().expect("an address")).collect();
            shuts_out(settings, &seen)
        };
        let office = settings("203.0.113.0/24", Mode::Enforce);
        assert!(!shut_out(&office, &["198.51.100.7", "203.0.113.7"]));
        assert!(shut_out(&office, &["198.51.100.7"]) && shut_out(&office, &[]));
        assert!(!shut_out(&settings("203.0.113.0/24", Mode::ReportOnly), &[]));
        assert!(!shut_out(&settings("", Mode::Enforce), &[]));
    }

    #[test]
    fn an_address_that_is_tried_gets_the_answer_that_a_request_would() {
        let answer = |list: &str, mode, typed: &str| tried(&settings(list, mode), typed);
        let list = "203.0.113.0/24 # office\n2001:db8::/32";
        assert_eq!(answer(list, Mode::Enforce, " 203.0.113.7 "), "Yes: 203.0.113.0/24 holds it (office).");
        assert_eq!(answer(list, Mode::Enforce, "::ffff:203.0.113.7"), "Yes: 203.0.113.0/24 holds it (office).");
        assert_eq!(answer(list, Mode::Enforce, "2001:db8::1"), "Yes: 2001:db8::/32 holds it.");
        for typed in ["office", "203.0.113.7/32", "203.0.113.256", ""] {
            assert!(answer(list, Mode::Enforce, typed).starts_with("This is no IP address."), "{typed}");
        }
        for (list, mode) in [(list, Mode::Enforce), (list, Mode::ReportOnly), (list, Mode::Off), ("", Mode::Enforce)] {
            for typed in ["203.0.113.7", "198.51.100.7"] {
                let passes = admits(&settings(list, mode), typed.parse().ok()).is_ok();
                assert_eq!(answer(list, mode, typed).starts_with("Yes"), passes, "{list} {mode:?} {typed}");
            }
        }
        assert!(answer(list, Mode::ReportOnly, "198.51.100.7").contains("noted"));
    }

    #[test]
    fn a_list_that_is_only_watched_stops_nobody() {
        let elsewhere = "198.51.100.7".parse().ok();
        let watched = settings("203.0.113.0/24", Mode::ReportOnly);
        assert!(admits(&watched, elsewhere).is_ok() && outside(&watched, elsewhere));
        let off = settings("203.0.113.0/24", Mode::Off);
        assert!(admits(&off, elsewhere).is_ok() && !outside(&off, elsewhere));
    }
}
