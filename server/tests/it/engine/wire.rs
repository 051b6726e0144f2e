//! What goes over the wire and what of it is written down.
use super::serving::Serving;
use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
};
use url::form_urlencoded::Serializer;

/// Where one message ends has to be beyond doubt: else what a proxy takes for one is two here (RFC 9112, section 11.2).
#[test]
fn a_message_whose_length_is_in_doubt_is_refused_and_nothing_after_it_is_read() {
    let serving = Serving::start(&[]);
    let second = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (headers, body) in [
        ("Content-Length: 5\r\nContent-Length: 6", "hello"),
        ("Content-Length: 5, 6", "hello"),
        ("Content-Length: +5", "hello"),
        ("Content-Length: 0x5", "hello"),
        ("Content-Length: -1", ""),
        ("Content-Length: 99999999999999999999", ""),
        ("Content-Length : 5", "hello"),
        ("Transfer-Encoding: xchunked", "0\r\n\r\n"),
        ("Transfer-Encoding: gzip", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked, identity", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked", "zz\r\nhello\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked", "-5\r\nhello\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked", "5\r\nhello!\r\n0\r\n\r\n"),
        ("X: 1\r\n Content-Length: 5", "hello"),
        ("X\0: 1", ""),
    ] {
        let first = format!(
            "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n{headers}\r\n\r\n{body}"
        );
        let answer = answers(&serving, &format!("{first}{second}"));
        assert!(answer.starts_with("HTTP/1.1 4"), "{headers}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{headers}: {answer}");
    }
}

/// The length that counts is the one of the chunks, and what came after them is not read (RFC 9112, section 6.1).
#[test]
fn of_two_lengths_that_of_the_chunks_counts_and_the_connection_ends() {
    let serving = Serving::start(&[]);
    let request = "POST /csp-report HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let answer = answers(&serving, request);
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
}

/// Sends this, and answers all that came back until the connection was closed.
fn answers(serving: &Serving, request: &str) -> String {
    let mut stream = TcpStream::connect(serving.address).expect("it listens");
    stream.write_all(request.as_bytes()).expect("it reads");
    drop(stream.shutdown(Shutdown::Write));
    let mut answer = Vec::new();
    // A reset ends it as well.
    drop(stream.read_to_end(&mut answer));
    String::from_utf8_lossy(&answer).into_owned()
}

/// Fails when a password, a token, a code or an address of a link is logged at any level (ASVS 16.2.5).
#[test]
fn no_secret_reaches_the_log_at_any_level() {
    let serving = Serving::start(&[("BAILEY_LOG", "trace")]);
    let (password, wrong, chosen) =
        ("canary horse battery staple", "canary mistaken passphrase", "canary chosen at last 7");
    serving.create_member("ada@example.org", password);
    let mut secrets = vec![password.to_owned(), wrong.to_owned(), chosen.to_owned()];
    let post = |path: &str, cookies: &str, fields: &[(&str, &str)]| {
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let kind = "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin";
        serving.ask(&format!("POST {path} HTTP/1.1\r\nHost: localhost\r\n{kind}\r\nCookie: {cookies}"), &body)
    };
    let refused = post("/sign-in", "", &[("email", "ada@example.org"), ("password", wrong)]);
    assert!(refused.starts_with("HTTP/1.1 422"), "{refused}");
    let signed_in = post("/sign-in", "", &[("email", "ada@example.org"), ("password", password)]);
    assert!(signed_in.starts_with("HTTP/1.1 303"), "{signed_in}");
    let own = cookies(&signed_in);
    secrets.extend(own.iter().map(|(_, value)| value.clone()));
    let page = serving.ask(&format!("GET /profile HTTP/1.1\r\nHost: localhost\r\nCookie: {}", line(&own)), "");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(post("/forgot-password", "", &[("email", "ada@example.org")]).starts_with("HTTP/1.1 200"));
    let link = serving.mailed_link();
    secrets.extend(link.rsplit('/').next().map(str::to_owned));
    let opened = serving.ask(&format!("GET {link} HTTP/1.1\r\nHost: localhost"), "");
    assert!(opened.starts_with("HTTP/1.1 200"), "{opened}");
    let granted = cookies(&post(&link, "", &[]));
    secrets.extend(granted.iter().map(|(_, value)| value.clone()));
    let changed = post("/choose-password", &line(&granted), &[("password", chosen), ("new_password", chosen)]);
    assert!(changed.starts_with("HTTP/1.1 303"), "{changed}");
    let log = serving.log();
    assert!(log.contains("DEBUG"), "the level is low: {log}");
    for secret in secrets {
        let encoded = secret.replace(' ', "+");
        assert!(!log.contains(&secret) && !log.contains(&encoded), "{secret} in {log}");
    }
}

/// The cookies that an answer sets, but those that it takes back.
fn cookies(answer: &str) -> Vec<(String, String)> {
    let lines = answer.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
    let pairs = lines.filter_map(|line| line.split(';').next()?.split_once('='));
    pairs.filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Cookies as a browser brings them.
fn line(cookies: &[(String, String)]) -> String {
    cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}
