//! Opens what every command needs: the database, the key file, Bailey.
use crate::{config::Config, failure::Failure, files};
use domain::{
    Bailey, Clock, Parts, Store, Vault,
    files::FileStore,
    mail::Mailer,
    outbound::Outbound,
    platform::vault::{KeyFile, KeyRing},
    workspaces::Workspace,
};
use std::{fs, path::Path};

/// Opens the database and brings its schema up to date.
///
/// # Errors
/// When it can't be reached, or a newer version has been here.
pub async fn store(config: &Config) -> Result<Store, Failure> {
    let file = config.database_url.file();
    if let Some(folder) = file.as_deref().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty()) {
        let what = || format!("Can't make the folder {}", folder.display());
        fs::create_dir_all(folder).map_err(|cause| Failure::System { what: what(), cause })?;
    }
    let store = Store::open(config.database_url.expose(), config.database_pooling).await?;
    store.migrate().await?;
    Ok(store)
}

/// Opens the database as it is; `None` when there is none yet. Nothing is made or changed.
///
/// # Errors
/// When it can't be read.
pub async fn existing_store(config: &Config) -> Result<Option<Store>, Failure> {
    if config.database_url.file().is_some_and(|file| !file.exists()) {
        return Ok(None);
    }
    Ok(Some(Store::open(config.database_url.expose(), config.database_pooling).await?))
}

/// Looks whether the key file of a database that was used before can be used.
///
/// # Errors
/// When it is missing, damaged, or others can read it.
pub fn look_at_key(config: &Config) -> Result<(), Failure> {
    vault(&config.secret_key_file, false).map(drop)
}

/// Opens Bailey with its default workspace.
///
/// # Errors
/// When the database or the key file can't be used.
pub async fn bailey(config: &Config) -> Result<(Bailey, Workspace), Failure> {
    with(config, Clock::System, mailer(config)?).await
}

/// Opens Bailey at a time, and with a way out for mail, that are not the configuration's.
///
/// # Errors
/// As [`bailey`].
pub async fn with(config: &Config, clock: Clock, mailer: Mailer) -> Result<(Bailey, Workspace), Failure> {
    let store = store(config).await?;
    let first_start = store.read().await?.first_workspace().await?.is_none();
    let vault = vault(&config.secret_key_file, first_start)?;
    let bailey = Bailey::new(Parts {
        mailer,
        store,
        clock,
        vault,
        files: FileStore::new(&config.data_dir.join("files")),
        hash_concurrency: config.hash_concurrency,
        hash_wait: config.hash_wait,
        origin: config.public_url.origin(),
        outbound: Outbound::new(config.outbound_allow.clone(), config.outbound_authorities.clone()),
        avatar_server: config.gravatar_url.clone(),
        safe_mode: config.safe_mode,
    })?;
    if first_start {
        bailey.keys().adopt().await?;
    }
    bailey.keys().check().await??;
    let workspace = bailey.workspaces().default(config.public_url.host()).await?;
    Ok((bailey, workspace))
}

/// Returns the way out for mail: the server that was configured, or a folder.
fn mailer(config: &Config) -> Result<Mailer, Failure> {
    let from = config.mail_from.clone();
    match &config.smtp_url {
        Some(url) => Mailer::smtp(url.expose(), &config.smtp_helo, from)
            .map_err(|cause| Failure::Mail { source_name: url.source().to_owned(), cause }),
        None => Ok(Mailer::folder(&config.data_dir.join("mail"), from)),
    }
}

/// Reads the key file; makes it at the very first start, and never again: with other keys every stored secret would
/// be lost without a word.
fn vault(path: &Path, first_start: bool) -> Result<Vault, Failure> {
    let file = KeyFile::new(path);
    if let Some(problem) = files::key_is_exposed(path) {
        return Err(file.problem(problem).into());
    }
    let ring = match file.read()? {
        Some(ring) => ring,
        None if first_start => {
            let ring = KeyRing::draw()?;
            file.make(&ring)?;
            ring
        }
        None => {
            return Err(file
                .problem("is missing, but the database was used before. Put the file back: without it, authenticator apps and recovery codes can't be read.")
                .into());
        }
    };
    Ok(Vault::of_file(file, ring))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_key_is_made_once_and_only_its_owner_can_read_it() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let path = dir.path().join("data/secret.key");
        assert!(vault(&path, true).is_ok());
        let made = fs::read_to_string(&path).expect("it was made");
        assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
        assert!(vault(&path, true).is_ok());
        assert_eq!(fs::read_to_string(&path).expect("it is still there"), made);
    }

    /// Fails when `vault` no longer asks `files::key_is_exposed`.
    #[test]
    fn a_key_that_others_can_read_is_refused_with_what_helps() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let path = dir.path().join("secret.key");
        assert!(vault(&path, true).is_ok());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("it is ours");
        let said = vault(&path, false).err().expect("others can read it").to_string();
        assert!(said.contains("(mode 644)") && said.contains(&format!("chmod 600 {}", path.display())), "{said}");
    }

    #[test]
    fn a_lost_key_is_not_replaced_and_a_damaged_one_is_named() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let path = dir.path().join("secret.key");
        let lost = vault(&path, false).err().expect("there is no key").to_string();
        assert!(lost.contains("is missing, but the database was used before"), "{lost}");
        fs::write(&path, "not a key").expect("it can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it is ours");
        let damaged = vault(&path, false).err().expect("that is no key").to_string();
        assert!(damaged.ends_with("does not hold keys: line 1 is none."), "{damaged}");
    }
}
