//! What Bailey fetches: from whom, and how far an answer may go.
use crate::support::{Reply, TlsServer};
use domain::outbound::{Authorities, Limits, Names, Outbound, OutboundError};
use http::{HeaderName, HeaderValue};
use policy::decide::outbound::Reserved;
use std::{collections::BTreeMap, net::IpAddr, time::Duration};
use tokio::time::Instant;

const LIMITS: Limits = Limits { time: Duration::from_millis(800), bytes: 1_000 };

/// A way out that may connect to this machine and trusts the server's authority.
fn to_this_machine(server: &TlsServer) -> Outbound {
    let pem = std::fs::read(server.authority()).expect("it is there");
    let allowed = ["127.0.0.0/8", "::1/128"].map(|block| block.parse().expect("a block"));
    Outbound::new(allowed.to_vec(), Authorities::from_pem(&pem).expect("a certificate"))
}

async fn get(outbound: &Outbound, url: &str) -> Result<String, OutboundError> {
    let header = (HeaderName::from_static("x-asked-by"), HeaderValue::from_static("a test"));
    outbound.get(&url.parse().expect("a URL"), header, LIMITS).await
}

fn names(table: &[(&str, &[&str])]) -> Names {
    let addresses = |texts: &[&str]| texts.iter().map(|text| text.parse::<IpAddr>().expect("an address")).collect();
    let rows = table.iter().map(|(name, texts)| ((*name).to_owned(), addresses(texts)));
    Names::Table(rows.collect::<BTreeMap<_, _>>())
}

#[tokio::test]
async fn what_is_asked_for_comes_from_a_server_whose_authority_is_trusted() {
    let server = TlsServer::start(Reply::ok("here you are")).await;
    let outbound = to_this_machine(&server);
    assert_eq!(get(&outbound, &server.url("/a/b?c=d#e")).await.expect("it answers"), "here you are");
    let asked = server.asked().concat().to_lowercase();
    assert!(asked.starts_with("get /a/b?c=d http/1.1\r\n"), "{asked}");
    for line in [format!("host: localhost:{}", server.port), "x-asked-by: a test".to_owned()] {
        assert!(asked.contains(&line), "{asked}");
    }
    let numbers = format!("https://127.0.0.1:{}/", server.port);
    assert!(get(&outbound, &numbers).await.is_ok(), "an address in numbers is named in the certificate");
    let others = Outbound::new(vec!["127.0.0.0/8".parse().expect("a block")], Authorities::default())
        .resolving(names(&[("localhost", &["127.0.0.1"])]));
    assert!(matches!(get(&others, &server.url("/")).await, Err(OutboundError::NotConnected(_))), "nobody trusts it");
    let plain = format!("http://localhost:{}/", server.port);
    assert!(matches!(get(&outbound, &plain).await, Err(OutboundError::BadUrl)), "never in the clear");
    assert!(server.asked().len() == 1, "only one of them was asked anything");
}

/// Fails when `Outbound::judged` no longer asks `may_connect`, or takes a name whose addresses are partly refused.
#[tokio::test]
async fn whatever_is_not_public_is_refused_before_there_is_a_connection() {
    let server = TlsServer::start(Reply::ok("a secret of this machine")).await;
    let pem = std::fs::read(server.authority()).expect("it is there");
    let outbound = Outbound::new(Vec::new(), Authorities::from_pem(&pem).expect("a certificate")).resolving(names(&[
        ("localhost", &["127.0.0.1"]),
        ("rebound.example.org", &["9.9.9.9", "127.0.0.1"]),
        ("first.example.org", &["127.0.0.1", "9.9.9.9"]),
        ("mapped.example.org", &["::ffff:127.0.0.1"]),
        ("metadata.example.org", &["169.254.169.254"]),
        ("nat64.example.org", &["64:ff9b::127.0.0.1"]),
    ]));
    for (host, is) in [
        ("localhost", Reserved::Loopback),
        ("127.0.0.1", Reserved::Loopback),
        ("2130706433", Reserved::Loopback),
        ("0x7f.1", Reserved::Loopback),
        ("0", Reserved::Unspecified),
        ("[::1]", Reserved::Loopback),
        ("[::ffff:7f00:1]", Reserved::Loopback),
        ("[fd00:ec2::254]", Reserved::Private),
        ("10.0.0.1", Reserved::Private),
        ("rebound.example.org", Reserved::Loopback),
        ("first.example.org", Reserved::Loopback),
        ("mapped.example.org", Reserved::Loopback),
        ("metadata.example.org", Reserved::LinkLocal),
        ("nat64.example.org", Reserved::Translated),
    ] {
        let found = get(&outbound, &format!("https://{host}:{}/", server.port)).await;
        assert!(matches!(found, Err(OutboundError::NotAllowed { what, .. }) if what == is), "{host}: {found:?}");
    }
    let found = get(&outbound, "https://nobody.example.org/").await;
    assert!(matches!(found, Err(OutboundError::Unresolved { .. })), "{found:?}");
    assert!(server.asked().is_empty());
}

