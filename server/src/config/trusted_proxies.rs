//! The proxies whose word about the client's address is believed.
use ipnet::{IpNet, Ipv4Net};
use std::net::{IpAddr, Ipv4Addr};

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
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let blocks: Vec<_> = entries.map(block).collect::<Result<_, _>>()?;
        match IpNet::aggregate(&blocks).into_iter().find(|block| block.prefix_len() == 0) {
            Some(every) => Err(every_address(every)),
            None => Ok(Self::In(blocks)),
        }
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

/// Reads one block. The address is read first by the standard library, which takes no leading zeros.
fn block(entry: &str) -> Result<IpNet, String> {
    let wrong =
        || format!("`{}` is no CIDR block; give blocks such as 10.0.0.1 or 2001:db8::/124.", entry.escape_debug());
    let (address, prefix) = entry.split_once('/').map_or((entry, None), |(address, prefix)| (address, Some(prefix)));
    let address: IpAddr = address.parse().map_err(|_| wrong())?;
    let whole = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.map_or(Ok(whole), |prefix| prefix.parse::<u8>().map_err(|_| wrong()))?;
    let net = IpNet::new(address, prefix).map_err(|_| wrong())?;
    if net.trunc() != net {
        return Err(format!("`{entry}` names one address inside of a block; the block is {}.", net.trunc()));
    }
    match net {
        // Every IPv4 address in its mapped form: ::ffff:0:0/96.
        IpNet::V6(net) if net.prefix_len() < 96 && net.contains(&Ipv4Addr::UNSPECIFIED.to_ipv6_mapped()) => {
            Err(every_address(net.into()))
        }
        net => Ok(canonical(net)),
    }
}

/// Returns a block of IPv4 addresses in their mapped form as the block of those addresses, as peers are compared.
fn canonical(net: IpNet) -> IpNet {
    match (net.addr().to_canonical(), net.prefix_len()) {
        (IpAddr::V4(address), bits @ 96..) if net.addr().is_ipv6() => {
            Ipv4Net::new(address, bits - 96).map_or(net, IpNet::V4)
        }
        _ => net,
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
