//! Configuration: `bailey.toml`, then `BAILEY_*` in the environment, then flags, the last one wins.
mod blocks;
mod error;
mod foreign;
mod keys;
mod public_url;
mod secret_url;
mod sources;
mod trusted_proxies;
mod urls;

pub use error::ConfigError;
pub use keys::{KEYS, Key, Overrides, markdown};
pub use public_url::PublicUrl;
pub use secret_url::SecretUrl;
pub use trusted_proxies::TrustedProxies;

use domain::{Pooling, mail::Mailbox, outbound::Authorities};
use ipnet::IpNet;
use sources::Sources;
use std::{
    ffi::OsString,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};
use url::Url;

/// The configuration of a running program.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address of the web server.
    pub listen: SocketAddr,
    /// What links start with, and the relying party of passkeys.
    pub public_url: PublicUrl,
    /// The database.
    pub database_url: DatabaseUrl,
    /// How the connections of PostgreSQL are shared.
    pub database_pooling: Pooling,
    /// Where uploads, captured mail and the generated key lie.
    pub data_dir: PathBuf,
    /// The key that encrypts secrets at rest.
    pub secret_key_file: PathBuf,
    /// Where mail is handed over; nothing writes it into the data folder.
    pub smtp_url: Option<SecretUrl>,
    /// The name by which the mail server is greeted.
    pub smtp_helo: String,
    /// What mail is sent as.
    pub mail_from: Mailbox,
    /// Whose forwarding headers are believed.
    pub trusted_proxies: TrustedProxies,
    /// Whether clients come by TLS where no proxy says how they do.
    pub behind_tls: bool,
    /// How many connections there may be in all; at least 16.
    pub max_connections: usize,
    /// Whether the check that a reverse proxy asks keeps a session from idling.
    pub session_check_is_activity: bool,
    /// Password hashes at once; at least 1.
    pub hash_concurrency: usize,
    /// How long a password may wait to be looked at.
    pub hash_wait: Duration,
    /// What Bailey may connect to beside the public network.
    pub outbound_allow: Vec<IpNet>,
    /// Whom it trusts there beside the system's authorities.
    pub outbound_authorities: Authorities,
    /// Where pictures of members are asked for.
    pub gravatar_url: Url,
    /// The address of the metrics listener.
    pub metrics_listen: Option<SocketAddr>,
    /// Start with the built-in headers and without the admin allowlist.
    pub safe_mode: bool,
    /// What is logged.
    pub log: String,
    /// How it is logged.
    pub log_format: LogFormat,
    /// Where the built front-end lies.
    pub site_root: Option<PathBuf>,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The address of the database.
#[derive(Debug, Clone)]
pub struct DatabaseUrl(SecretUrl);

impl DatabaseUrl {
    /// Returns the whole address, for the driver.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Returns the file of an `SQLite` database.
    pub fn file(&self) -> Option<PathBuf> {
        let path = self.expose().strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = path.split('?').next().filter(|path| !path.starts_with(':'))?;
        urls::decoded(path).ok().map(|path| PathBuf::from(path.as_ref()))
    }
}

impl Config {
    /// Returns what an operator should know of how mail is handed over, a sentence or two each.
    pub fn mail_warnings(&self) -> Vec<&'static str> {
        let url = self.smtp_url.as_ref().and_then(|url| Url::parse(url.expose()).ok());
        let Some(url) = url else { return Vec::new() };
        let own_machine = ["localhost", "127.0.0.1", "[::1]"].contains(&url.host_str().unwrap_or_default());
        let encrypted =
            url.scheme() == "smtps" || url.query_pairs().any(|pair| pair == ("tls".into(), "required".into()));
        let mut warnings = Vec::new();
        if !url.username().is_empty() && url.password().is_none() {
            warnings.push("the SMTP URL names a user and no password, so Bailey signs in to the mail server as nobody. Write USER:PASS@ before its host, or take the user away.");
        }
        if url.password().is_some() && !encrypted && !own_machine {
            warnings.push("the SMTP URL holds a password that may go over the network unencrypted: whoever is on the way reads it. Use smtps://, or smtp:// with ?tls=required.");
        }
        warnings
    }

    /// Reads the configuration of this process.
    ///
    /// # Errors
    /// Says in one line which key is wrong, where it stands, and what would be right.
    pub fn from_process(flags: &Overrides) -> Result<Self, ConfigError> {
        Self::load(flags, std::env::vars_os(), |path| std::fs::read(path))
    }

    /// Reads the configuration from flags, an environment and files.
    ///
    /// # Errors
    /// Says in one line which key is wrong, where it stands, and what would be right.
    pub fn load(
        flags: &Overrides,
        environment: impl Iterator<Item = (OsString, OsString)>,
        read_file: impl Fn(&Path) -> std::io::Result<Vec<u8>>,
    ) -> Result<Self, ConfigError> {
        let sources = Sources::gather(flags, environment, &read_file)?;
        let data_dir = PathBuf::from(sources.text("data_dir"));
        let in_data_dir = |name: &str| data_dir.join(name);
        let in_the_folder = || {
            let url = urls::of_sqlite(&in_data_dir("bailey.db").display().to_string());
            SecretUrl::new(url, "its default".to_owned())
        };
        let public_url = sources.parse("public_url", PublicUrl::parse)?;
        let database_url =
            sources.secret("database_url", &read_file, check_database_url)?.unwrap_or_else(in_the_folder);
        Ok(Self {
            listen: sources.parse("listen", socket)?,
            database_url: DatabaseUrl(database_url),
            database_pooling: sources.parse("database_pooling", pooling)?,
            secret_key_file: sources.given("secret_key_file").map_or_else(|| in_data_dir("secret.key"), PathBuf::from),
            smtp_url: sources.secret("smtp_url", &read_file, check_smtp_url)?,
            smtp_helo: sources.parse_given("smtp_helo", helo)?.unwrap_or_else(|| public_url.host().to_owned()),
            public_url,
            mail_from: sources.parse("mail_from", mailbox)?,
            trusted_proxies: trusted_proxies(&sources)?,
            behind_tls: sources.parse("behind_tls", switch)?,
            max_connections: sources.parse("max_connections", connections)?,
            session_check_is_activity: sources.parse("session_check_is_activity", switch)?,
            hash_concurrency: sources.parse_given("hash_concurrency", positive)?.unwrap_or_else(cores),
            hash_wait: sources.parse("hash_wait", wait)?,
            outbound_allow: sources.parse("outbound_allow", outbound_allow)?,
            outbound_authorities: sources
                .file("outbound_ca_file", &read_file, Authorities::from_pem)?
                .unwrap_or_default(),
            gravatar_url: sources.parse("gravatar_url", avatar_server)?,
            metrics_listen: sources.parse_given("metrics_listen", socket)?,
            safe_mode: sources.parse("safe_mode", switch)?,
            log: sources.text("log").to_owned(),
            log_format: sources.parse("log_format", log_format)?,
            site_root: sources.given("site_root").map(PathBuf::from),
            data_dir,
        })
    }
}

