//! Step 2: the client's address. Only a trusted proxy is believed when it names another one.
use super::Edge;
use crate::config::TrustedProxies;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{Extensions, HeaderMap},
    middleware::Next,
    response::Response,
};
use std::{
    net::{IpAddr, SocketAddr, SocketAddrV4},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// The client's address in canonical form; `None` when it can't be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub Option<IpAddr>);

impl ClientAddress {
    /// Returns the address that was found for a request; `None` when it can't be told.
    pub fn of(extensions: &Extensions) -> Option<IpAddr> {
        extensions.get::<Self>().and_then(|Self(address)| *address)
    }
}

/// Whether the client speaks HTTPS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Https(pub bool);

/// What became of forwarding headers so far.
#[derive(Debug, Default)]
pub struct Forwarding {
    believed: AtomicBool,
    ignored: AtomicBool,
    silent: AtomicBool,
}

/// The headers by which proxies tell who the client is.
const FORWARDING: [&str; 4] = ["x-forwarded-for", "x-forwarded-proto", "forwarded", "x-real-ip"];

impl Forwarding {
    /// Notes what becomes of a request's headers, and tells of it the first time that they are ignored.
    fn note(&self, peer: Option<IpAddr>, headers: &HeaderMap, believed: bool) {
        let (Some(peer), Some(header)) = (peer, FORWARDING.into_iter().find(|name| headers.contains_key(*name))) else {
            return;
        };
        if believed {
            self.believed.store(true, Ordering::Relaxed);
        } else if !self.ignored.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                %peer,
                header,
                "a forwarding header was ignored, since this peer is no trusted proxy; if it is yours, name it in trusted_proxies: until then everybody behind it counts as one address"
            );
        }
    }

    /// Tells, the first time, that nothing says how clients come. Probes come past the proxy.
    fn note_silence(&self, path: &str) {
        if !matches!(path, "/healthz" | "/readyz") && !self.silent.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                "nothing says that clients come by TLS, so HSTS is not sent: have the proxy send X-Forwarded-Proto and name it in trusted_proxies, or give behind_tls = on"
            );
        }
    }

    /// Whether forwarding headers came and none was ever believed: behind a proxy, everybody counts as one address.
    pub fn is_ignored(&self) -> bool {
        self.ignored.load(Ordering::Relaxed) && !self.believed.load(Ordering::Relaxed)
    }
}

/// Finds the client's address and scheme.
pub async fn find(State(edge): State<Arc<Edge>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let believed = peer.is_some_and(|peer| edge.trusted_proxies.believe(peer));
    edge.forwarding.note(peer, request.headers(), believed);
    let address = if believed { client(peer, request.headers(), &edge.trusted_proxies) } else { peer };
    let said = if believed { says_secure(request.headers()) } else { None };
    let https = edge.public_url.is_https() && said.unwrap_or(edge.behind_tls);
    if edge.public_url.is_https() && said.is_none() && !edge.behind_tls {
        edge.forwarding.note_silence(request.uri().path());
    }
    request.extensions_mut().insert(ClientAddress(address));
    request.extensions_mut().insert(Https(https));
    next.run(request).await
}

/// Returns the client of a peer that is believed: the hop that is as far from the right as there are proxies, or the
/// rightmost one that is none of them. `None` when the hops don't tell.
fn client(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &TrustedProxies) -> Option<IpAddr> {
    let mut hops = items(headers, "x-forwarded-for").rev();
    if let TrustedProxies::Hops(proxies) = trusted {
        return parse_hop(hops.nth(proxies.saturating_sub(1))?);
    }
    let mut nearest = peer;
    for hop in hops {
        let address = parse_hop(hop)?;
        nearest = Some(address);
        if !trusted.believe(address) {
            break;
        }
    }
    nearest
}

/// Returns the items of a list over all lines of a header, without quotes; empty ones are none (RFC 9110 §5.6.1).
fn items<'a>(headers: &'a HeaderMap, name: &str) -> impl DoubleEndedIterator<Item = &'a str> {
    let lines = headers.get_all(name).iter().map(|line| line.to_str().unwrap_or("?"));
    // A quote that somebody left open further left hides nothing from here.
    lines.flat_map(|line| line.split(',')).map(unquoted).filter(|item| !item.is_empty())
}

fn unquoted(item: &str) -> &str {
    let item = item.trim();
    item.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(item).trim()
}

/// Reads one hop, with or without a port or a zone; `unknown` and hidden names are no address.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    let bracketed = hop.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let address = match bracketed {
        Some((inner, port)) if port.is_empty() || port.starts_with(':') => inner,
        _ => hop,
    };
    let address = address.split_once('%').map_or(address, |(address, _)| address);
    let with_port = || address.parse::<SocketAddrV4>().ok().map(|socket| IpAddr::V4(*socket.ip()));
    address.parse::<IpAddr>().ok().or_else(with_port).map(|address| address.to_canonical())
}