/// Fails when the connection goes by the name once more in place of the address that was judged, or the certificate is
/// not held against the name.
#[tokio::test]
async fn a_name_is_resolved_once_and_the_certificate_is_held_against_it() {
    let server = TlsServer::start(Reply::ok("here")).await;
    let here: &[&str] = &["127.0.0.1"];
    let table = [("range.example.org", here), ("other.example.org", here)];
    let outbound = to_this_machine(&server).resolving(names(&table));
    let at = |host: &str| format!("https://{host}:{}/", server.port);
    assert_eq!(get(&outbound, &at("range.example.org")).await.expect("no other name server knows it"), "here");
    let found = get(&outbound, &at("other.example.org")).await;
    assert!(matches!(found, Err(OutboundError::NotConnected(_))), "{found:?}");
    // The first of the addresses does not answer; the next one does.
    let outbound = to_this_machine(&server).resolving(names(&[("range.example.org", &["127.0.0.9", "127.0.0.1"])]));
    assert!(get(&outbound, &at("range.example.org")).await.is_ok());
}

#[tokio::test]
async fn no_answer_leads_elsewhere() {
    let server = TlsServer::start(Reply::Silence).await;
    let outbound = to_this_machine(&server);
    for status in ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        server.replies(Reply::status(status, &format!("location: {}", server.url("/elsewhere"))));
        let found = get(&outbound, &server.url("/")).await;
        assert!(matches!(found, Err(OutboundError::Redirected { .. })), "{found:?}");
    }
    assert!(server.asked().iter().all(|head| head.starts_with("GET / ")), "nothing else was asked for");
    for status in ["204 No Content", "404 Not Found", "503 Unavailable"] {
        server.replies(Reply::status(status, "retry-after: 1"));
        let found = get(&outbound, &server.url("/")).await;
        assert!(matches!(found, Err(OutboundError::Status { .. })), "{found:?}");
    }
}

#[tokio::test]
async fn an_answer_has_an_end() {
    let server = TlsServer::start(Reply::Silence).await;
    let outbound = to_this_machine(&server);
    for reply in [Reply::Silence, Reply::Trickle] {
        server.replies(reply.clone());
        let began = Instant::now();
        let found = get(&outbound, &server.url("/")).await;
        assert!(matches!(found, Err(OutboundError::TooSlow)), "{reply:?}: {found:?}");
        assert!(began.elapsed() < LIMITS.time * 3, "{:?}", began.elapsed());
    }
    for reply in [Reply::Endless, Reply::ok(&"x".repeat(1_001))] {
        server.replies(reply.clone());
        let found = get(&outbound, &server.url("/")).await;
        assert!(matches!(found, Err(OutboundError::TooLong { most: 1_000 })), "{found:?}");
    }
    server.replies(Reply::ok(&"x".repeat(1_000)));
    assert!(get(&outbound, &server.url("/")).await.is_ok());
    for raw in
        ["SSH-2.0-OpenSSH_9.9\r\n\r\n".to_owned(), format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(99_999))]
    {
        server.replies(Reply::Raw(raw));
        let found = get(&outbound, &server.url("/")).await;
        assert!(matches!(found, Err(OutboundError::BadAnswer(_))), "{found:?}");
    }
}
