//! `make bench`: how fast, how large, how heavy. It measures and prints; it judges nothing.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark reads the clock and prints")]

use argon2::password_hash::PasswordHasher;
use axum::{Router, routing::get};
use http_body_util::{BodyExt, Full};
use hyper::{Request, body::Bytes, client::conn::http1};
use hyper_util::rt::TokioIo;
use policy::{
    Area, Policy, Role, Settings, Timestamp,
    decide::{Facts, MemberFacts, Visitor, enrolment::Factors, gate, password::PasswordFacts, session::SessionTimes},
    rules,
};
use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::net::{TcpListener, TcpStream};

const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "correct horse battery staple";
const CONNECTIONS: usize = 16;
const RUN: Duration = Duration::from_secs(5);
/// How often sign-ins and raw hashing take turns, and for how long each of them.
const ROUNDS: u32 = 8;
const ROUND: Duration = Duration::from_secs(2);
/// Wrong passwords at known and at unknown addresses, of each.
const TRIES: usize = 200;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A request that is sent again and again.
#[derive(Clone)]
struct Shot {
    method: &'static str,
    path: &'static str,
    cookie: String,
    body: String,
    from: String,
}

impl Shot {
    fn new(method: &'static str, path: &'static str, cookie: String, body: String) -> Self {
        Self { method, path, cookie, body, from: "203.0.113.7".to_owned() }
    }
}

