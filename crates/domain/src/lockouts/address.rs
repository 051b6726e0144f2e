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
        address_bucket::{AddressBucket, buckets},
        lockout::{self, Guarded, Reserved},
    },
};
use store::Tx;

impl Lockouts<'_> {
    /// A try from the browser's address as each of its buckets counts it, the narrowest first.
    fn address_attempts(
        self,
        workspace: &WorkspaceId,
        guarded: Guarded,
        client: &Client,
    ) -> impl Iterator<Item = (AddressBucket, Attempt)> {
        buckets(client.ip()).into_iter().map(move |bucket| {
            let subject = self.0.vault().hash("tries from an address", &[bucket.to_string().as_bytes()]);
            (bucket, Attempt::new(workspace, guarded, subject, None))
        })
    }

    /// How many tries of a kind from the browser's address count now: those of the bucket that has the most of them, as
    /// if all of it were one party.
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
        let now = self.0.now();
        let mut most = 0;
        for (bucket, attempt) in self.address_attempts(workspace, guarded, client) {
            let seen = self.0.store().attempts(attempt.key()).await?.map(attempts);
            let budget = lockout::budget(settings, guarded).of(bucket);
            if let Some(until) = seen.and_then(|seen| lockout::blocked_until(seen, budget, now)) {
                return Err(refused(&attempt, settings, until, now).into());
            }
            most = most.max(bucket.as_of_one(self.failures(&attempt, seen, settings)));
        }
        Ok(most)
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
        // From narrow to wide, as everybody does: of two who count for the same network neither waits for the other.
        for (bucket, attempt) in self.address_attempts(workspace, guarded, client) {
            let seen = attempts(tx.lock_attempts(&attempt.key, None, now.0).await?);
            let budget = lockout::budget(settings, guarded).of(bucket);
            let Reserved::Granted(counted) = lockout::reserve(seen, 0, budget, now) else {
                // Others of the same moment have filled the budget.
                continue;
            };
            tx.put_attempts(&attempt.key, &to_row(counted)).await?;
            if counted.locked_until.is_some() {
                let entry = Entry::new(Channel::SignIn, "Paused a network address", Actor::Bailey)
                    .from_address(client.address.as_deref())
                    .with("network", bucket.to_string())
                    .with("setting", SettingKey::LOCKOUT_SIGN_IN_ATTEMPTS.as_str());
                self.0.audit().record(tx, workspace, entry).await?;
            }
        }
        Ok(())
    }
}
