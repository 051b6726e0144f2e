//! For whom does something count that comes from a network address?
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::{fmt, net::IpAddr};

/// How wide a network may be that one subscriber has of IPv6, and how many times the budget of the narrowest it gets:
/// RFC 6177 recommends a /56 to a /48 for a site, and many get a /64.
const WIDTHS: [(u8, u32); 3] = [(64, 1), (56, 4), (48, 16)];

/// Addresses that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressBucket {
    network: Option<IpNet>,
    times: u32,
}

impl AddressBucket {
    /// Returns how much it may have of what one party may have this much of.
    pub const fn budget(self, of_one: u32) -> u32 {
        self.budget_times().saturating_mul(of_one)
    }

    /// Returns how many times the budget of one party it has.
    pub const fn budget_times(self) -> u32 {
        self.times
    }

    /// Returns what came from all of it as if it came from one party.
    pub const fn as_of_one(self, count: u32) -> u32 {
        count / self.times
    }
}

impl fmt::Display for AddressBucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.network {
            Some(network) => network.fmt(f),
            None => f.write_str("unknown"),
        }
    }
}

/// Returns the buckets of an address, the narrowest first. One of version 4 has a bucket of its own; one of version 6
/// counts for its networks of each width at once, of which the wider ones have larger budgets: somebody who has many
/// narrow ones is no crowd. All that can't be told share one.
pub fn buckets(address: Option<IpAddr>) -> Vec<AddressBucket> {
    match address.map(|address| address.to_canonical()) {
        None => vec![AddressBucket { network: None, times: 1 }],
        Some(IpAddr::V4(address)) => vec![AddressBucket { network: Some(Ipv4Net::from(address).into()), times: 1 }],
        Some(IpAddr::V6(address)) => {
            let network = |width| IpNet::from(Ipv6Net::new_assert(address, width)).trunc();
            WIDTHS.map(|(width, times)| AddressBucket { network: Some(network(width)), times }).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(address: &str) -> Vec<String> {
        buckets(address.parse().ok()).iter().map(ToString::to_string).collect()
    }

    /// Fails when `buckets` leaves a width out, or takes a mapped address for one of version 6.
    #[test]
    fn a_subscriber_counts_at_each_width_whatever_address_of_theirs_they_use() {
        assert_eq!(named("203.0.113.7"), ["203.0.113.7/32"]);
        assert_eq!(named("::ffff:203.0.113.7"), ["203.0.113.7/32"]);
        let widths = ["2001:db8:1:203::/64", "2001:db8:1:200::/56", "2001:db8:1::/48"];
        assert_eq!(named("2001:db8:1:203:4:5:6:7"), widths);
        assert_eq!(named("nowhere"), ["unknown"]);
    }

    /// Fails when a wide network has the budget of a narrow one, or is held against each who is in it.
    #[test]
    fn wider_networks_have_larger_budgets() {
        let of = |address: &str| buckets(address.parse().ok());
        let budgets: Vec<_> = of("2001:db8::1").iter().map(|bucket| bucket.budget(100)).collect();
        assert_eq!(budgets, [100, 400, 1_600]);
        let levels: Vec<_> = of("2001:db8::1").iter().map(|bucket| bucket.as_of_one(16)).collect();
        assert_eq!(levels, [16, 4, 1]);
        assert_eq!(of("203.0.113.7")[0].budget(u32::MAX), u32::MAX);
    }
}
