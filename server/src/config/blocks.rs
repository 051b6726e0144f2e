//! Lists of CIDR blocks, as the configuration has them.
use ipnet::{IpNet, Ipv4Net};
use std::net::{IpAddr, Ipv4Addr};

/// Reads addresses and CIDR blocks, separated by commas.
///
/// # Errors
/// Says which entry is wrong and what would be right; `every` has the words for a block that is every address there is.
pub(super) fn parse(text: &str, every: impl Fn(IpNet) -> String) -> Result<Vec<IpNet>, String> {
    let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    let blocks: Vec<_> = entries.map(|entry| block(entry, &every)).collect::<Result<_, _>>()?;
    match IpNet::aggregate(&blocks).into_iter().find(|block| block.prefix_len() == 0) {
        Some(all) => Err(every(all)),
        None => Ok(blocks),
    }
}

/// Reads one block. The address is read first by the standard library, which takes no leading zeros.
fn block(entry: &str, every: impl Fn(IpNet) -> String) -> Result<IpNet, String> {
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
            Err(every(net.into()))
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
