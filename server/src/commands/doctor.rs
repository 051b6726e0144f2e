//! `bailey doctor`: is everything as it should be?
use crate::{
    config::{Config, TrustedProxies},
    failure::{Failure, say},
    files,
    front_end::FrontEnd,
    open,
};
use domain::{Readiness, Schema, Store, audit::Verdict, credentials::passwords::BreachServiceCheck};
use policy::words;
use std::path::Path;

/// Looks at everything, and changes nothing of what is there: neither the schema of a database nor a file.
pub async fn run(config: &Config, front_end: &FrontEnd) -> Result<(), Failure> {
    say!("Configuration: read; pages are served for {}.", config.public_url.origin())?;
    say_proxies(config)?;
    for words in config.mail_warnings() {
        say!("Mail: {words}")?;
    }
    say_outbound(config)?;
    say_files(config)?;
    let verdict = if let Some(store) = open::existing_store(config).await? {
        look_into(config, store).await?
    } else {
        say!("Database: there is none yet; the first start makes it.")?;
        None
    };
    front_end.package().map_err(Failure::Act)?;
    match front_end {
        FrontEnd::Embedded(_) => say!("Front-end: part of the program.")?,
        FrontEnd::Folder(folder) => say!("Front-end: found in {}.", folder.display())?,
    }
    match verdict {
        Some(Verdict::Whole(entries)) => say!("Audit log: {entries} entries, chain whole.")?,
        Some(Verdict::Broken(seq)) => {
            return Err(Failure::Act(format!(
                "The audit log is broken at entry {seq}: it was changed outside of Bailey."
            )));
        }
        None => {}
    }
    Ok(())
}

/// Looks into a database; returns what is found of the audit log, or `None` where its schema is not that of this version.
async fn look_into(config: &Config, store: Store) -> Result<Option<Verdict>, Failure> {
    let engine = store.engine();
    let schema = store.schema().await?;
    store.close().await;
    match schema {
        Schema::Empty => {
            say!("Database: {engine}, empty; the first start makes the schema.")?;
            Ok(None)
        }
        Schema::Older { missing } => {
            say!(
                "Database: {engine}, with the schema of an earlier version; the next start brings it up to date ({missing} to go). Nothing was changed now, and what is in it is looked at after that."
            )?;
            open::look_at_key(config)?;
            say!("Key file: readable.")?;
            Ok(None)
        }
        Schema::Current => look_into_current(config).await.map(Some),
    }
}

async fn look_into_current(config: &Config) -> Result<Verdict, Failure> {
    let (bailey, workspace) = open::bailey(config).await?;
    say!("Database: {}, schema up to date.", bailey.store().engine())?;
    if bailey.store().readiness().await? == Readiness::ReadOnly {
        say!("Database: it takes no writes just now, as a standby, or a file that is read-only or on a full disk.")?;
    }
    match bailey.keys().check().await?? {
        Some(key) => say!("Key file: readable; secrets are sealed by the key {key}.")?,
        None => say!("Key file: readable; its one key has no name yet. `bailey key rotate` replaces it.")?,
    }
    match bailey.clock_warning().await? {
        Some(words) => say!("Clocks: {words}")?,
        None if bailey.store().has_clock() => say!("Clocks: this machine's and the database's agree.")?,
        None => say!("Clocks: this machine's is the only one.")?,
    }
    if let Some(words) = bailey.instants_ahead().await? {
        say!("Clocks: {words}")?;
    }
    match bailey.two_factor().passkey_warning(&workspace.id).await? {
        Some(words) => say!("Passkeys: {words}")?,
        None => say!("Passkeys: none was made for another host.")?,
    }
    match bailey.passwords().check_breach_service(&workspace.id).await? {
        Some(BreachServiceCheck { service, problem: Some(why) }) => {
            say!(
                "Breached passwords: {service} is no help: {why}. New passwords are held against the built-in list alone."
            )?;
        }
        Some(BreachServiceCheck { service, problem: None }) => say!("Breached passwords: {service} answers.")?,
        None => say!("Breached passwords: no service is asked; the built-in list decides.")?,
    }
    let verdict = bailey.audit().verify(&workspace.id).await?;
    bailey.store().close().await;
    Ok(verdict)
}

/// Says to which addresses Bailey connects for what it fetches, and whom it trusts there.
fn say_outbound(config: &Config) -> Result<(), Failure> {
    match config.outbound_allow.as_slice() {
        [] => say!("Outbound: addresses of the public network alone are connected to for what is fetched.")?,
        blocks => {
            let blocks = blocks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            say!("Outbound: {blocks} may be connected to besides the public network, as outbound_allow says.")?;
        }
    }
    match config.outbound_authorities.count() {
        0 => say!("Outbound: the system's authorities are trusted."),
        count => say!(
            "Outbound: {} of outbound_ca_file {} trusted beside the system's authorities.",
            words::count(i64::try_from(count).unwrap_or(i64::MAX), "certificate"),
            if count == 1 { "is" } else { "are" }
        ),
    }
}

/// Says who else may read what Bailey keeps.
fn say_files(config: &Config) -> Result<(), Failure> {
    let beside = config.database_url.file().as_deref().and_then(Path::parent) == config.secret_key_file.parent();
    if beside {
        say!(
            "Key file: lies beside the database, so that a copy of the folder holds both; keep it elsewhere, named by secret_key_file."
        )?;
    }
    for path in files::open_to_everybody(config) {
        say!("Files: every account of this machine can read {0}; take that away: chmod go-rwx {0}", path.display())?;
    }
    Ok(())
}

/// Says whose forwarding headers are believed, and what is wrong with that.
fn say_proxies(config: &Config) -> Result<(), Failure> {
    for words in config.trusted_proxies.warnings() {
        say!("Proxies: {words}")?;
    }
    let nobody_trusted = matches!(&config.trusted_proxies, TrustedProxies::In(blocks) if blocks.is_empty());
    if config.public_url.is_https() && !config.behind_tls && nobody_trusted {
        say!(
            "TLS: nobody who is trusted says that clients come by it, so HSTS is not sent. Give behind_tls = on, or the proxy in trusted_proxies."
        )?;
    }
    match &config.trusted_proxies {
        TrustedProxies::Hops(proxies) => {
            say!("Proxies: the client is number {proxies} from the right in X-Forwarded-For, whoever connects.")
        }
        TrustedProxies::In(blocks) if !blocks.is_empty() => {
            say!("Proxies: {} are believed.", blocks.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        // Bailey speaks no TLS, so something before it does.
        TrustedProxies::In(_) if config.public_url.is_https() => say!(
            "Proxies: none is trusted, though the public URL is https, so one stands before Bailey: everybody behind it counts as one address. Give proxy_hops or trusted_proxies."
        ),
        TrustedProxies::In(_) => say!("Proxies: none is trusted; the client is whoever connects."),
    }
}
