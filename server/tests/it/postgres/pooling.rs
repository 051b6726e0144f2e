//! Bailey behind a pooler that hands out its connections for a transaction each.
use super::pooler::Pooler;
use crate::support::TestServer;
use policy::Role;
use sqlx::{Connection, PgConnection};
use std::{
    path::Path,
    process::{Child, Command, Stdio},
};
use store::{Pooling, Readiness, Store, testing::TestDatabase};

const CLIENTS: usize = 32;
const CONNECTIONS: u32 = 4;
/// How many ideas each of them posts; all together no more than one member may in a day.
const IDEAS: usize = 3;

async fn store(pooler: &Pooler) -> Store {
    Store::open(&pooler.url(), Pooling::Transaction).await.expect("a URL of a known kind")
}

/// What a statement answers past the pooler.
async fn direct<T>(pooler: &Pooler, sql: &'static str) -> T
where
    T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
{
    let mut connection = PgConnection::connect(&pooler.direct).await.expect("it answers");
    sqlx::query_scalar(sql).fetch_one(&mut connection).await.expect(sql)
}

/// Fails when a statement is kept by a name, stands outside of a transaction, or migrating takes a lock of its session.
#[tokio::test(flavor = "multi_thread")]
async fn many_clients_share_a_few_connections_in_transaction_pooling() {
    let pooler = Pooler::start(CONNECTIONS).await;
    let store = store(&pooler).await;
    store.migrate().await.expect("it takes the schema");
    let server = TestServer::on(TestDatabase::at(pooler.url(), store.clone()), store).await;
    let mut boss = server.signed_in("boss@example.org", Role::SuperAdmin).await;
    let community = boss.add_community("Research", &["boss@example.org"]).await;
    let mut browsers = vec![boss];
    while browsers.len() < CLIENTS {
        let mut browser = crate::support::Browser::clone_of(&browsers[0]);
        browser.address = std::net::IpAddr::from([203, 0, 113, u8::try_from(browsers.len()).expect("a few")]);
        browsers.push(browser);
    }
    let clients: Vec<_> = browsers
        .into_iter()
        .enumerate()
        .map(|(n, mut browser)| {
            let community = community.clone();
            tokio::spawn(async move {
                for turn in 0..IDEAS {
                    let title = format!("Idea {turn} of {n}");
                    let fields = [("community", community.as_str()), ("title", &title), ("body", "Green.")];
                    let posted = browser.post("/ideas", &fields).await;
                    assert_eq!(posted.status, 303, "{}", posted.text());
                    let shown = browser.get(posted.location()).await;
                    assert!(shown.status == 200 && shown.text().contains(&title), "{}", shown.text());
                    assert_eq!(browser.get("/readyz").await.status, 200);
                }
                let saved = browser.get("/api/v1/session").await;
                assert_eq!(saved.status, 200);
            })
        })
        .collect();
    for client in clients {
        client.await.expect("every request is answered");
    }
    let ideas: i64 = direct(&pooler, "SELECT COUNT(*) FROM ideas").await;
    assert_eq!(ideas, i64::try_from(CLIENTS * IDEAS).expect("a few"));
    let verdict = server.bailey.audit().verify(&server.workspace.id).await.expect("it answers");
    assert!(matches!(verdict, domain::audit::Verdict::Whole(_)), "{verdict:?}");
    let used: i64 = direct(&pooler, "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()").await;
    assert!(used <= i64::from(CONNECTIONS) + 1, "{used} connections, with the one that asks");
}

/// Fails when a limit of time or a lock outlives its transaction: the connection is somebody else's then.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_left_behind_on_a_shared_connection() {
    let pooler = Pooler::start(1).await;
    let store = store(&pooler).await;
    store.migrate().await.expect("it takes the schema");
    let mut tx = store.write().await.expect("it answers");
    tx.first_workspace().await.expect("it reads");
    tx.commit().await.expect("it keeps");
    store.read().await.expect("it answers").first_workspace().await.expect("it reads");
    let mut other = PgConnection::connect_with(
        &pooler.url().parse::<sqlx::postgres::PgConnectOptions>().expect("a URL").extra_float_digits(None),
    )
    .await
    .expect("it answers");
    for name in ["lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"] {
        let sql = sqlx::AssertSqlSafe(format!("SHOW {name}"));
        let row = sqlx::raw_sql(sql).fetch_one(&mut other).await.expect("it answers");
        assert_eq!(sqlx::Row::get::<String, _>(&row, 0), "0", "{name}");
    }
    let left = "SELECT (SELECT COUNT(*) FROM pg_prepared_statements) + (SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))";
    let row = sqlx::raw_sql(left).fetch_one(&mut other).await.expect("it answers");
    assert_eq!(sqlx::Row::get::<i64, _>(&row, 0), 0);
    let mut tx = store.write().await.expect("it answers");
    tx.clock().await.expect("it answers").expect("PostgreSQL has one");
    drop(tx);
}

/// `bailey migrate` on the database behind the pooler.
fn migrate(pooler: &Pooler, pooling: &str, dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bailey"));
    command.arg("migrate").current_dir(dir).env("BAILEY_DATABASE_URL", pooler.url());
    command.env("BAILEY_DATABASE_POOLING", pooling).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// How a program ended, and what it said.
fn ended(child: Child) -> (Option<i32>, String) {
    let ended = child.wait_with_output().expect("it ends");
    (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
}

/// Fails when nodes that start at once migrate side by side.
#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_start_at_once_migrate_one_after_the_other() {
    let pooler = Pooler::start(CONNECTIONS).await;
    let dir = tempfile::tempdir().expect("a temporary directory can be made");
    let node = || migrate(&pooler, "transaction", dir.path()).spawn().expect("the program starts");
    let nodes: Vec<_> = (0..6).map(|_| node()).collect();
    for node in nodes {
        assert_eq!(ended(node), (Some(0), String::new()));
    }
    assert_eq!(store(&pooler).await.readiness().await.expect("it answers"), Readiness::Ready);
}

/// Fails when whoever forgets the setting is told of a protocol, or whoever gives it does not get through.
#[tokio::test(flavor = "multi_thread")]
async fn the_program_starts_behind_a_pooler_as_it_is_told_or_names_the_setting() {
    let pooler = Pooler::start(CONNECTIONS).await;
    let dir = tempfile::tempdir().expect("a temporary directory can be made");
    let tried = |pooling: &str| ended(migrate(&pooler, pooling, dir.path()).spawn().expect("the program starts"));
    let (code, said) = tried("session");
    assert!(code == Some(1) && said.contains("give database_pooling = transaction"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert_eq!(tried("transaction"), (Some(0), String::new()));
    assert_eq!(tried("transaction"), (Some(0), String::new()), "also on a schema that is there");
}
