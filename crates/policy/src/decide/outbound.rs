//! To which addresses Bailey connects of its own accord: whoever names an address in a setting must not reach what only
//! this machine or its network can.
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// What an address is for that is none of the public network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserved {
    /// This host on its network, or no address at all.
    Unspecified,
    /// This machine.
    Loopback,
    /// A private network.
    Private,
    /// Customers of one provider, behind its address translation (RFC 6598).
    Shared,
    /// The neighbours on the link; services that tell cloud machines their secrets have addresses there.
    LinkLocal,
    /// A service that tells cloud machines about themselves.
    Metadata,
    /// IPv4 addresses in another form, past what is decided about them: 6to4, Teredo and the like.
    Translated,
    /// Many hosts at once.
    Multicast,
    /// Documentation, tests, protocols, and whatever was never given out.
    Special,
}

impl fmt::Display for Reserved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unspecified => "an unspecified address",
            Self::Loopback => "an address of this machine",
            Self::Private => "an address of a private network",
            Self::Shared => "an address that a provider shares among its customers",
            Self::LinkLocal => "a link-local address",
            Self::Metadata => "the address of a cloud's metadata service",
            Self::Translated => "an IPv4 address in another form",
            Self::Multicast => "a multicast address",
            Self::Special => "an address that is reserved",
        })
    }
}

const fn four(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn six(first: u16, second: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(first, second, 0, 0, 0, 0, 0, 0), prefix)
}

/// The blocks of IPv4 that are not public (IANA's registry of special-purpose addresses), and those of clouds that are.
const FOUR: [(Ipv4Net, Reserved); 15] = [
    (four(0, 0, 0, 0, 8), Reserved::Unspecified),
    (four(10, 0, 0, 0, 8), Reserved::Private),
    (four(100, 64, 0, 0, 10), Reserved::Shared),
    (four(127, 0, 0, 0, 8), Reserved::Loopback),
    (four(168, 63, 129, 16, 32), Reserved::Metadata),
    (four(169, 254, 0, 0, 16), Reserved::LinkLocal),
    (four(172, 16, 0, 0, 12), Reserved::Private),
    (four(192, 0, 0, 0, 24), Reserved::Special),
    (four(192, 0, 2, 0, 24), Reserved::Special),
    (four(192, 88, 99, 0, 24), Reserved::Translated),
    (four(192, 168, 0, 0, 16), Reserved::Private),
    (four(198, 18, 0, 0, 15), Reserved::Special),
    (four(198, 51, 100, 0, 24), Reserved::Special),
    (four(203, 0, 113, 0, 24), Reserved::Special),
    (four(224, 0, 0, 0, 4), Reserved::Multicast),
];

/// What of IPv6 was given out at all (RFC 4291 §2.4); the blocks below are exceptions within it.
const GLOBAL: Ipv6Net = six(0x2000, 0, 3);

/// The blocks of IPv6 that are not public, the narrower before the wider.
const SIX: [(Ipv6Net, Reserved); 9] = [
    (Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 128), Reserved::Unspecified),
    (Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128), Reserved::Loopback),
    (six(0x64, 0xff9b, 32), Reserved::Translated),
    (six(0x2001, 0, 32), Reserved::Translated),
    (six(0x2001, 0, 23), Reserved::Special),
    (six(0x2001, 0xdb8, 32), Reserved::Special),
    (six(0x2002, 0, 16), Reserved::Translated),
    (six(0x3fff, 0, 20), Reserved::Special),
    (six(0xff00, 0, 8), Reserved::Multicast),
];

/// What an address is for; `None` for one of the public network.
pub fn reserved(address: IpAddr) -> Option<Reserved> {
    match address.to_canonical() {
        IpAddr::V4(address) => match FOUR.iter().find(|(block, _)| block.contains(&address)) {
            Some((_, reserved)) => Some(*reserved),
            // 240.0.0.0/4 and the broadcast address were never given out.
            None => (address.octets()[0] >= 240).then_some(Reserved::Special),
        },
        IpAddr::V6(address) => match SIX.iter().find(|(block, _)| block.contains(&address)) {
            Some((_, reserved)) => Some(*reserved),
            None if GLOBAL.contains(&address) => None,
            None if address.is_unicast_link_local() => Some(Reserved::LinkLocal),
            None if address.is_unique_local() => Some(Reserved::Private),
            None => Some(Reserved::Special),
        },
    }
}

