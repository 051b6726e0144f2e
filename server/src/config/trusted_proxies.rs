//! The proxies whose word about the client's address is believed.
use ipnet::IpNet;
use std::net::IpAddr;

/// The proxies whose forwarding headers are believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Reads CIDR blocks and bare addresses, separated by commas.
    ///
    /// # Errors
    /// Says which entry is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split(',').map(str::trim).filter(|entry| !entry.is_empty()).map(block).collect::<Result<_, _>>().map(Self)
    }

    /// Whether an address, in canonical form, is one of the proxies.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|block| block.contains(&address))
    }
}

/// Reads one block. The address is read first by the standard library, which takes no leading zeros.
fn block(entry: &str) -> Result<IpNet, String> {
    let wrong =
        || format!("`{}` is no CIDR block; give blocks such as 10.0.0.0/8 or 2001:db8::/32.", entry.escape_debug());
    let (address, prefix) = entry.split_once('/').map_or((entry, None), |(address, prefix)| (address, Some(prefix)));
    let address: IpAddr = address.parse().map_err(|_| wrong())?;
    let whole = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.map_or(Ok(whole), |prefix| prefix.parse::<u8>().map_err(|_| wrong()))?;
    let net = IpNet::new(address, prefix).map_err(|_| wrong())?;
    if net.trunc() == net {
        Ok(net)
    } else {
        Err(format!("`{entry}` names one address inside of a block; the block is {}.", net.trunc()))
    }
}
