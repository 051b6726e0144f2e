//! `bailey rescue`: the way back in from the server's console.
use crate::{
    cli::Rescue,
    config::Config,
    failure::{Failure, say},
    open,
};
use domain::rescue::Rescued;

pub async fn run(config: &Config, command: Rescue) -> Result<(), Failure> {
    let (bailey, workspace) = open::bailey(config).await?;
    match command {
        Rescue::AllowlistOff => {
            let done = bailey.rescue().allowlist_off(&workspace.id).await?;
            tell(&done, "Nothing to do: the admin IP allowlist was off.")?;
        }
        Rescue::MfaOff => {
            let done = bailey.rescue().mfa_off(&workspace.id).await?;
            tell(&done, "Nothing to do: two-factor authentication was not required of anybody.")?;
        }
        Rescue::Revert => match bailey.policies().revert_from_console(&workspace.id).await? {
            Some(revision) => reverted(revision)?,
            None => say!("Nothing to do: no change waits to be confirmed.")?,
        },
        Rescue::Unlock { email } => {
            bailey.lockouts().unlock_from_console(&workspace.id, &email).await?;
            say!("Unlocked {email}.")?;
        }
        Rescue::ResetTwoFactor { email } => {
            bailey.rescue().reset_two_factor(&workspace.id, &email).await?;
            say!("Removed every second factor of {email} and ended their sessions.")?;
        }
        Rescue::SignInLink { email } => {
            let token = bailey.rescue().sign_in_link(&workspace.id, &email).await?;
            let origin = config.public_url.origin();
            say!("Signs {email} in once, within 60 minutes: {origin}/link/{}", token.expose())?;
        }
    }
    bailey.store().close().await;
    Ok(())
}

fn reverted(revision: i64) -> Result<(), Failure> {
    say!("Put back the settings that revision {revision} had changed and that waited to be confirmed.")
}

fn tell(done: &Rescued, nothing: &str) -> Result<(), Failure> {
    if let Some(revision) = done.reverted {
        reverted(revision)?;
    }
    if done.changes.is_empty() {
        say!("{nothing}")?;
    }
    for change in &done.changes {
        say!("{}", change.in_words())?;
    }
    Ok(())
}
