//! `bailey rescue`: the way back in from the server's console.
use super::{Failure, open};
use crate::{cli::Rescue, config::Config};

pub async fn run(config: &Config, command: Rescue) -> Result<(), Failure> {
    let (bailey, workspace) = open::bailey(config).await?;
    match command {
        Rescue::MfaOff => {
            let changes = bailey.rescue_mfa_off(&workspace.id).await?;
            if changes.is_empty() {
                println!("Nothing to do: two-factor authentication was not required of anybody.");
            }
            for change in changes {
                println!("{}", change.in_words());
            }
        }
        Rescue::ResetTwoFactor { email } => {
            bailey.rescue_reset_two_factor(&workspace.id, &email).await?;
            println!("Removed every second factor of {email} and ended their sessions.");
        }
        Rescue::SignInLink { email } => {
            let token = bailey.rescue_sign_in_link(&workspace.id, &email).await?;
            let origin = config.public_url.origin();
            println!("Signs {email} in once, within 60 minutes: {origin}/link/{}", token.expose());
        }
    }
    bailey.store().close().await;
    Ok(())
}
