//! A database that goes away: the answer says so, and Bailey recovers without a restart.
use crate::support::{TestDatabase, TestServer};
use policy::{Role, time::Span};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use store::{Pooling, Store, on_both, testing::Engine};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// A way to PostgreSQL that can be cut.
struct Wire {
    address: SocketAddr,
    open: Arc<watch::Sender<bool>>,
}

impl Wire {
    async fn to(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let (open, state) = watch::channel(true);
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                let (mut state, target) = (state.clone(), target.clone());
                tokio::spawn(async move {
                    if !*state.borrow() {
                        return;
                    }
                    let Ok(mut far) = TcpStream::connect(target).await else { return };
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                        _ = state.wait_for(|open| !open) => {}
                    }
                });
            }
        });
        Self { address, open: Arc::new(open) }
    }

    fn cut(&self) {
        self.open.send_replace(false);
    }

    fn mend(&self) {
        self.open.send_replace(true);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_may_go_and_come_back() {
    let db = TestDatabase::new(Engine::Postgres).await;
    let url = url::Url::parse(&db.url).expect("a URL");
    let target = format!("{}:{}", url.host_str().expect("a host"), url.port().unwrap_or(5432));
    let wire = Wire::to(target).await;
    let mut through = url.clone();
    through.set_host(Some("127.0.0.1")).expect("it has a host");
    through.set_port(Some(wire.address.port())).expect("it has a port");
    let store = Store::open(through.as_str(), Pooling::Session).await.expect("a URL of a known kind");
    let server = TestServer::on(db, store).await;
    let mut browser = server.signed_in("ada@example.org", Role::Admin).await;

    wire.cut();
    let page = browser.get("/profile").await;
    assert_eq!(page.status, 503);
    assert!(page.text().contains("Bailey can't reach its database just now"), "{}", page.text());
    assert!(page.page().has("link[rel=icon]"), "a browser must not look for one by itself: {}", page.body);
    assert_eq!(browser.get("/readyz").await.status, 503);
    assert_eq!(browser.get("/healthz").await.status, 200);
    let problem = browser.get("/api/v1/session").await;
    assert_eq!((problem.status, problem.json()["type"].as_str()), (503, Some("/problems/unavailable")));
    let saved = browser.save_settings_at(0, &[("sessions.lifetime", "60")]).await;
    assert_eq!(saved.status, 503);
    for answer in [&page, &problem, &saved] {
        answer.assert_tells_nothing();
    }

    wire.mend();
    assert_eq!(browser.get("/profile").await.status, 200, "without a restart");
    assert_eq!(browser.save_settings_at(0, &[("sessions.lifetime", "60")]).await.status, 303);
}

/// Fails when `LIMITS` no longer has a `lock_timeout`, a lock that is not given counts as a fault of Bailey's, or
/// `find_policy` asks the database for what does not pass the gate.
#[tokio::test(flavor = "multi_thread")]
async fn postgres_may_be_held_up_and_freed() {
    use sqlx::{Connection, Executor};
    let server = TestServer::start(TestDatabase::new(Engine::Postgres).await).await;
    let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
    let mut other = sqlx::PgConnection::connect(&server.db.url).await.expect("it answers");
    other
        .execute("BEGIN; LOCK TABLE workspaces, policy_revisions IN ACCESS EXCLUSIVE MODE")
        .await
        .expect("nobody holds it");
    let alive = tokio::time::timeout(Duration::from_secs(1), browser.get("/healthz")).await;
    assert_eq!(alive.expect("it does not wait for the database").status, 200);
    let saved = browser.save_settings_at(0, &[("sessions.lifetime", "60")]);
    // The edge itself gives up after thirty seconds only.
    let saved = tokio::time::timeout(Duration::from_secs(20), saved).await.expect("a lock is not waited for as long");
    assert_eq!(saved.status, 503);
    other.execute("ROLLBACK").await.expect("it held the lock");
    assert_eq!(browser.save_settings_at(0, &[("sessions.lifetime", "60")]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_may_be_held_up_and_freed() {
    use sqlx::{Connection, Executor};
    let server = TestServer::start(TestDatabase::new(Engine::Sqlite).await).await;
    let mut browser = server.signed_in("ada@example.org", Role::Admin).await;
    let mut other = sqlx::SqliteConnection::connect(&server.db.url).await.expect("the file opens");
    other.execute("BEGIN IMMEDIATE").await.expect("the file is free");
    let saved = browser.save_settings_at(0, &[("sessions.lifetime", "60")]).await;
    assert_eq!(saved.status, 503);
    other.execute("ROLLBACK").await.expect("it held the lock");
    assert_eq!(browser.save_settings_at(0, &[("sessions.lifetime", "60")]).await.status, 303);
}

on_both! {
    /// Fails when `ask_gate` refuses a request whose activity can't be recorded.
    async fn a_request_goes_on_where_its_activity_is_not_recorded(db: TestDatabase) {
        let server = TestServer::start(db).await;
        let mut browser = server.signed_in("ada@example.org", Role::Member).await;
        let locked: &[&'static str] = if server.db.dir().is_some() {
            &["CREATE TRIGGER held BEFORE UPDATE OF last_seen_at ON sessions BEGIN SELECT RAISE(ABORT, 'held'); END"]
        } else {
            &[
                "CREATE FUNCTION held() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'held'; END $$ LANGUAGE plpgsql",
                "CREATE TRIGGER held BEFORE UPDATE OF last_seen_at ON sessions EXECUTE FUNCTION held()",
            ]
        };
        server.execute_sql(locked).await;
        server.clock.advance(Span::minutes(2));
        assert_eq!(browser.get("/profile").await.status, 200);
        server.execute_sql(&[if server.db.dir().is_some() { "DROP TRIGGER held" } else { "DROP TRIGGER held ON sessions" }]).await;
        server.clock.advance(Span::minutes(2));
        assert_eq!(browser.get("/profile").await.status, 200);
        server.clock.advance(Span::minutes(29));
        assert_eq!(browser.get("/profile").await.status, 200, "and is recorded by the next one");
    }
}
