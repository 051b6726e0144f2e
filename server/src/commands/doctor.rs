//! `bailey doctor`: is everything as it should be?
use super::{Failure, open};
use crate::config::Config;
use domain::audit::Verdict;

pub async fn run(config: &Config) -> Result<(), Failure> {
    println!("Configuration: read; pages are served for {}.", config.public_url.origin());
    let (bailey, workspace) = open::bailey(config).await?;
    println!("Database: {}, schema up to date.", bailey.store().engine());
    match bailey.check_key().await?? {
        Some(key) => println!("Key file: readable; secrets are sealed by the key {key}."),
        None => println!("Key file: readable; its one key has no name yet. `bailey key rotate` replaces it."),
    }
    match bailey.clock_warning().await? {
        Some(words) => println!("Clocks: {words}"),
        None if bailey.store().has_clock() => println!("Clocks: this machine's and the database's agree."),
        None => println!("Clocks: this machine's is the only one."),
    }
    match bailey.passkey_warning(&workspace.id).await? {
        Some(words) => println!("Passkeys: {words}"),
        None => println!("Passkeys: none was made for another host."),
    }
    let front_end = config.site_root.join("pkg");
    if front_end.is_dir() {
        println!("Front-end: found in {}.", config.site_root.display());
    } else {
        return Err(Failure::Act(format!(
            "The front-end is missing: {} has no pkg folder. Build it with `make build`, or set BAILEY_SITE_ROOT.",
            config.site_root.display()
        )));
    }
    match bailey.verify_audit_log(&workspace.id).await? {
        Verdict::Whole(entries) => println!("Audit log: {entries} entries, chain whole."),
        Verdict::Broken(seq) => {
            return Err(Failure::Act(format!(
                "The audit log is broken at entry {seq}: it was changed outside of Bailey."
            )));
        }
    }
    bailey.store().close().await;
    Ok(())
}
