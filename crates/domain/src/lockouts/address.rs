//! Attempts from one network address, at whatever they are: whoever goes through many accounts is stopped
//! before a password is looked at, and people whose browsers are known go on.
use super::{Attempt, attempts, refused, to_row};
use crate::{
    Client, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Lockouts,
};
use policy::{
    SettingKey, Settings,
    decide::{
        address_bucket::buckets,
        lockout::{self, Guarded, Reserved},
    },
};
use store::Tx;

impl Lockouts<'_> {
    fn address_attempt(self, workspace: &WorkspaceId, guarded: Guarded, client: &Client) -> Attempt {
        let party = buckets(client.ip()).first().map(ToString::to_string).unwrap_or_default();
        Attempt::new(workspace, guarded, self.0.vault().hash("tries from an address", &[party.as_bytes()]), None)
    }

    /// How many tries of a kind from the browser's address count now.
    ///
    /// # Errors
    /// [`policy::Refusal::AddressPaused`] when they are too many.
    pub(crate) async fn attempts_from_address(
        self,
        workspace: &WorkspaceId,
        guarded: Guarded,
        client: &Client,
        settings: &Settings,
    ) -> Result<u32> {
        let attempt = self.address_attempt(workspace, guarded, client);
        let seen = self.0.store().attempts(attempt.key()).await?.map(attempts);
        let now = self.0.now();
        match seen.and_then(|seen| seen.blocked_until(now)) {
            Some(until) => Err(refused(&attempt, settings, until, now).into()),
            None => Ok(self.failures(&attempt, seen, settings)),
        }
    }

    /// Counts a try from the browser's address that failed, or a mail that was asked for.
    pub(crate) async fn count_for_address(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        guarded: Guarded,
        client: &Client,
        settings: &Settings,
    ) -> Result<()> {
        let now = self.0.now();
        let attempt = self.address_attempt(workspace, guarded, client);
        let seen = attempts(tx.lock_attempts(&attempt.key, None, now.0).await?);
        let Reserved::Granted(counted) = lockout::reserve(seen, 0, lockout::budget(settings, guarded), now) else {
            // Others of the same moment have filled the budget.
            return Ok(());
        };
        tx.put_attempts(&attempt.key, &to_row(counted)).await?;
        if counted.locked_until.is_some() {
            let entry = Entry::new(Channel::SignIn, "Paused a network address", Actor::Bailey)
                .from_address(client.address.as_deref())
                .with("setting", SettingKey::LOCKOUT_SIGN_IN_ATTEMPTS.as_str());
            self.0.audit().record(tx, workspace, entry).await?;
        }
        Ok(())
    }
}
