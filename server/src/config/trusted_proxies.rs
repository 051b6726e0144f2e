//! The proxies whose word about the client's address is believed.
use super::blocks;
use ipnet::IpNet;
use std::net::IpAddr;

/// A block of more addresses than this many bits can tell apart holds clients beside proxies, sooner or later.
const NARROW_V4: u8 = 28;
/// The same in IPv6.
const NARROW_V6: u8 = 120;

/// Whose forwarding headers are believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrustedProxies {
    /// Those of whoever comes from one of these blocks; nobody's where there is none.
    In(Vec<IpNet>),
    /// Those of whoever comes: this many proxies stand before Bailey, and nobody reaches it past them.
    Hops(usize),
}

impl Default for TrustedProxies {
    fn default() -> Self {
        Self::In(Vec::new())
    }
}

impl TrustedProxies {
    /// Reads addresses and CIDR blocks, separated by commas.
    ///
    /// # Errors
    /// Says which entry is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        blocks::parse(text, every_address).map(Self::In)
    }

    /// Reads how many proxies stand before Bailey.
    ///
    /// # Errors
    /// Says what would be right.
    pub fn hops(text: &str) -> Result<Self, String> {
        let hops = text.parse().ok().filter(|hops| (1..=10).contains(hops));
        hops.map(Self::Hops).ok_or_else(|| "Give how many proxies stand before Bailey, from 1 to 10.".to_owned())
    }

    /// Whether the forwarding headers of a peer, in canonical form, are believed.
    pub fn believe(&self, peer: IpAddr) -> bool {
        match self {
            Self::In(blocks) => blocks.iter().any(|block| block.contains(&peer)),
            Self::Hops(_) => true,
        }
    }

    /// What an operator should know of the blocks, a sentence or two each.
    pub fn warnings(&self) -> Vec<String> {
        let Self::In(blocks) = self else { return Vec::new() };
        let wide = blocks.iter().filter(|block| match block {
            IpNet::V4(block) => block.prefix_len() < NARROW_V4,
            IpNet::V6(block) => block.prefix_len() < NARROW_V6,
        });
        wide.map(|block| {
            format!(
                "trusted_proxies holds {block}, which is wider than a handful of proxies: whoever has an address in it chooses the one by which Bailey knows them. Name the proxies alone, or give proxy_hops in its place."
            )
        })
        .collect()
    }
}

fn every_address(block: IpNet) -> String {
    format!(
        "{block} is every address there is, so that whoever comes would choose their own. Give the address of the proxy, such as 10.0.0.1, or, where nobody reaches Bailey but through proxies, how many there are: proxy_hops = 1."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        match TrustedProxies::parse(text).expect("blocks") {
            TrustedProxies::In(blocks) => blocks.iter().map(ToString::to_string).collect(),
            TrustedProxies::Hops(_) => panic!("{text} is no number of hops"),
        }
    }

    /// Fails when a block in mapped form is no longer made `canonical`.
    #[test]
    fn blocks_in_mapped_form_are_those_of_ipv4() {
        assert_eq!(read("::ffff:10.0.0.1"), ["10.0.0.1/32"]);
        assert_eq!(read("::ffff:10.0.0.0/124, 2001:db8::1"), ["10.0.0.0/28", "2001:db8::1/128"]);
    }

    /// Fails when `TrustedProxies::parse` no longer looks at the blocks together, or takes what holds the mapped form
    /// of every IPv4 address.
    #[test]
    fn every_address_is_refused_however_it_is_written() {
        for text in
            ["0.0.0.0/0", "::/0", "0.0.0.0/1, 128.0.0.0/1", "::ffff:0:0/96", "::/64", "::fffe:0:0/95", "10.0.0.1, ::/0"]
        {
            let said = TrustedProxies::parse(text).expect_err(text);
            assert!(said.contains("is every address there is") && said.contains("proxy_hops = 1"), "{text}: {said}");
        }
    }

    /// Fails when `NARROW_V4` or `NARROW_V6` is another number, or a block in mapped form is measured as one of IPv6.
    #[test]
    fn a_block_that_may_hold_clients_is_told_of() {
        for (text, wide) in [
            ("10.0.0.1", 0),
            ("10.0.0.0/28, 2001:db8::/120", 0),
            ("10.0.0.0/27", 1),
            ("2001:db8::/119", 1),
            ("::ffff:10.0.0.0/123", 1),
            ("10.0.0.0/8, 172.16.0.0/12", 2),
        ] {
            assert_eq!(TrustedProxies::parse(text).expect("blocks").warnings().len(), wide, "{text}");
        }
        assert!(TrustedProxies::hops("2").expect("a number").warnings().is_empty());
    }

    #[test]
    fn a_number_of_hops_is_small_and_whole() {
        for text in ["0", "11", "-1", "one", "1.5"] {
            assert!(TrustedProxies::hops(text).is_err(), "{text}");
        }
        assert_eq!(TrustedProxies::hops("10"), Ok(TrustedProxies::Hops(10)));
    }
}
