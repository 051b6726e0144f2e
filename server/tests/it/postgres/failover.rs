//! A primary that goes, and another one in its place: what was acknowledged is there, and writes come back by themselves.
use super::{cluster::Cluster, forwarder::Forwarder};
use crate::support::{Browser, TestServer};
use policy::Role;
use sqlx::{Connection, PgConnection};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use store::{Pooling, Store, testing::TestDatabase};
use tokio::{task::JoinHandle, time::Instant};

/// How long writes may take to come back.
const WITHIN: Duration = Duration::from_secs(5);

/// How many people write meanwhile, each no more than one member may in a day.
const WRITERS: usize = 4;

/// A server whose database is reached by way of a forwarder, somebody who writes, and others who do.
async fn over(forwarder: &Forwarder) -> (TestServer, Browser, Vec<Browser>, String) {
    let store = Store::open(&forwarder.url(), Pooling::Session).await.expect("a URL of a known kind");
    store.migrate().await.expect("it takes the schema");
    let server = TestServer::on(TestDatabase::at(forwarder.url(), store.clone()), store).await;
    let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
    let mut writers = Vec::new();
    let names: Vec<_> = (0..WRITERS).map(|n| format!("writer{n}@example.org")).collect();
    for name in &names {
        writers.push(server.signed_in(name, Role::Member).await);
    }
    let members: Vec<_> = names.iter().map(String::as_str).chain(["boss@example.org"]).collect();
    let community = boss.add_community("Research", &members).await;
    (server, boss, writers, community)
}

/// Somebody who goes on posting ideas, and notes which of them were acknowledged.
struct Writer {
    acknowledged: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
    work: JoinHandle<()>,
}

async fn post(browser: &mut Browser, community: &str, title: &str) -> u16 {
    let answer = browser.post("/ideas", &[("community", community), ("title", title), ("body", "Green.")]).await;
    if answer.status != 303 {
        assert_eq!(answer.status, 503, "{}", answer.text());
        assert!(answer.headers.contains_key("retry-after"), "whoever is refused is told when to come back");
        answer.assert_tells_nothing();
    }
    answer.status
}

impl Writer {
    fn start(mut browser: Browser, community: &str, name: usize) -> Self {
        let (acknowledged, stop) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (noted, stopped) = (Arc::clone(&acknowledged), Arc::clone(&stop));
        let community = community.to_owned();
        let work = tokio::spawn(async move {
            for n in 0.. {
                if stopped.load(Ordering::SeqCst) {
                    break;
                }
                let title = format!("Idea {n} of {name}");
                if post(&mut browser, &community, &title).await == 303 {
                    noted.lock().expect("nobody panics").push(title);
                }
                tokio::time::sleep(Duration::from_millis(60)).await;
            }
        });
        Self { acknowledged, stop, work }
    }

    async fn end(self) -> Vec<String> {
        self.stop.store(true, Ordering::SeqCst);
        self.work.await.expect("it was answered each time");
        std::mem::take(&mut self.acknowledged.lock().expect("nobody panics"))
    }
}

/// Waits until a write is taken; answers how long it took.
async fn until_taken(browser: &mut Browser, community: &str) -> Duration {
    let since = Instant::now();
    // A form that is sent twice is one act.
    let title = |since: Instant| format!("It is back after {} ms", since.elapsed().as_millis());
    while post(browser, community, &title(since)).await != 303 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(since.elapsed() < 4 * WITHIN, "it never is");
    }
    since.elapsed()
}

/// Asserts that a server has every idea that was acknowledged.
async fn assert_has(cluster: &Cluster, acknowledged: &[String]) {
    let mut connection = PgConnection::connect(&cluster.url()).await.expect("it answers");
    let found: Vec<String> =
        sqlx::query_scalar("SELECT title FROM ideas").fetch_all(&mut connection).await.expect("the table is there");
    let lost: Vec<_> = acknowledged.iter().filter(|title| !found.contains(title)).collect();
    assert!(lost.is_empty(), "{lost:?} of {}", acknowledged.len());
}

