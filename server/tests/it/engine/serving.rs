//! The program while it serves, over connections of its own: what it writes to its log, and whom it leaves.
use super::program::bailey;
use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// A program that serves until it is dropped.
pub(super) struct Serving {
    child: Child,
    pub(super) address: SocketAddr,
    dir: TempDir,
}

impl Serving {
    /// Starts with these variables; its log goes to a file.
    pub(super) fn start(environment: &[(&str, &str)]) -> Self {
        let dir = TempDir::new().expect("a temporary directory can be made");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("it is bound");
        drop(free);
        let log = std::fs::File::create(dir.path().join("log")).expect("it can be made");
        let mut command = Command::new(env!("CARGO_BIN_EXE_bailey"));
        command.arg("serve").current_dir(dir.path()).env("BAILEY_LISTEN", address.to_string());
        command.envs(environment.iter().copied()).stdout(Stdio::piped()).stderr(log);
        let mut child = command.spawn().expect("the program starts");
        let first = BufReader::new(child.stdout.take().expect("it has one")).lines().next();
        assert!(first.is_some_and(|line| line.is_ok_and(|line| line.starts_with("Bailey is at"))));
        Self { child, address, dir }
    }

    /// Sends a request, and answers what came back until the connection was closed.
    pub(super) fn ask(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        let length = body.len();
        let request = format!("{head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("text");
        answer
    }

    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("log")).expect("text")
    }

    /// Creates a member from the console.
    pub(super) fn create_member(&self, email: &str, password: &str) {
        let args = ["admin", "create", "--email", email, "--password-stdin"];
        let mut child = bailey(self.dir.path(), &args).stdin(Stdio::piped()).spawn().expect("it starts");
        child.stdin.take().expect("it has one").write_all(password.as_bytes()).expect("it reads");
        assert!(child.wait().expect("it ends").success());
    }

    /// Returns the path of the link in the one mail that is written, once it is.
    #[expect(clippy::disallowed_methods, reason = "another program writes it")]
    pub(super) fn mailed_link(&self) -> String {
        for _ in 0..100 {
            let files = std::fs::read_dir(self.dir.path().join("data/mail")).into_iter().flatten().flatten();
            let mails = files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "eml"));
            let found = mails.filter_map(|path| std::fs::read_to_string(path).ok()).find_map(|mail| {
                let (_, rest) = mail.split_once("/link/")?;
                let token: String =
                    rest.chars().take_while(|char| char.is_alphanumeric() || "-_".contains(*char)).collect();
                Some(format!("/link/{token}"))
            });
            if let Some(link) = found {
                return link;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("no mail with a link was written: {}", self.log());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Fails when one of the two `collect`s writes a line for each report or reads however many, when a host that is refused leaves no line or
/// one each time, when an ignored header is told of more than once, or when a file is written to in colours.
#[test]
fn strangers_can_not_fill_the_log() {
    let serving = Serving::start(&[]);
    let report = |directive: &str| {
        let blocked = "https://evil.example/x.js";
        let body = format!(
            "[{}]",
            [format!(r#"{{"body":{{"blockedURL":"{blocked}","effectiveDirective":"{directive}"}}}}"#).as_str(); 20]
                .join(",")
        );
        serving.ask("POST /csp-report HTTP/1.1\r\nHost: localhost", &body)
    };
    for _ in 0..100 {
        assert!(report("script-src-elem").starts_with("HTTP/1.1 204"));
    }
    assert!(report("img-src").starts_with("HTTP/1.1 204"));
    let answers: Vec<_> = (0..520).map(|_| report("script-src-elem")).collect();
    assert!(answers.iter().any(|answer| answer.starts_with("HTTP/1.1 429")), "there is a budget");
    let fault = |words: &str| serving.ask("POST /fault-report HTTP/1.1\r\nHost: localhost", words);
    assert!(fault(&"x".repeat(5_000)).starts_with("HTTP/1.1 413"));
    let answers: Vec<_> = (0..130).map(|_| fault("/admin: panicked\n at hydration")).collect();
    let taken = answers.iter().filter(|answer| answer.starts_with("HTTP/1.1 204")).count();
    assert_eq!((taken, answers.last().is_some_and(|answer| answer.starts_with("HTTP/1.1 429"))), (120, true));
    assert!(serving.ask("CONNECT localhost HTTP/1.1\r\nHost: localhost", "").starts_with("HTTP/1.1 405"));
    for host in ["evil.example", "other.example", "evil.example\r\nX-Forwarded-For: 203.0.113.9"] {
        assert!(serving.ask(&format!("GET / HTTP/1.1\r\nHost: {host}"), "").starts_with("HTTP/1.1 421"));
    }
    for _ in 0..3 {
        let forwarded = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.9";
        assert!(serving.ask(forwarded, "").starts_with("HTTP/1.1 200"));
    }
    let log = serving.log();
    let lines = |words: &str| log.lines().filter(|line| line.contains(words)).count();
    assert_eq!(lines("browsers blocked what the content security policy forbids"), 2, "{log}");
    assert!(log.contains("script-src-elem") && log.contains("img-src") && log.contains("https://evil.example/x.js"));
    assert_eq!(lines("a browser could not hydrate a page"), 1, "{log}");
    assert_eq!(lines("requests for a host that is not served here were refused"), 1, "{log}");
    assert!(log.contains("evil.example") && log.contains("localhost"));
    assert_eq!(lines("a forwarding header was ignored"), 1, "{log}");
    assert!(!log.contains('\u{1b}'), "{log:?}");
}

/// Fails when `serve` no longer hands `max_connections` to `listen::run`.
#[test]
fn one_client_has_its_part_of_the_connections() {
    let serving = Serving::start(&[("BAILEY_MAX_CONNECTIONS", "32")]);
    let held: Vec<_> = (0..2).map(|_| TcpStream::connect(serving.address).expect("it listens")).collect();
    let mut third = TcpStream::connect(serving.address).expect("the system takes it");
    let mut answer = Vec::new();
    third.set_read_timeout(Some(Duration::from_secs(5))).expect("it is more than nothing");
    // It is closed, or reset, without a word; one that is only silent would be closed later.
    let closed = third.read_to_end(&mut answer);
    assert!(closed.is_ok() || closed.is_err_and(|error| error.kind() == ErrorKind::ConnectionReset));
    assert!(answer.is_empty());
    drop(held);
}

/// Fails when an answer that comes before the body leaves the connection open for the rest of it.
#[test]
fn a_body_that_is_not_read_keeps_no_connection() {
    let serving = Serving::start(&[]);
    let mut stream = TcpStream::connect(serving.address).expect("it listens");
    let head =
        "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 60000\r\n\r\nx";
    stream.write_all(head.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it is closed after the answer");
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}