/// Decides whether Bailey may connect to an address: to one of the public network, and to what the operator allows.
///
/// # Errors
/// What the address is for.
pub fn may_connect(address: IpAddr, allowed: &[IpNet]) -> Result<(), Reserved> {
    let address = address.to_canonical();
    match reserved(address) {
        None => Ok(()),
        Some(_) if allowed.iter().any(|block| block.contains(&address)) => {
            // Whoever allows NAT64 allows no private network with it.
            translated(address).map_or(Ok(()), |four| may_connect(four.into(), allowed))
        }
        Some(reserved) => Err(reserved),
    }
}

/// The address of IPv4 to which a translator on the way leads (NAT64, RFC 6052 §2.1).
fn translated(address: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V6(address) = address else { return None };
    let [0x64, 0xff9b, 0, 0, 0, 0, high, low] = address.segments() else { return None };
    let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
    Some(Ipv4Addr::new(a, b, c, d))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect(text)
    }

    /// Fails when a block is taken from `FOUR` or `SIX`, or the mapped form is not brought back.
    #[test]
    fn whatever_is_not_public_is_refused() {
        for (text, is) in [
            ("0.0.0.0", Reserved::Unspecified),
            ("0.1.2.3", Reserved::Unspecified),
            ("::", Reserved::Unspecified),
            ("127.0.0.1", Reserved::Loopback),
            ("127.255.255.254", Reserved::Loopback),
            ("::1", Reserved::Loopback),
            ("10.1.2.3", Reserved::Private),
            ("172.16.0.1", Reserved::Private),
            ("172.31.255.255", Reserved::Private),
            ("192.168.1.1", Reserved::Private),
            ("fd00:ec2::254", Reserved::Private),
            ("fc00::1", Reserved::Private),
            ("100.64.0.1", Reserved::Shared),
            ("100.100.100.200", Reserved::Shared),
            ("169.254.169.254", Reserved::LinkLocal),
            ("fe80::1", Reserved::LinkLocal),
            ("168.63.129.16", Reserved::Metadata),
            ("192.0.0.192", Reserved::Special),
            ("198.19.255.255", Reserved::Special),
            ("203.0.113.7", Reserved::Special),
            ("240.0.0.1", Reserved::Special),
            ("255.255.255.255", Reserved::Special),
            ("fec0::1", Reserved::Special),
            ("100::1", Reserved::Special),
            ("4000::1", Reserved::Special),
            ("2001:db8::1", Reserved::Special),
            ("224.0.0.1", Reserved::Multicast),
            ("239.255.255.255", Reserved::Multicast),
            ("ff02::1", Reserved::Multicast),
            ("64:ff9b::10.0.0.1", Reserved::Translated),
            ("64:ff9b::8.8.8.8", Reserved::Translated),
            ("64:ff9b:1::1", Reserved::Translated),
            ("2002:a00:1::1", Reserved::Translated),
            ("2001:0:1::1", Reserved::Translated),
            ("::ffff:10.0.0.1", Reserved::Private),
            ("::ffff:169.254.169.254", Reserved::LinkLocal),
            ("::10.0.0.1", Reserved::Special),
            ("::ffff:0:127.0.0.1", Reserved::Special),
        ] {
            assert_eq!(may_connect(address(text), &[]), Err(is), "{text}");
        }
    }

    #[test]
    fn the_public_network_is_open() {
        for text in [
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "126.255.255.255",
            "128.0.0.1",
            "168.63.129.17",
            "172.15.255.255",
            "172.32.0.1",
            "192.167.255.255",
            "192.169.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2001:4860:4860::8888",
            "2a00::1",
            "3ffe::1",
            "::ffff:9.9.9.9",
        ] {
            assert_eq!(may_connect(address(text), &[]), Ok(()), "{text}");
        }
    }

    #[test]
    fn the_operator_allows_blocks_and_nothing_beside_them() {
        let allowed: Vec<IpNet> =
            ["10.1.0.0/16", "fd12::/32", "64:ff9b::/96"].iter().map(|block| block.parse().expect("a block")).collect();
        for text in ["10.1.2.3", "::ffff:10.1.2.3", "fd12::7", "64:ff9b::9.9.9.9", "64:ff9b::10.1.2.3"] {
            assert_eq!(may_connect(address(text), &allowed), Ok(()), "{text}");
        }
        for text in ["10.2.0.1", "fd13::1", "127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.2.0.1", "64:ff9b:1::1"] {
            assert!(may_connect(address(text), &allowed).is_err(), "{text}");
        }
    }
}
