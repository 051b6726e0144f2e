//! `bailey doctor`: is everything as it should be?
use crate::{
    config::{Config, TrustedProxies},
    failure::{Failure, say},
    files,
    front_end::FrontEnd,
    open,
};
use domain::audit::Verdict;
use std::path::Path;

pub async fn run(config: &Config, front_end: &FrontEnd) -> Result<(), Failure> {
    say!("Configuration: read; pages are served for {}.", config.public_url.origin())?;
    say_proxies(config)?;
    let (bailey, workspace) = open::bailey(config).await?;
    say!("Database: {}, schema up to date.", bailey.store().engine())?;
    match bailey.keys().check().await?? {
        Some(key) => say!("Key file: readable; secrets are sealed by the key {key}.")?,
        None => say!("Key file: readable; its one key has no name yet. `bailey key rotate` replaces it.")?,
    }
    say_files(config)?;
    match bailey.clock_warning().await? {
        Some(words) => say!("Clocks: {words}")?,
        None if bailey.store().has_clock() => say!("Clocks: this machine's and the database's agree.")?,
        None => say!("Clocks: this machine's is the only one.")?,
    }
    match bailey.two_factor().passkey_warning(&workspace.id).await? {
        Some(words) => say!("Passkeys: {words}")?,
        None => say!("Passkeys: none was made for another host.")?,
    }
    front_end.package().map_err(Failure::Act)?;
    match front_end {
        FrontEnd::Embedded(_) => say!("Front-end: part of the program.")?,
        FrontEnd::Folder(folder) => say!("Front-end: found in {}.", folder.display())?,
    }
    match bailey.audit().verify(&workspace.id).await? {
        Verdict::Whole(entries) => say!("Audit log: {entries} entries, chain whole.")?,
        Verdict::Broken(seq) => {
            return Err(Failure::Act(format!(
                "The audit log is broken at entry {seq}: it was changed outside of Bailey."
            )));
        }
    }
    bailey.store().close().await;
    Ok(())
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