/// Fails when connections to a primary that is gone are used again, or a write counts that its standby lacks.
#[tokio::test(flavor = "multi_thread")]
async fn a_promoted_standby_takes_over_from_a_primary_that_crashed() {
    let primary = Cluster::start();
    let forwarder = Forwarder::to(primary.port).await;
    let (_server, mut boss, browsers, community) = over(&forwarder).await;
    let standby = primary.synchronous_standby().await;
    let started = browsers.into_iter().enumerate();
    let writers: Vec<_> = started.map(|(name, browser)| Writer::start(browser, &community, name)).collect();
    tokio::time::sleep(Duration::from_secs(1)).await;
    primary.crash();
    assert_eq!(boss.get("/readyz").await.status, 503);
    standby.promote();
    forwarder.move_to(standby.port);
    assert!(until_taken(&mut boss, &community).await < WITHIN);
    assert_eq!(boss.get("/readyz").await.status, 200);
    let mut acknowledged = Vec::new();
    for writer in writers {
        acknowledged.extend(writer.end().await);
    }
    assert!(acknowledged.len() > 20, "{}", acknowledged.len());
    assert_has(&standby, &acknowledged).await;
}

/// Fails when `Unit::note` no longer looks for a server that refuses to write: the connections to the old primary, which
/// lives on as one that only reads, are good for ever then.
#[tokio::test(flavor = "multi_thread")]
async fn a_primary_that_was_set_aside_and_lives_on_is_left() {
    let primary = Cluster::start();
    let forwarder = Forwarder::to(primary.port).await;
    let (server, mut boss, mut browsers, community) = over(&forwarder).await;
    let standby = primary.synchronous_standby().await;
    let writer = Writer::start(browsers.remove(0), &community, 0);
    tokio::time::sleep(Duration::from_millis(500)).await;
    primary.execute("ALTER SYSTEM SET default_transaction_read_only = on").await;
    primary.execute("SELECT pg_reload_conf()").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(boss.get("/readyz").await.status, 503, "it takes no writes");
    assert_eq!(boss.get("/healthz").await.status, 200);
    let refused = server.browser().sign_in("boss@example.org").await;
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.headers.contains_key("retry-after"));
    standby.promote();
    forwarder.move_to(standby.port);
    // Nobody has to meet it: Bailey looks by itself, as whoever asks whether it is ready does.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    server.bailey.store().readiness().await.expect("it answers");
    assert_eq!(post(&mut boss, &community, "It is back").await, 303);
    assert!(until_taken(&mut boss, &community).await < WITHIN);
    assert_eq!(boss.get("/readyz").await.status, 200);
    assert_has(&standby, &writer.end().await).await;
}

/// Fails when sessions that began while none could write are used for ever.
#[tokio::test(flavor = "multi_thread")]
async fn writes_come_back_after_a_spell_in_which_sessions_could_only_read() {
    let primary = Cluster::start();
    let forwarder = Forwarder::to(primary.port).await;
    let (server, mut boss, _, community) = over(&forwarder).await;
    // It holds for sessions that begin from now on.
    primary.execute("ALTER ROLE postgres SET default_transaction_read_only = on").await;
    primary.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'postgres'").await;
    let since = Instant::now();
    while boss.get("/profile").await.status != 200 {
        assert!(since.elapsed() < WITHIN, "pages can be read");
    }
    assert_eq!(post(&mut boss, &community, "Nobody has it").await, 503);
    assert_eq!(server.browser().sign_in("boss@example.org").await.status, 503);
    assert_eq!(boss.get("/readyz").await.status, 503);
    primary.execute("BEGIN READ WRITE; ALTER ROLE postgres RESET default_transaction_read_only; COMMIT").await;
    assert!(until_taken(&mut boss, &community).await < WITHIN);
    tokio::time::sleep(Duration::from_millis(600)).await;
    for n in 0..20 {
        assert_eq!(boss.get("/readyz").await.status, 200, "whichever connection it is");
        assert_eq!(post(&mut boss, &community, &format!("And stays {n}")).await, 303);
    }
}
