//! `make bench`: how fast, how large, how heavy. It measures and prints; it judges nothing.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark reads the clock and prints")]

mod crowd;
mod members;
mod program;
mod shots;

use argon2::password_hash::PasswordHasher;
use axum::{Router, routing::get};
use policy::{
    Area, Policy, Role, Settings, Timestamp,
    decide::{Facts, MemberFacts, Visitor, enrolment::Factors, gate, password::PasswordFacts, session::SessionTimes},
    rules,
};
use program::{PASSWORD, Program, create, root, start};
use shots::{Shot, connect, cookie, load, paced, shoot};
use std::{
    fs,
    net::SocketAddr,
    path::PathBuf,
    process::Child,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::net::TcpListener;

pub(crate) const CONNECTIONS: usize = 16;
pub(crate) const RUN: Duration = Duration::from_secs(5);
/// How often sign-ins and raw hashing take turns, and for how long each of them.
const ROUNDS: u32 = 8;
const ROUND: Duration = Duration::from_secs(2);
/// Wrong passwords at known and at unknown addresses, of each.
const TRIES: usize = 200;

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

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

#[tokio::main]
async fn main() -> Result<(), Failure> {
    // One part alone: `cargo run --release -p server --example bench members`.
    if std::env::args().nth(1).as_deref() == Some("members") {
        return members::list().await;
    }
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
        // From an address of their own: what comes from one is let in at a pace.
        let from = format!("203.0.113.{}", n + 10);
        sign_ins.push(Shot { from, ..Shot::new("POST", "/sign-in", browser.clone(), body) });
    }
    let sign_in = &sign_ins[0];
    let answer = shoot(&mut sender, sign_in).await?;
    let session = cookie(&answer, &format!("bailey-{}=", address.port())).ok_or("signing in gave no cookie")?;
    let idle = memory_kib(&program.child, "VmRSS:").unwrap_or_default();

    let nothing = Shot::new("GET", "/", session.clone(), String::new());
    let (bare_rate, bare_p99) = load(bare().await?, &[nothing], 200, RUN).await?;
    let profile = Shot::new("GET", "/profile", session.clone(), String::new());
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
    let crowd = crowd::sign_in_at_once(&program, TRIES).await?;
    let undisturbed = paced(address, profile.clone()).await?;
    let mut flooded = Vec::new();
    for (name, flood) in crowd::floods() {
        flooded.push((name, crowd::during(&program, &flood, profile.clone()).await?));
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
    println!("{TRIES} sign-ins at once    {:>9.1?}   for the last; {} refused", crowd.slowest, crowd.refused);
    println!("a member's page         {undisturbed:>9.1?}   p99");
    for (name, p99) in flooded {
        println!("  in a flood of {name:<15} {p99:.1?}   {:.1} times", p99.as_secs_f64() / undisturbed.as_secs_f64());
    }
    println!(
        "wrong password          {known:>9.1?}   for an address that nobody has {unknown:.1?} (medians of {TRIES})"
    );
    println!("asked for a reset       {reset:>9.1?}   for an address that nobody has {reset_unknown:.1?}");
    println!("memory, idle            {:>9.1} MiB", mib(idle));
    println!("memory, at its peak     {:>9.1} MiB", mib(busy));
    println!("sign-in page            {:>9.1} KiB   compressed: page and {} files", mib(weight), files.len());
    drop(program);
    members::list().await
}

#[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}
