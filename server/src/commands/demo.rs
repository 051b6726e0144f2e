//! `bailey demo`: a made-up workspace, to look at Bailey with people in it. What they do goes through the same acts as
//! what real people do, at the hours at which it would have been.
mod cast;
mod month;
mod stage;
mod workspace;

use crate::{
    config::Config,
    failure::{Failure, say},
    open,
};
use cast::{ADA, PASSWORD};
use domain::{Clock, mail::Mailer};
use policy::time::Span;
use stage::Stage;

/// Fills a workspace that has no members.
///
/// # Errors
/// When it has any, or the database can't be used.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let clock = Clock::standing_at(Clock::System.now() - Span::days(month::DAYS));
    // Its people have no mailboxes, whatever mail server is configured.
    let folder = config.data_dir.join("mail");
    let mailer = Mailer::folder(&folder, config.mail_from.clone());
    let (bailey, workspace) = open::with(config, clock.clone(), mailer).await?;
    if bailey.store().read().await?.has_members(&workspace.id).await? {
        return Err(Failure::Act("This workspace has members already. Fill one that is empty.".to_owned()));
    }
    let mut stage = Stage::new(bailey, workspace, clock, folder);
    month::play(&mut stage).await?;
    say!("A workspace with {} people. Sign in as {} with the password: {PASSWORD}", cast::CAST.len(), ADA.email())?;
    stage.close().await;
    Ok(())
}
