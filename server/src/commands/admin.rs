//! `bailey admin`: members from the console.
use crate::{
    cli::Admin,
    config::Config,
    failure::{Failure, say},
    open,
};
use domain::members::NewMember;
use policy::plain_text;
use secrecy::SecretString;
use std::io::{self, BufRead, Read};

/// How much of a line is read, in bytes; no password is as long.
const LONGEST: u64 = 64 * 1_024;

pub async fn run(config: &Config, command: Admin) -> Result<(), Failure> {
    let Admin::Create { email, name, password_stdin, role, unconfirmed } = command;
    let (bailey, workspace) = open::bailey(config).await?;
    let name = name.unwrap_or_else(|| email.as_str().split('@').next().unwrap_or_default().to_owned());
    let password = if password_stdin { Some(read_password()?) } else { None };
    let new = NewMember { name: &name, email: email.as_str(), password, role, confirmed: !unconfirmed };
    match bailey.members().create(&workspace.id, new).await? {
        None => say!("Created {email} with the role {role}.")?,
        Some(token) => say!(
            "Created {email} with the role {role}. Sign in once, within 60 minutes: {}/link/{}",
            config.public_url.origin(),
            token.expose()
        )?,
    }
    bailey.store().close().await;
    Ok(())
}

fn read_password() -> Result<SecretString, Failure> {
    let mut line = Vec::new();
    let what = "Can't read the password from standard input";
    let read = io::stdin().lock().take(LONGEST).read_until(b'\n', &mut line);
    read.map_err(|cause| Failure::System { what: what.to_owned(), cause })?;
    let text = plain_text(&line).map_err(|problem| Failure::Act(format!("{what}: {problem}.")))?;
    Ok(SecretString::from(text))
}
