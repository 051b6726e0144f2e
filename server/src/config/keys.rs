//! Every key of the configuration, declared once: flag, variable, default and reference derive from it.
use std::fmt::Write;

/// A key of the configuration.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The name in the file; upper-case behind `BAILEY_` in the environment, with hyphens as a flag.
    pub name: &'static str,
    /// The default; empty where there is none.
    pub default: &'static str,
    /// What it means.
    pub help: &'static str,
    /// Whether its value may hold a secret: it is never shown, and no flag.
    pub secret: bool,
}

// A key is `(long)` where it is a flag as well. One that may hold a secret is none: whoever lists the processes of the
// machine reads flags.
macro_rules! keys {
    ($($name:ident($($flag:ident)?) = $default:literal, $help:literal;)+) => {
        /// Every key of the configuration.
        pub const KEYS: &[Key] = &[$({
            const FLAG: &[&str] = &[$(stringify!($flag))?];
            Key { name: stringify!($name), default: $default, help: $help, secret: FLAG.is_empty() }
        },)+];

        /// Configuration given as flags.
        #[derive(Debug, Clone, Default, clap::Args)]
        #[command(next_help_heading = "Configuration (also BAILEY_… in the environment, or bailey.toml)")]
        pub struct Overrides {
            $($(
                #[doc = $help]
                #[arg($flag, global = true, value_name = "VALUE", hide_short_help = true)]
                pub $name: Option<String>,
            )?)+
        }

        impl Overrides {
            /// Returns the flags that were given.
            pub fn given(&self) -> Vec<(&'static str, String)> {
                [$($((stringify!($flag), stringify!($name), self.$name.clone()),)?)+]
                    .into_iter()
                    .filter_map(|(_, name, value)| Some((name, value?)))
                    .collect()
            }
        }
    };
}

keys! {
    config(long) = "bailey.toml", "The configuration file; the default one may be missing.";
    listen(long) = "127.0.0.1:3000", "Address of the web server.";
    public_url(long) = "http://localhost:3000", "What links start with, over HTTPS anywhere but on localhost; its host is the default workspace's host and the relying party of passkeys. Never taken from a request.";
    database_url() = "", "`sqlite://FILE` or `postgres://USER@HOST/DB`; by default bailey.db in the data folder.";
    database_url_file(long) = "", "A file that holds the database URL.";
    database_pooling(long) = "session", "`transaction` where a pooler stands before PostgreSQL that hands out its connections for a transaction each, as `PgBouncer` does by `pool_mode = transaction`; else `session`.";
    data_dir(long) = "data", "Folder of uploads, captured mail and the generated key.";
    secret_key_file(long) = "", "Key that encrypts secrets at rest; by default secret.key in the data folder, made at the first start.";
    smtp_url() = "", "`smtp://HOST:PORT`, with STARTTLS as `smtp://HOST:PORT?tls=required`, or `smtps://USER:PASS@HOST`. Without it mail is written as `.eml` files into the folder mail of the data folder.";
    smtp_url_file(long) = "", "A file that holds the SMTP URL.";
    smtp_helo(long) = "", "The name by which Bailey greets the mail server, which strict ones look up; by default the host of `public_url`.";
    mail_from(long) = "Bailey <bailey@localhost>", "What mail is sent as.";
    proxy_hops(long) = "", "How many proxies stand before Bailey, 1 to 10, where nobody reaches it past them: the client is that many from the right in X-Forwarded-For, which no client can move. In place of `trusted_proxies`.";
    trusted_proxies(long) = "", "Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: their addresses, or CIDR blocks that hold nothing else, separated by commas.";
    behind_tls(long) = "off", "Whether whoever reaches Bailey came by TLS where no proxy says how by X-Forwarded-Proto. HSTS is sent only where it is known.";
    max_connections(long) = "4096", "How many connections there may be at once, in all; one network that is no trusted proxy may have a sixteenth of them.";
    session_check_is_activity(long) = "off", "Whether GET /api/v1/session, which a reverse proxy asks for each request of an application, keeps a session from idling. What an application fetches by itself then keeps it alive, too.";
    hash_concurrency(long) = "", "Passwords hashed at once, 1 to 1024; by default the number of cores.";
    hash_wait(long) = "5", "How long a password may wait to be looked at, in seconds, 1 to 60, at the pace that was measured; whoever would wait longer is told when to come back. Browsers that a member has signed in from come first.";
    outbound_allow(long) = "", "Addresses that are none of the public network and to which Bailey may connect for what it fetches, such as a service of breached passwords in one's own: CIDR blocks, separated by commas.";
    outbound_ca_file(long) = "", "A file of certificates in PEM: authorities that Bailey trusts beside the system's for what it fetches.";
    gravatar_url(long) = "https://www.gravatar.com/avatar/", "Where pictures of members are asked for while the settings have Gravatar on: an `https://` address of a server of its protocol, without a user. It is told the SHA-256 of an address.";
    metrics_listen(long) = "", "Address of the Prometheus listener; off unless given.";
    safe_mode(long) = "off", "Start with the built-in headers and without the admin allowlist; shown on every admin page.";
    log(long) = "info", "What is logged, as a tracing filter.";
    log_format(long) = "text", "text or json.";
    site_root(long) = "", "Folder of a built front-end, served in place of the one that is part of the program.";
}

/// Writes the reference in `docs/configuration.md`.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Configuration\n\nWritten from the table in `server/src/config/keys.rs`; a test fails when it is stale, and `make docs` writes it anew.\n\nEach key stands in `bailey.toml` under its name, in the environment as `BAILEY_` and the name in capitals, or on the command line as a flag, unless it may hold a secret: flags can be read by whoever lists processes. A flag goes before the environment, the environment before the file. An unknown key is refused.\n\n| key | environment | flag | default | meaning |\n|---|---|---|---|---|\n",
    );
    for key in KEYS {
        let default = if key.default.is_empty() { "none".to_owned() } else { format!("`{}`", key.default) };
        let flag = if key.secret { "none".to_owned() } else { format!("`--{}`", key.name.replace('_', "-")) };
        writeln!(page, "| `{}` | `BAILEY_{}` | {flag} | {default} | {} |", key.name, key.name.to_uppercase(), key.help)
            .expect("writing to a String never fails");
    }
    page
}