/// Reads whose forwarding headers are believed; one of two keys says so.
fn trusted_proxies(sources: &Sources) -> Result<TrustedProxies, ConfigError> {
    let blocks = sources.parse_given("trusted_proxies", TrustedProxies::parse)?;
    match (sources.parse_given("proxy_hops", TrustedProxies::hops)?, blocks) {
        (Some(_), Some(_)) => {
            sources.check("proxy_hops", Err("Give one of proxy_hops and trusted_proxies, not both.".to_owned()))
        }
        (Some(found), None) | (None, Some(found)) => Ok(found),
        (None, None) => Ok(TrustedProxies::default()),
    }
}

/// Reads what Bailey may connect to beside the public network.
fn outbound_allow(text: &str) -> Result<Vec<IpNet>, String> {
    blocks::parse(text, |every| {
        format!(
            "{every} is every address there is, so that nothing would be kept from whoever chooses a service. Name the networks of those that Bailey is to reach, such as 10.20.0.0/24."
        )
    })
}

/// Reads where pictures of members are asked for.
fn avatar_server(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| url.scheme() == "https" && url.host().is_some());
    url.filter(|url| url.username().is_empty() && url.password().is_none() && url.fragment().is_none())
        .ok_or_else(|| "Give an address that begins with https:// and a host, without a user.".to_owned())
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn socket(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "Give an address and a port, such as 127.0.0.1:3000 or [::1]:3000.".to_owned())
}

fn positive(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|n| (1..=1_024).contains(n))
        .ok_or_else(|| "Give a whole number from 1 to 1024.".to_owned())
}

fn wait(text: &str) -> Result<Duration, String> {
    let read = text.parse().ok().filter(|n| (1..=60).contains(n));
    read.map(Duration::from_secs).ok_or_else(|| "Give a whole number of seconds from 1 to 60.".to_owned())
}

fn connections(text: &str) -> Result<usize, String> {
    let read = text.parse().ok().filter(|n| (16..=1_000_000).contains(n));
    read.ok_or_else(|| "Give a whole number from 16 to 1000000.".to_owned())
}

fn switch(text: &str) -> Result<bool, String> {
    match text {
        "on" | "true" | "1" => Ok(true),
        "off" | "false" | "0" | "" => Ok(false),
        _ => Err("Give on or off.".to_owned()),
    }
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| "Give an address with or without a name, such as Bailey <bailey@example.org>.".to_owned())
}

fn pooling(text: &str) -> Result<Pooling, String> {
    match text {
        "session" => Ok(Pooling::Session),
        "transaction" => Ok(Pooling::Transaction),
        _ => Err("Give session or transaction.".to_owned()),
    }
}

fn helo(text: &str) -> Result<String, String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-.[]:".contains(c);
    if text.chars().all(is_part) {
        Ok(text.to_owned())
    } else {
        Err("Give a host name such as bailey.example.org, or an address as [192.0.2.1].".to_owned())
    }
}

fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("Give text or json.".to_owned()),
    }
}

fn check_database_url(text: &str) -> Result<(), String> {
    if text.starts_with("sqlite:") {
        return urls::check_sqlite(text);
    }
    if !["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)) {
        return Err("It begins with sqlite:// or postgres://, such as sqlite://data/bailey.db or postgres://bailey@localhost/bailey.".to_owned());
    }
    urls::parse(text, &["postgres", "postgresql"], "postgres://bailey@localhost/bailey").map(drop)
}

fn check_smtp_url(text: &str) -> Result<(), String> {
    let example = "smtp://mail.example.org:587?tls=required";
    let url = urls::parse(text, &["smtp", "smtps"], example)?;
    match url.host_str() {
        Some(host) if !host.is_empty() => Ok(()),
        _ => Err(format!("Its host is missing: it is like {example}.")),
    }
}

#[cfg(test)]
mod tests;
