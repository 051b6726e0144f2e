//! An update from the version of 26 November 2026 (`eec23ef`): its database and its configuration, as its own program has
//! made them (`upgrade/*.sql`, `upgrade/bailey.toml`), are read by this one.
use super::program::{bailey, fresh, run};
use crate::support::{Browser, SECOND_STEP, TestDatabase, TestServer, code_at};
use domain::{Clock, audit::Verdict};
use policy::{Role, Timestamp, time::Span};
use server::config::{Config, LogFormat, Overrides, TrustedProxies};
use sqlx::{Connection, Executor};
use std::path::Path;
use store::{Pooling, Schema, Store};
use tempfile::TempDir;

const GRACE: &str = "grace@example.org";
const CONFIGURATION: &str = include_str!("upgrade/bailey.toml");

/// A database that the old program has left behind, and what is known of it.
struct Old {
    url: String,
    facts: serde_json::Value,
    _dir: TempDir,
}

impl Old {
    async fn sqlite() -> Self {
        let dir = fresh();
        let url = format!("sqlite://{}", dir.path().join("bailey.db").display());
        let mut file = sqlx::SqliteConnection::connect(&format!("{url}?mode=rwc")).await.expect("it opens");
        file.execute(include_str!("upgrade/sqlite.sql")).await.expect("it is SQL");
        file.close().await.expect("it closes");
        Self::of(url, include_str!("upgrade/sqlite.json"), dir)
    }

    async fn postgres() -> Self {
        let base = std::env::var("BAILEY_TEST_POSTGRES_URL").expect("`make test` starts a PostgreSQL");
        let database = format!("old{}", uuid::Uuid::new_v4().simple());
        let mut server = sqlx::PgConnection::connect(&base).await.expect("it answers");
        server.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {database}"))).await.expect("it is new");
        let mut url = url::Url::parse(&base).expect("a URL");
        url.set_path(&database);
        let mut connection = sqlx::PgConnection::connect(url.as_str()).await.expect("it answers");
        connection.execute(include_str!("upgrade/postgres.sql")).await.expect("it is SQL");
        Self::of(url.into(), include_str!("upgrade/postgres.json"), fresh())
    }

    fn of(url: String, facts: &str, dir: TempDir) -> Self {
        Self { url, facts: serde_json::from_str(facts).expect("JSON"), _dir: dir }
    }

    fn fact(&self, name: &str) -> String {
        self.facts[name].as_str().expect("it is known").to_owned()
    }

    /// This version on the old database, a minute after the old one was stopped.
    async fn updated(&self) -> TestServer {
        let store = Store::open(&self.url, Pooling::Session).await.expect("it opens");
        assert!(matches!(store.schema().await, Ok(Schema::Older { missing }) if missing > 0));
        store.migrate().await.expect("it is brought up to date");
        let now = Timestamp(self.facts["now"].as_i64().expect("an instant")) + Span::minutes(1);
        let db = TestDatabase::at(self.url.clone(), store.clone());
        TestServer::standing_at(db, store, Clock::standing_at(now)).await
    }
}

