//! Second factors: enrol, use, remove. The kinds stand in a file each.
mod assertion;
mod attempts;
mod authenticator;
mod carried_challenge;
mod email_code;
mod emailed_link;
pub mod help;
mod passkey;
mod passkey_sign_in;
mod recovery;
mod relying_party;
mod reset;
mod step_up;

pub use authenticator::PendingAuthenticator;
pub(crate) use authenticator::place_of_secret;
pub use passkey::PasskeyChallenge;
pub use store::PasskeyRow;

use crate::{
    Caller, Result, Token,
    audit::{Actor, Channel, Entry},
    bailey::TwoFactor,
};
use policy::Timestamp;

/// The second factors of the caller.
#[derive(Debug, Clone)]
pub struct Overview {
    /// When the confirmed authenticator app was added, and when it was last used.
    pub authenticator: Option<(Timestamp, Option<Timestamp>)>,
    /// An app that waits for its first code, while the latest proof of who its owner is counts as fresh.
    pub pending: Option<PendingAuthenticator>,
    /// Whether one waits whose secret is not shown, since that proof is too old.
    pub pending_hidden: bool,
    /// The passkeys, oldest first.
    pub passkeys: Vec<PasskeyRow>,
    /// Recovery codes that were not used yet.
    pub recovery_codes_left: u32,
    /// Whether the member has chosen to get codes by e-mail.
    pub email_codes: bool,
}

/// A factor was enrolled: the session has a new token, and there may be fresh recovery codes.
#[derive(Debug, Clone)]
pub struct Enrolled {
    /// The new token of the caller's session.
    pub session: Token,
    /// Fresh recovery codes, shown this once; empty when the member has some already.
    pub recovery_codes: Vec<String>,
}

impl TwoFactor<'_> {
    /// The second factors of the caller.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn overview(self, caller: &Caller) -> Result<Overview> {
        let mut tx = self.0.store().read().await?;
        let member = caller.member();
        let authenticator = tx.authenticator(member).await?;
        let begun = self.begun(&mut tx, caller).await?;
        let pending_hidden = begun.is_some() && caller.is_fresh().is_err();
        let pending = match begun.filter(|_| !pending_hidden) {
            Some(row) => {
                let workspace = tx.workspace(caller.workspace()).await?.map(|row| row.name).unwrap_or_default();
                Some(self.describe_pending(caller, &row.secret, &workspace)?)
            }
            None => None,
        };
        let passkeys = tx.passkeys_of(member).await?;
        let left = tx.recovery_codes_left(member).await?;
        let email_codes = tx.member(member).await?.is_some_and(|row| row.email_codes);
        Ok(Overview {
            email_codes,
            authenticator: authenticator.map(|row| (row.added_at, row.last_used_at)),
            pending,
            pending_hidden,
            passkeys,
            recovery_codes_left: u32::try_from(left).unwrap_or(0),
        })
    }
}

fn by(caller: &Caller, action: &'static str) -> Entry {
    Entry::new(Channel::TwoFactor, action, Actor::Member(caller.email().clone())).from_address(caller.address())
}
