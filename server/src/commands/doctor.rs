//! `bailey doctor`: is everything as it should be?
use crate::{
    config::Config,
    failure::{Failure, say},
    front_end::FrontEnd,
    open,
};
use domain::audit::Verdict;

pub async fn run(config: &Config, front_end: &FrontEnd) -> Result<(), Failure> {
    say!("Configuration: read; pages are served for {}.", config.public_url.origin())?;
    let (bailey, workspace) = open::bailey(config).await?;
    say!("Database: {}, schema up to date.", bailey.store().engine())?;
    match bailey.keys().check().await?? {
        Some(key) => say!("Key file: readable; secrets are sealed by the key {key}.")?,
        None => say!("Key file: readable; its one key has no name yet. `bailey key rotate` replaces it.")?,
    }
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
