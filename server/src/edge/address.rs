//! Step 2: the client's address. Only a trusted proxy is believed when it names another one.
use super::Edge;
use crate::config::TrustedProxies;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::Response,
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// The client's address in canonical form; `None` when it can't be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

/// Whether the client speaks HTTPS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Https(pub bool);

/// Finds the client's address and scheme.
pub async fn find(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let address = client(peer, request.headers(), &edge.trusted_proxies);
    let https = edge.public_url.is_https() && !says_plain(peer, request.headers(), &edge.trusted_proxies);
    request.extensions_mut().insert(ClientAddress(address));
    request.extensions_mut().insert(Https(https));
    next.run(request).await
}

/// Returns the rightmost hop that is not a trusted proxy.
fn client(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &TrustedProxies) -> Option<IpAddr> {
    let mut nearest = peer?;
    if !trusted.contains(nearest) {
        return Some(nearest);
    }
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().map(|l| l.to_str().unwrap_or("?")).collect();
    for hop in lines.iter().flat_map(|line| line.split(',')).rev() {
        nearest = parse_hop(hop.trim())?;
        if !trusted.contains(nearest) {
            return Some(nearest);
        }
    }
    Some(nearest)
}

/// Reads one hop, with or without a port; `unknown` and hidden names are no address.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    let bracketed = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = bracketed
        .and_then(|inner| inner.parse().ok())
        .or_else(|| hop.parse::<IpAddr>().ok())
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    address.map(|address| address.to_canonical())
}

/// Whether a trusted proxy says that the client came over plain HTTP.
fn says_plain(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &TrustedProxies) -> bool {
    let proto = headers.get("x-forwarded-proto").and_then(|value| value.to_str().ok());
    peer.is_some_and(|peer| trusted.contains(peer))
        && proto.is_some_and(|proto| !proto.trim().eq_ignore_ascii_case("https"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_client_is_the_rightmost_hop_that_is_no_trusted_proxy() {
        let trusted = TrustedProxies::parse("10.0.0.0/8, 192.0.2.1, 2001:db8:1::/48").expect("CIDR blocks");
        for (peer, lines, client) in [
            // Straight from an untrusted peer: whatever it claims is ignored.
            ("203.0.113.5", &[][..], Some("203.0.113.5")),
            ("203.0.113.5", &["198.51.100.1"], Some("203.0.113.5")),
            ("203.0.113.5", &["10.0.0.1"], Some("203.0.113.5")),
            ("203.0.113.5", &["garbage"], Some("203.0.113.5")),
            ("::ffff:203.0.113.5", &["198.51.100.1"], Some("203.0.113.5")),
            ("2001:db8::5", &["198.51.100.1"], Some("2001:db8::5")),
            ("192.0.2.2", &["198.51.100.1"], Some("192.0.2.2")),
            // Through one trusted proxy.
            ("10.0.0.1", &["198.51.100.1"], Some("198.51.100.1")),
            ("192.0.2.1", &["198.51.100.1"], Some("198.51.100.1")),
            ("::ffff:10.0.0.1", &["198.51.100.1"], Some("198.51.100.1")),
            ("2001:db8:1::9", &["2001:db8:2::1"], Some("2001:db8:2::1")),
            ("10.0.0.1", &["::ffff:198.51.100.1"], Some("198.51.100.1")),
            ("10.0.0.1", &["[::ffff:198.51.100.1]:443"], Some("198.51.100.1")),
            ("10.0.0.1", &["198.51.100.1:5123"], Some("198.51.100.1")),
            ("10.0.0.1", &["[2001:db8:2::1]"], Some("2001:db8:2::1")),
            ("10.0.0.1", &["[2001:db8:2::1]:8080"], Some("2001:db8:2::1")),
            ("10.0.0.1", &["  198.51.100.1  "], Some("198.51.100.1")),
            // What the client itself put on the left is not believed.
            ("10.0.0.1", &["1.1.1.1, 198.51.100.1"], Some("198.51.100.1")),
            ("10.0.0.1", &["10.9.9.9, 198.51.100.1"], Some("198.51.100.1")),
            ("10.0.0.1", &["garbage, 198.51.100.1"], Some("198.51.100.1")),
            ("10.0.0.1", &["1.1.1.1", "198.51.100.1"], Some("198.51.100.1")),
            ("10.0.0.1", &["1.1.1.1, 2.2.2.2", "198.51.100.1"], Some("198.51.100.1")),
            // Through several trusted proxies.
            ("10.0.0.1", &["198.51.100.1, 10.0.0.2"], Some("198.51.100.1")),
            ("10.0.0.1", &["198.51.100.1, 192.0.2.1, 10.0.0.2"], Some("198.51.100.1")),
            ("10.0.0.1", &["1.1.1.1, 198.51.100.1", "10.0.0.2"], Some("198.51.100.1")),
            // Nothing but proxies: the leftmost of them asks for itself.
            ("10.0.0.1", &[], Some("10.0.0.1")),
            ("10.0.0.1", &["10.0.0.2"], Some("10.0.0.2")),
            ("10.0.0.1", &["10.0.0.3, 10.0.0.2"], Some("10.0.0.3")),
            // What can't be read is unknown, and unknown is not the proxy.
            ("10.0.0.1", &["unknown"], None),
            ("10.0.0.1", &["_hidden"], None),
            ("10.0.0.1", &[""], None),
            ("10.0.0.1", &["198.51.100.1, "], None),
            ("10.0.0.1", &["010.0.0.1"], None),
            ("10.0.0.1", &["198.51.100.1, garbage"], None),
            ("10.0.0.1", &["198.51.100.256"], None),
            ("10.0.0.1", &["1.2.3"], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", HeaderValue::from_static(line));
            }
            let peer: IpAddr = peer.parse().expect("an address");
            let found = super::client(Some(peer.to_canonical()), &headers, &trusted);
            assert_eq!(found, client.map(|c| c.parse().expect("an address")), "{peer} {lines:?}");
        }
    }

    #[test]
    fn only_a_trusted_proxy_may_say_that_the_client_came_over_plain_http() {
        let trusted = TrustedProxies::parse("10.0.0.0/8").expect("a CIDR block");
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-proto", HeaderValue::from_static("http"));
        let says = |peer: &str, headers: &HeaderMap| says_plain(peer.parse().ok(), headers, &trusted);
        assert!(says("10.0.0.1", &headers));
        assert!(!says("203.0.113.5", &headers));
        headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
        assert!(!says("10.0.0.1", &headers));
    }
}