/// A browser that brings these cookies.
fn with(server: &TestServer, cookies: &[(&str, String)]) -> Browser {
    let mut browser = server.browser();
    browser.cookies.extend(cookies.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    browser
}

async fn is_read_whole(old: Old) {
    let server = old.updated().await;

    // Sessions hold, and their cookies get the names of today.
    let mut grace = with(&server, &[("bailey", old.fact("session")), ("bailey-device", old.fact("device"))]);
    assert_eq!(grace.get("/profile").await.status, 200);
    assert_eq!(grace.cookies.get("bailey-3000"), Some(&old.fact("session")));
    let mut boss = with(&server, &[("bailey", old.fact("admin"))]);
    for page in app::sitemap::PAGES.iter().filter(|page| page.is_admin() && !page.path.contains(':')) {
        assert_eq!(boss.get(page.path).await.status, 200, "{}", page.path);
    }

    // Members sign in: by the password alone from a trusted browser, by app and recovery code from another.
    grace.post("/sign-out", &[]).await;
    assert_eq!(grace.sign_in(GRACE).await.location(), "/", "the browser is trusted");
    let mut between = with(&server, &[("bailey-step", old.fact("between"))]);
    assert_eq!(
        between.post("/sign-in/second-step/recovery", &[("recovery_code", &old.fact("recovery"))]).await.location(),
        "/"
    );
    let mut elsewhere = server.pending_sign_in(GRACE).await;
    server.clock.advance(Span::minutes(1));
    let code = code_at(&old.fact("secret"), server.clock.now());
    assert_eq!(elsewhere.post(SECOND_STEP, &[("code", &code)]).await.location(), "/");
    assert_eq!(server.browser().sign_in("joan@example.org").await.status, 429, "a lock holds");
    server.clock.advance(Span::minutes(30));
    assert_eq!(server.browser().sign_in("joan@example.org").await.status, 303);

    // Settings hold, with all that was saved before them.
    let read = boss.get("/api/v1/policy").await.json();
    assert_eq!((read["revision"].as_i64(), read["unreadable"].as_array().map_or(0, Vec::len)), (Some(2), 0), "{read}");
    let settings = &read["settings"];
    assert_eq!(
        (settings["sessions"]["lifetime"].as_i64(), settings["links"]["idea_view"].as_i64()),
        (Some(43_200), Some(99))
    );
    assert_eq!(settings["passwords"]["reuse_limit"], 5);
    assert_eq!(settings["network"]["admin_allowlist"][0], "127.0.0.0/8 # here");
    assert!(boss.get("/admin/history").await.text().contains("ada@example.org"));
    assert!(boss.get("/ideas").await.text().contains("Plants in the stairwell"));
    let approved = boss.get("/ideas?state=approved").await.text();
    assert!(approved.contains("Plants in the stairwell"), "everybody saw it, and still does");
    assert_eq!(server.one_mail("A test mail").await.to, "ada@example.org", "a mail that waited goes out");
    assert!(
        matches!(server.bailey.audit().verify(&server.workspace.id).await, Ok(Verdict::Whole(entries)) if entries > 10)
    );
    assert_eq!(boss.post("/admin/settings/communities", &[("name", "Later")]).await.status, 303);
    assert_eq!(server.signed_in("new@example.org", Role::Member).await.get("/profile").await.status, 200);
}

/// Fails when a migration loses something, or something stored can't be read any more.
#[tokio::test(flavor = "multi_thread")]
async fn everything_of_an_old_sqlite_file_is_read_and_nobody_is_signed_out() {
    is_read_whole(Old::sqlite().await).await;
}

/// Fails when the same happens to PostgreSQL alone.
#[tokio::test(flavor = "multi_thread")]
async fn everything_of_an_old_postgres_is_read_and_nobody_is_signed_out() {
    is_read_whole(Old::postgres().await).await;
}

#[test]
fn an_old_configuration_is_read_as_it_was() {
    let read = |path: &Path| match path.to_str() {
        Some("bailey.toml") => Ok(CONFIGURATION.as_bytes().to_vec()),
        _ => Err(std::io::ErrorKind::NotFound.into()),
    };
    let config = Config::load(&Overrides::default(), std::iter::empty(), read).expect("it starts");
    assert_eq!(config.public_url.origin(), "http://localhost:3000");
    assert_eq!(Ok(config.trusted_proxies), TrustedProxies::parse("10.0.0.0/8, 192.0.2.1"));
    assert_eq!((config.mail_from.to_string().as_str(), config.hash_concurrency), ("Bailey <bailey@example.org>", 2));
    assert_eq!(config.smtp_url.expect("it is given").expose(), "smtp://127.0.0.1:9");
    assert_eq!((config.log_format, config.database_pooling), (LogFormat::Json, Pooling::Session));
}

/// Fails when the new program's doctor can't look at an old database, or brings it up to date.
#[tokio::test]
async fn the_doctor_says_beforehand_that_an_old_database_will_be_brought_up_to_date() {
    let old = Old::sqlite().await;
    let dir = fresh();
    std::fs::write(dir.path().join("bailey.toml"), CONFIGURATION).expect("it can be written");
    std::fs::create_dir(dir.path().join("data")).expect("it can be made");
    let key = dir.path().join("data/secret.key");
    std::fs::write(&key, "07".repeat(32)).expect("it can be written");
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("it is ours");
    let build = dir.path().join("site/pkg");
    std::fs::create_dir_all(&build).expect("it can be made");
    for name in ["bailey.wasm", "bailey.css", "bailey.js"] {
        std::fs::write(build.join(name), "").expect("it can be written");
    }
    let (code, said, failed) = run(bailey(dir.path(), &["doctor"]).env("BAILEY_DATABASE_URL", &old.url));
    assert!(code == 0 && said.contains("Database: SQLite, with the schema of an earlier version"), "{said}{failed}");
    assert!(said.contains("trusted_proxies holds 10.0.0.0/8") && said.contains("Key file: readable."), "{said}");
    let store = Store::open(&old.url, Pooling::Session).await.expect("it opens");
    assert!(matches!(store.schema().await, Ok(Schema::Older { .. })), "it is as it was");
}