/// The program as its users run it.
struct Program {
    child: Child,
    address: SocketAddr,
    dir: tempfile::TempDir,
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn bailey(dir: &Path, address: SocketAddr) -> Command {
    let mut command = Command::new(root().join("target/release/bailey"));
    command
        .current_dir(dir)
        .env("BAILEY_LISTEN", address.to_string())
        .env("BAILEY_PUBLIC_URL", format!("http://localhost:{}", address.port()))
        // Each try comes from an address of its own: one address is paused after a hundred wrong ones.
        .env("BAILEY_TRUSTED_PROXIES", "127.0.0.1/32")
        .env("BAILEY_LOG", "warn")
        .stdout(Stdio::null());
    command
}

/// Creates a member from the console.
fn create(dir: &Path, address: SocketAddr, email: &str, role: &str) -> Result<(), Failure> {
    let args = ["admin", "create", "--email", email, "--role", role, "--password-stdin"];
    let mut admin = bailey(dir, address).args(args).stdin(Stdio::piped()).spawn()?;
    io::Write::write_all(&mut admin.stdin.take().ok_or("no standard input")?, PASSWORD.as_bytes())?;
    admin.wait()?;
    Ok(())
}

async fn start() -> Result<Program, Failure> {
    let dir = tempfile::tempdir()?;
    let address = TcpListener::bind("127.0.0.1:0").await?.local_addr()?;
    create(dir.path(), address, EMAIL, "super-admin")?;
    let child = bailey(dir.path(), address).arg("serve").spawn()?;
    let program = Program { child, address, dir };
    for _ in 0..200 {
        if TcpStream::connect(address).await.is_ok() {
            return Ok(program);
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    Err("the program does not answer".into())
}

async fn connect(address: SocketAddr) -> Result<http1::SendRequest<Full<Bytes>>, Failure> {
    let (sender, connection) = http1::handshake(TokioIo::new(TcpStream::connect(address).await?)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

async fn shoot(sender: &mut http1::SendRequest<Full<Bytes>>, shot: &Shot) -> Result<hyper::Response<Bytes>, Failure> {
    let request = Request::builder()
        .method(shot.method)
        .uri(shot.path)
        .header("host", "localhost")
        .header("cookie", &shot.cookie)
        .header("x-forwarded-for", &shot.from)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Full::new(Bytes::from(shot.body.clone())))?;
    sender.ready().await?;
    let (parts, body) = sender.send_request(request).await?.into_parts();
    Ok(hyper::Response::from_parts(parts, body.collect().await?.to_bytes()))
}

/// Shoots over several connections for a while, each with its own of these shots; answers how many a second, and the 99th percentile.
async fn load(address: SocketAddr, shots: &[Shot], status: u16, run: Duration) -> Result<(f64, Duration), Failure> {
    let begin = Instant::now();
    let mut shooters = Vec::new();
    for shot in shots.iter().cycle().take(CONNECTIONS) {
        let (mut sender, shot) = (connect(address).await?, shot.clone());
        shooters.push(tokio::spawn(async move {
            let mut took = Vec::new();
            while begin.elapsed() < run {
                let at = Instant::now();
                let answer = shoot(&mut sender, &shot).await?;
                if answer.status() != status {
                    return Err(Failure::from(format!("{} answered {}", shot.path, answer.status())));
                }
                took.push(at.elapsed());
            }
            Ok(took)
        }));
    }
    let mut took = Vec::new();
    for shooter in shooters {
        took.extend(shooter.await??);
    }
    let seconds = begin.elapsed().as_secs_f64();
    took.sort();
    let p99 = took.get(took.len() * 99 / 100).copied().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "a count of requests is far below 2^52")]
    Ok((took.len() as f64 / seconds, p99))
}

/// Sends one request every few milliseconds for a while; answers the 99th percentile.
async fn paced(address: SocketAddr, shot: Shot) -> Result<Duration, Failure> {
    let mut sender = connect(address).await?;
    let mut took = Vec::new();
    let mut ticks = tokio::time::interval(Duration::from_millis(5));
    let begin = Instant::now();
    while begin.elapsed() < RUN {
        ticks.tick().await;
        let at = Instant::now();
        drop(shoot(&mut sender, &shot).await?);
        took.push(at.elapsed());
    }
    took.sort();
    Ok(took.get(took.len() * 99 / 100).copied().unwrap_or_default())
}

/// Posts a form with an address that somebody has and with one that nobody has, in turn; answers the
/// median of each. Each try has an address of its own, since one address would be locked.
async fn known_and_unknown(
    program: &Program,
    path: &'static str,
    rest: &str,
    status: u16,
) -> Result<(Duration, Duration), Failure> {
    let mut sender = connect(program.address).await?;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for i in 0..TRIES {
        let mut both = [("known", &mut known), ("unknown", &mut unknown)];
        // Otherwise each of them would always meet the same of two threads that take turns.
        if i % 2 == 1 {
            both.reverse();
        }
        for (name, took) in both {
            let body = format!("email={name}{i}%40example.org{rest}");
            let from = format!("10.{}.{}.7", u8::from(name == "known"), i % 250);
            let shot = Shot { from, ..Shot::new("POST", path, String::new(), body) };
            let at = Instant::now();
            let answer = shoot(&mut sender, &shot).await?;
            took.push(at.elapsed());
            if answer.status() != status {
                return Err(Failure::from(format!("{path} answered {}", answer.status())));
            }
        }
    }
    let median = |mut took: Vec<Duration>| {
        took.sort();
        took.get(took.len() / 2).copied().unwrap_or_default()
    };
    Ok((median(known), median(unknown)))
}

async fn bare() -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let router = Router::new().route("/", get(|| async { "{}" }));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// Hashes on every core for a while; answers how many a second.
fn raw_argon2(run: Duration) -> f64 {
    let count = Arc::new(AtomicU64::new(0));
    let begin = Instant::now();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let workers: Vec<_> = (0..cores)
        .map(|_| {
            let count = Arc::clone(&count);
            std::thread::spawn(move || {
                while begin.elapsed() < run {
                    drop(argon2::Argon2::default().hash_password(PASSWORD.as_bytes()));
                    count.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for worker in workers {
        drop(worker.join());
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of hashes is far below 2^52")]
    let rate = count.load(Ordering::Relaxed) as f64 / begin.elapsed().as_secs_f64();
    rate
}

/// Signs in and hashes in turn, since how fast the machine is changes by itself; answers how many sign-ins and how
/// many hashes a second, and the slowest 99th percentile of the sign-ins.
async fn against_raw(address: SocketAddr, sign_ins: &[Shot]) -> Result<(f64, f64, Duration), Failure> {
    let (mut rate, mut raw, mut slowest) = (0.0, 0.0, Duration::ZERO);
    for _ in 0..ROUNDS {
        raw += raw_argon2(ROUND) / f64::from(ROUNDS);
        let (once, p99) = load(address, sign_ins, 303, ROUND).await?;
        rate += once / f64::from(ROUNDS);
        slowest = slowest.max(p99);
    }
    Ok((rate, raw, slowest))
}

/// A line of what the system says of the program's memory, in KiB.
fn memory_kib(child: &Child, line: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    status.lines().find_map(|text| text.strip_prefix(line))?.split_whitespace().next()?.parse().ok()
}

/// The compressed size of a file of the front-end, as it is sent.
fn sent_size(path: &str) -> Option<u64> {
    let file = root().join("target/release/site").join(path.trim_start_matches('/'));
    let compressed = PathBuf::from(format!("{}.br", file.display()));
    fs::metadata(compressed).or_else(|_| fs::metadata(file)).ok().map(|found| found.len())
}

/// The files of the front-end that a page names.
fn named_files(page: &str) -> Vec<String> {
    let mut files: Vec<_> = page.split('"').filter(|text| text.starts_with("/pkg/")).map(str::to_owned).collect();
    files.sort();
    files.dedup();
    files
}

/// How long one call takes.
fn each<T>(mut call: impl FnMut() -> T) -> Duration {
    let begin = Instant::now();
    let mut calls = 0_u32;
    while begin.elapsed() < Duration::from_secs(1) {
        for _ in 0..100 {
            drop(std::hint::black_box(call()));
        }
        calls += 100;
    }
    begin.elapsed() / calls
}

/// Parses and judges the whole policy; then takes one decision of the gate.
fn decisions() -> (Duration, Duration) {
    let form = Settings::default().to_document();
    let parse = each(|| Settings::from_form(&form).map(|settings| rules::violations(&settings)));
    let policy = Policy { revision: 1, settings: Settings::default() };
    let now = Timestamp(2_000_000_000_000);
    let times = SessionTimes { started_at: now, last_seen_at: now, persistent: false };
    let factors = Factors { authenticator: true, passkeys: 1 };
    let password = PasswordFacts { set_at: Some(now), changed_at: None, falls_short: false, clock_since: None };
    let visitor =
        Visitor::Member(MemberFacts { role: Role::Admin, factors, times, password, enrolment_asked_at: None });
    let facts = Facts { area: Area::Admin, visitor, now, address: None };
    (parse, each(|| gate(std::hint::black_box(&policy), &facts)))
}

/// A cookie that an answer sets, by the beginning of its line.
fn cookie(answer: &hyper::Response<Bytes>, begins: &str) -> Option<String> {
    let lines = answer.headers().get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
    lines.filter_map(|line| line.split(';').next()).find(|pair| pair.starts_with(begins)).map(str::to_owned)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let program = start().await?;
    let address = program.address;
    let mut sender = connect(address).await?;
    let page = Shot::new("GET", "/sign-in", String::new(), String::new());
    let answer = shoot(&mut sender, &page).await?;
    let browser =
        cookie(&answer, &format!("bailey-{}-device=", address.port())).ok_or("the sign-in page gave no cookie")?;
    let html = answer.into_body();
    let files = named_files(&String::from_utf8_lossy(&html));
    let weight = html.len() as u64 + files.iter().filter_map(|file| sent_size(file)).sum::<u64>();

    // Each connection signs somebody else in: tries at one account are counted one after the other.
    let mut sign_ins = Vec::new();
    for n in 0..CONNECTIONS {
        let email = format!("member{n}@example.org");
        create(program.dir.path(), address, &email, "member")?;
        let body = format!("email={}&password={}", email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
        sign_ins.push(Shot::new("POST", "/sign-in", browser.clone(), body));
    }
    let sign_in = &sign_ins[0];
    let answer = shoot(&mut sender, sign_in).await?;
    let session = cookie(&answer, &format!("bailey-{}=", address.port())).ok_or("signing in gave no cookie")?;
    let idle = memory_kib(&program.child, "VmRSS:").unwrap_or_default();

    let nothing = Shot::new("GET", "/", session.clone(), String::new());
    let (bare_rate, bare_p99) = load(bare().await?, &[nothing], 200, RUN).await?;
    let session = Shot::new("GET", "/api/v1/session", session, String::new());
    let calm = paced(address, session.clone()).await?;
    let (rate, p99) = load(address, std::slice::from_ref(&session), 200, RUN).await?;
    let (rate_of_sign_ins, raw, sign_in_p99) = against_raw(address, &sign_ins).await?;
    let meanwhile = tokio::spawn(paced(address, session));
    load(address, &sign_ins, 303, RUN).await?;
    let meanwhile = meanwhile.await??;
    let busy = memory_kib(&program.child, "VmHWM:").unwrap_or_default();
    for i in 0..TRIES {
        create(program.dir.path(), address, &format!("known{i}@example.org"), "member")?;
    }
    let (known, unknown) = known_and_unknown(&program, "/sign-in", "&password=not+the+password", 422).await?;
    let (reset, reset_unknown) = known_and_unknown(&program, "/forgot-password", "", 200).await?;

    let (parse, decision) = decisions();
    println!("parse and judge policy  {parse:>9.1?}      one gate decision {decision:.1?}");
    println!("GET /api/v1/session     {rate:>9.0} /s   p99 {p99:.1?}   ({CONNECTIONS} connections)");
    println!("bare axum handler       {bare_rate:>9.0} /s   p99 {bare_p99:.1?}");
    println!("  paced, idle           p99 {calm:>9.1?}   while sign-ins saturate {meanwhile:.1?}");
    println!("sign-ins                {rate_of_sign_ins:>9.1} /s   p99 {sign_in_p99:.1?}");
    println!("raw argon2, every core  {raw:>9.1} /s   sign-ins reach {:.2} of it", rate_of_sign_ins / raw);
    println!(
        "wrong password          {known:>9.1?}   for an address that nobody has {unknown:.1?} (medians of {TRIES})"
    );
    println!("asked for a reset       {reset:>9.1?}   for an address that nobody has {reset_unknown:.1?}");
    println!("memory, idle            {:>9.1} MiB", mib(idle));
    println!("memory, at its peak     {:>9.1} MiB", mib(busy));
    println!("sign-in page            {:>9.1} KiB   compressed: page and {} files", mib(weight), files.len());
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}
