//! A server with a database, a clock and browsers of its own.
mod answer;
mod browser;
mod captcha;
mod database;
mod ideas;
mod mailbox;
mod members;
mod page;
mod passkey;
mod password;
mod second_step;
mod settings;
mod smtp;
mod tls_server;
mod totp;
mod uploads;

pub use answer::Answer;
pub use browser::Browser;
pub use captcha::solve;
pub use ideas::{ADA, GRACE, HAPPENED, JOAN, MODERATOR, Research, WAITS};
pub use mailbox::Received;
pub use page::Page;
pub use passkey::{ORIGIN, Passkey};
pub use password::{NEW_PASSWORD, OTHER_PASSWORDS};
pub use second_step::{SECOND_STEP, shown_secret};
pub use settings::{LONG_SESSIONS, settings_saved};
pub use smtp::SmtpServer;
pub use tls_server::{Reply, TlsServer};
pub use totp::code_at;
pub use uploads::{HUGE, PICTURE, multipart};

use axum::Router;
use domain::{Bailey, Clock, Parts, Vault, files::FileStore, outbound::Outbound, workspaces::Workspace};
use mailbox::Mailbox;
use policy::Timestamp;
use server::{
    config::{Config, Overrides},
    edge::Edge,
    front_end::FrontEnd,
    routes::{self, Routes},
    state::AppState,
};
use std::sync::Arc;
pub use store::testing::TestDatabase;

pub const PASSWORD: &str = "correct horse battery staple";
pub const NOON: Timestamp = Timestamp(1_800_000_000_000);

/// The flags of a server that people reach at an address.
fn at_origin(origin: &str) -> Overrides {
    Overrides { public_url: Some(origin.to_owned()), ..Overrides::default() }
}

/// A running server.
pub struct TestServer {
    pub bailey: Bailey,
    pub clock: Clock,
    pub workspace: Workspace,
    pub db: Arc<TestDatabase>,
    mailbox: Mailbox,
    /// Where its files are.
    pub files: tempfile::TempDir,
    state: AppState,
    router: Router,
}

impl TestServer {
    /// Starts a server on a fresh database at noon.
    pub async fn start(db: TestDatabase) -> Self {
        let store = db.store.clone();
        Self::on(db, store).await
    }

    /// Starts a server that people reach over HTTPS.
    pub async fn over_https(db: TestDatabase) -> Self {
        let flags = Overrides { behind_tls: Some("on".to_owned()), ..at_origin("https://localhost:3000") };
        Self::configured(db, flags).await
    }

    /// Starts a server that was configured by these flags.
    pub async fn configured(db: TestDatabase, flags: Overrides) -> Self {
        let store = db.store.clone();
        let flags = Overrides { public_url: flags.public_url.or(Some("http://localhost:3000".to_owned())), ..flags };
        Self::with(flags, Arc::new(db), store, Vault::new([7; 32]), Clock::standing_at(NOON)).await
    }

    /// Starts a server whose store reaches the database in another way.
    pub async fn on(db: TestDatabase, store: store::Store) -> Self {
        Self::at("http://localhost:3000", db, store).await
    }

    /// Starts a server on a database that was used before, with a clock of its own.
    pub async fn standing_at(db: TestDatabase, store: store::Store, clock: Clock) -> Self {
        Self::with(at_origin("http://localhost:3000"), Arc::new(db), store, Vault::new([7; 32]), clock).await
    }

    async fn at(origin: &str, db: TestDatabase, store: store::Store) -> Self {
        Self::with(at_origin(origin), Arc::new(db), store, Vault::new([7; 32]), Clock::standing_at(NOON)).await
    }

    /// Another node on the same database and with the same clock, which has these keys.
    pub async fn node(&self, vault: Vault) -> Self {
        let origin = "http://localhost:3000";
        Self::with(at_origin(origin), self.db.clone(), self.db.store.clone(), vault, self.clock.clone()).await
    }

    async fn with(flags: Overrides, db: Arc<TestDatabase>, store: store::Store, vault: Vault, clock: Clock) -> Self {
        let mailbox = Mailbox::new();
        // Only what a flag names has a whole path.
        let named = |path: &std::path::Path| {
            if path.is_absolute() { std::fs::read(path) } else { Err(std::io::ErrorKind::NotFound.into()) }
        };
        let config = Config::load(&flags, std::iter::empty(), named).expect("the flags are valid");
        let files = tempfile::tempdir().expect("a folder");
        let parts = Parts {
            store,
            files: FileStore::new(files.path()),
            clock: clock.clone(),
            vault,
            hash_concurrency: 2,
            hash_wait: config.hash_wait,
            origin: config.public_url.origin(),
            outbound: Outbound::new(config.outbound_allow.clone(), config.outbound_authorities.clone()),
            avatar_server: config.gravatar_url.clone(),
            mailer: mailbox.mailer(),
            safe_mode: false,
        };
        let bailey = Bailey::new(parts).expect("the parts fit");
        let workspace = bailey.workspaces().default("localhost").await.expect("the database answers");
        let front_end = FrontEnd::Embedded(&[]);
        let state = AppState {
            bailey: bailey.clone(),
            workspace: workspace.clone(),
            edge: Arc::new(Edge::new(&config, "/pkg/bailey.css".to_owned())),
            cookies: config.public_url.cookies(),
            leptos: front_end.options(),
            front_end,
        };
        let router = routes::router(&state).expect("every route has an area");
        Self { bailey, clock, workspace, db, mailbox, files, state, router }
    }

    /// The table of routes.
    pub fn routes(&self) -> Routes {
        routes::table(&self.state).expect("every route has an area")
    }

    /// Hands over the mail that is due, and answers what has arrived since the last time.
    pub async fn mail(&self) -> Vec<Received> {
        while self.bailey.mail().deliver_due().await.expect("the database answers") > 0 {}
        self.mailbox.arrived()
    }

    /// The one mail with this subject that has arrived since the last time.
    pub async fn one_mail(&self, subject: &str) -> Received {
        let arrived = self.mail().await;
        let mut found = arrived.iter().filter(|mail| mail.subject.starts_with(subject));
        match (found.next(), found.next()) {
            (Some(mail), None) => mail.clone(),
            _ => panic!("not one mail about {subject:?} in {arrived:?}"),
        }
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone(), self.bailey.clone(), self.workspace.clone())
    }
}
