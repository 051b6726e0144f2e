//! `bailey doctor`: is everything as it should be?
use super::{Failure, open, say};
use crate::{config::Config, serve};
use domain::audit::Verdict;
use std::path::Path;

pub async fn run(config: &Config) -> Result<(), Failure> {
    say!("Configuration: read; pages are served for {}.", config.public_url.origin())?;
    let (bailey, workspace) = open::bailey(config).await?;
    say!("Database: {}, schema up to date.", bailey.store().engine())?;
    match bailey.check_key().await?? {
        Some(key) => say!("Key file: readable; secrets are sealed by the key {key}.")?,
        None => say!("Key file: readable; its one key has no name yet. `bailey key rotate` replaces it.")?,
    }
    match bailey.clock_warning().await? {
        Some(words) => say!("Clocks: {words}")?,
        None if bailey.store().has_clock() => say!("Clocks: this machine's and the database's agree.")?,
        None => say!("Clocks: this machine's is the only one.")?,
    }
    match bailey.passkey_warning(&workspace.id).await? {
        Some(words) => say!("Passkeys: {words}")?,
        None => say!("Passkeys: none was made for another host.")?,
    }
    front_end(&config.site_root)?;
    match bailey.verify_audit_log(&workspace.id).await? {
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

/// Looks for the very files that pages name.
fn front_end(site_root: &Path) -> Result<(), Failure> {
    let root = site_root.display();
    if !site_root.join("pkg").is_dir() {
        return Err(Failure::Act(format!(
            "The front-end is missing: {root} has no pkg folder. Build it with `make build`, or set BAILEY_SITE_ROOT."
        )));
    }
    for file in app::front_end(&serve::options(site_root)) {
        if !site_root.join(file.trim_start_matches('/')).is_file() {
            return Err(Failure::Act(format!(
                "The front-end in {root} is not that of this program: it has no {file}. Put hash.txt of the same build beside the program, or build both with `make build`."
            )));
        }
    }
    say!("Front-end: found in {root}.")
}
