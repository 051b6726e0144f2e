//! May an address reach the admin pages?
use crate::{Refusal, SettingKey, Settings, pasted::as_it_reads, value::Mode};
use ipnet::IpNet;
use std::net::IpAddr;

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
    let Ok(address) = as_it_reads(typed).unwrap_or_default().trim().parse::<IpAddr>() else {
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

/// The blocks from which the admin pages are reached; `None` where every address reaches them.
fn admitted(settings: &Settings) -> Option<Vec<IpNet>> {
    let network = &settings.network;
    let kept_out = network.admin_allowlist_mode == Mode::Enforce && !network.admin_allowlist.is_empty();
    kept_out.then(|| network.admin_allowlist.iter().map(|entry| entry.net).collect())
}

/// Whether an address reaches the admin pages after a change that does not before it.
pub fn admits_more(before: &Settings, after: &Settings) -> bool {
    match (admitted(before), admitted(after)) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(before), Some(after)) => !after.iter().all(|net| is_covered(net, &before)),
    }
}

/// Whether a change alters which addresses reach the admin pages.
pub fn admits_otherwise(before: &Settings, after: &Settings) -> bool {
    admits_more(before, after) || admits_more(after, before)
}

/// Whether blocks hold every address of another one, be it together.
fn is_covered(net: &IpNet, by: &[IpNet]) -> bool {
    if by.iter().any(|other| other.contains(net)) {
        return true;
    }
    let within: Vec<_> = by.iter().copied().filter(|other| net.contains(other)).collect();
    let halves = net.subnets(net.prefix_len().saturating_add(1));
    !within.is_empty() && halves.is_ok_and(|mut halves| halves.all(|half| is_covered(&half, &within)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{CidrList, Value};
    use ipnet::Ipv4Net;
    use proptest::prelude::*;

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
    fn a_change_is_known_by_the_addresses_that_it_lets_in_however_they_are_written() {
        let enforced = |list: &str| settings(list, Mode::Enforce);
        let more = |before: &str, after: &str| admits_more(&enforced(before), &enforced(after));
        for (wide, narrow) in [
            ("", "203.0.113.0/24"),
            ("203.0.113.0/24", "203.0.113.7"),
            ("203.0.113.0/24\n2001:db8::/32", "203.0.113.0/24"),
            ("10.0.0.0/9\n10.128.0.0/9", "10.0.0.0/9\n10.128.0.0/10"),
        ] {
            assert!(more(narrow, wide) && !more(wide, narrow), "{wide} {narrow}");
            assert!(admits_otherwise(&enforced(wide), &enforced(narrow)));
        }
        for (one, other) in [
            ("10.0.0.0/8", "10.0.0.0/9 # west\n10.128.0.0/9 # east"),
            ("203.0.113.0/24 # office", "203.0.113.0/24 # home"),
            ("203.0.113.0/24", "203.0.113.0/24\n203.0.113.7"),
        ] {
            assert!(!admits_otherwise(&enforced(one), &enforced(other)), "{one} {other}");
        }
        let (office, elsewhere) = ("203.0.113.0/24", "198.51.100.0/24");
        assert!(more(office, elsewhere) && more(elsewhere, office));
        let watched = |list: &str| settings(list, Mode::ReportOnly);
        assert!(admits_more(&enforced(office), &watched(office)), "the list is only watched from then on");
        assert!(!admits_otherwise(&watched(office), &settings("", Mode::Off)), "neither keeps anybody out");
    }

    proptest! {
        #[test]
        fn the_halves_of_a_block_are_the_block(a in any::<u32>(), prefix in 1_u8..=31, splits in 1_u8..8) {
            let whole = IpNet::from(Ipv4Net::new(a.into(), prefix).expect("a prefix").trunc());
            let parts: Vec<_> = whole.subnets((prefix + splits).min(32)).expect("they are longer").collect();
            prop_assert!(is_covered(&whole, &parts));
            prop_assert!(!is_covered(&whole, &parts[1..]));
        }
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
