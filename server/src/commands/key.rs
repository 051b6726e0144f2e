//! `bailey key`: replaces the key that encrypts secrets at rest.
use crate::{
    cli::Key,
    config::Config,
    failure::{Failure, say},
    open,
};

pub async fn run(config: &Config, command: Key) -> Result<(), Failure> {
    let Key::Rotate = command;
    let (bailey, workspace) = open::bailey(config).await?;
    let mut rotation = bailey.keys().begin_rotation(&workspace.id).await?;
    if rotation.resumed {
        say!("Going on with a replacement that was cut off.")?;
    }
    bailey.keys().seal_anew(&mut rotation).await?;
    if !rotation.unreadable.is_empty() {
        return Err(Failure::Act(format!(
            "No key opens {}. The old keys stay in the key file until these are gone (docs/keys.md) and the command is run again.",
            rotation.unreadable.join(", ")
        )));
    }
    bailey.keys().finish_rotation(&workspace.id, &rotation).await?;
    say!(
        "Secrets are sealed by the key {}; encrypted anew: {}. Copy {} to every other node and to your safe place.",
        rotation.key,
        rotation.sealed,
        config.secret_key_file.display()
    )?;
    bailey.store().close().await;
    Ok(())
}