/// Whether the client came by TLS, as the leftmost of the proxies says; `None` when they don't say.
fn says_secure(headers: &HeaderMap) -> Option<bool> {
    let secure = |scheme: &str| ["https", "wss"].iter().any(|secure| scheme.eq_ignore_ascii_case(secure));
    items(headers, "x-forwarded-proto").next().map(secure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn headers(name: &'static str, lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (HeaderName::from_static(name), HeaderValue::from_static(line))).collect()
    }

    /// The address that is found for a request, as `find` does.
    fn found(trusted: &TrustedProxies, peer: &str, lines: &[&'static str]) -> Option<IpAddr> {
        let peer = address(peer).to_canonical();
        if trusted.believe(peer) { client(Some(peer), &headers("x-forwarded-for", lines), trusted) } else { Some(peer) }
    }

    #[test]
    fn the_client_is_the_rightmost_hop_that_is_no_trusted_proxy() {
        let trusted = TrustedProxies::parse("10.0.0.0/8, 192.0.2.1, 2001:db8:1::/48, ::ffff:192.0.2.16/124")
            .expect("CIDR blocks");
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
            ("10.0.0.1", &["fe80::1%eth0"], Some("fe80::1")),
            // Blocks and peers in mapped form are those of IPv4.
            ("192.0.2.17", &["198.51.100.1"], Some("198.51.100.1")),
            ("::ffff:192.0.2.17", &["198.51.100.1, ::ffff:192.0.2.18"], Some("198.51.100.1")),
            // Lists are read whole: quotes, empty items, several lines.
            ("10.0.0.1", &["\"198.51.100.1\""], Some("198.51.100.1")),
            ("10.0.0.1", &["\"[2001:db8:2::1]:8080\", \"10.0.0.2\""], Some("2001:db8:2::1")),
            ("10.0.0.1", &["198.51.100.1, "], Some("198.51.100.1")),
            ("10.0.0.1", &["198.51.100.1,,\t10.0.0.2", ""], Some("198.51.100.1")),
            ("10.0.0.1", &["\"1.1.1.1, 198.51.100.1"], Some("198.51.100.1")),
            ("10.0.0.1", &[""], Some("10.0.0.1")),
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
            ("10.0.0.1", &["010.0.0.1"], None),
            ("10.0.0.1", &["198.51.100.1, garbage"], None),
            ("10.0.0.1", &["198.51.100.256"], None),
            ("10.0.0.1", &["1.2.3"], None),
            ("10.0.0.1", &["unix:"], None),
            ("10.0.0.1", &["[2001:db8:2::1]x"], None),
        ] {
            assert_eq!(found(&trusted, peer, lines), client.map(address), "{peer} {lines:?}");
        }
    }

    /// Fails when `client` counts from the left, or takes a shorter list for a whole one.
    #[test]
    fn with_a_number_of_hops_the_client_is_that_many_from_the_right() {
        for (proxies, lines, client) in [
            (1, &["198.51.100.1"][..], Some("198.51.100.1")),
            (1, &["203.0.113.9, 198.51.100.1"], Some("198.51.100.1")),
            (1, &["203.0.113.9", "\"198.51.100.1:443\", "], Some("198.51.100.1")),
            (2, &["203.0.113.9, 198.51.100.1, 10.0.0.2"], Some("198.51.100.1")),
            (2, &["203.0.113.9, 10.5.5.5", "10.0.0.2"], Some("10.5.5.5")),
            (2, &["203.0.113.9, garbage, 10.0.0.2"], None),
            // Fewer than there are proxies: somebody came past one, or one of them does not append.
            (2, &["198.51.100.1"], None),
            (1, &[""], None),
            (1, &[], None),
        ] {
            assert_eq!(
                found(&TrustedProxies::Hops(proxies), "10.0.0.1", lines),
                client.map(address),
                "{proxies} {lines:?}"
            );
        }
    }

    /// Fails when `Forwarding::note` no longer sees one of the headers, or a proxy that is believed is told of.
    #[test]
    fn headers_that_nobody_is_believed_with_are_known_to_have_come() {
        for name in FORWARDING {
            let forwarding = Forwarding::default();
            let headers = HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static("x"))]);
            forwarding.note(Some(address("10.0.0.1")), &HeaderMap::new(), false);
            assert!(!forwarding.is_ignored());
            forwarding.note(Some(address("10.0.0.1")), &headers, false);
            assert!(forwarding.is_ignored(), "{name}");
            forwarding.note(Some(address("10.0.0.2")), &headers, true);
            assert!(!forwarding.is_ignored(), "{name}: the others are strangers");
        }
    }

    /// Fails when `says_secure` reads more than one item as one, or takes the scheme of a later proxy.
    #[test]
    fn the_scheme_is_what_the_leftmost_proxy_says() {
        for (lines, secure) in [
            (&["http"][..], Some(false)),
            (&["https"], Some(true)),
            (&["HTTPS "], Some(true)),
            (&["https, https"], Some(true)),
            (&["https,http"], Some(true)),
            (&["http, https"], Some(false)),
            (&["https", "http"], Some(true)),
            (&["\"https\""], Some(true)),
            (&[" ,https"], Some(true)),
            (&["wss"], Some(true)),
            (&["ws"], Some(false)),
            (&[""], None),
            (&[], None),
        ] {
            assert_eq!(says_secure(&headers("x-forwarded-proto", lines)), secure, "{lines:?}");
        }
    }
}
