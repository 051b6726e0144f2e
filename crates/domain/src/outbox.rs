//! Whatever is handed over to another system waits in the database until it was: a node that stops loses none of it.
//! A [`Kind`] says what waits, how it is handed over, and how often and how long that is tried.
mod deliver;

use crate::{
    Result,
    bailey::{Bailey, Outbox},
};
use policy::{Timestamp, time::Span};
use serde::{Serialize, de::DeserializeOwned};
use store::{OutboxTable, Tx};

/// A kind of thing that is handed over. What of it is secret is sealed while it waits.
pub(crate) trait Kind: Serialize + DeserializeOwned + Send + Sync {
    /// Where it waits.
    const TABLE: OutboxTable;
    /// How often and how long it is tried.
    const RETRIES: Retries;

    /// The place that the one with an identifier is sealed for.
    fn place(id: &str) -> String;

    /// Hands it over to its recipient.
    fn hand_over(
        &self,
        bailey: &Bailey,
        id: &str,
        recipient: &str,
    ) -> impl Future<Output = std::result::Result<(), Undelivered>> + Send;
}

/// How often and how long a kind is tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Retries {
    /// How many are leased at once.
    pub at_once: i64,
    /// How long a lease lasts: longer than it may take to hand over all of them one after the other.
    pub lease: Span,
    /// After how many tries one is given up.
    pub most: i64,
    /// The longest pause between two tries; the first one is a minute, and each is twice the one before.
    pub longest_pause: Span,
    /// How long those that were settled stay on the list.
    pub retention: Span,
}

impl Retries {
    /// The longest time for which anything waits.
    fn longest_wait(&self) -> Span {
        // Clocks of nodes differ a little.
        self.longest_pause.max(self.lease).max(Span::minutes(10))
    }

    /// The pause before the next try.
    fn pause(&self, tries: i64) -> Span {
        let doubled = u32::try_from(tries.clamp(1, 20) - 1).ok().and_then(|n| 1_u32.checked_shl(n)).unwrap_or(u32::MAX);
        Span::minutes(doubled.min(1_000)).min(self.longest_pause)
    }
}

/// Why something was not handed over.
#[derive(Debug, thiserror::Error)]
#[error("{words}")]
pub(crate) struct Undelivered {
    /// Why, for an admin.
    pub words: String,
    /// Whether trying again is of no use.
    pub permanent: bool,
}

/// Where something stands that is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryState {
    /// It waits; what kept it so far, and when it is tried next.
    Waiting(Option<String>, Timestamp),
    /// It was handed over.
    Delivered(Timestamp),
    /// It was given up, and why.
    GivenUp(String, Timestamp),
}

impl DeliveryState {
    /// Reads how something stands that was queued at an instant.
    pub(crate) fn read(
        queued_at: i64,
        next_try_at: Option<i64>,
        settled_at: Option<i64>,
        problem: Option<String>,
    ) -> Self {
        let settled_at = Timestamp(settled_at.unwrap_or(queued_at));
        match (next_try_at, problem) {
            (Some(next), problem) => Self::Waiting(problem, Timestamp(next)),
            (None, Some(problem)) => Self::GivenUp(problem, settled_at),
            (None, None) => Self::Delivered(settled_at),
        }
    }
}

impl Outbox<'_> {
    /// Seals what waits under an identifier.
    pub(crate) async fn seal<K: Kind>(self, tx: &mut Tx, id: &str, what: &K) -> Result<String> {
        let bytes = serde_json::to_vec(what).map_err(crate::Error::internal)?;
        self.0.keys().seal(tx, &K::place(id), &bytes).await
    }

    /// Deletes what was settled long ago.
    pub(crate) async fn forget_settled<K: Kind>(self, tx: &mut Tx) -> Result<u64> {
        Ok(tx.delete_settled(K::TABLE, (self.0.now() - K::RETRIES.retention).0).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_double_and_end_at_the_longest() {
        let retries = Retries {
            at_once: 1,
            lease: Span::minutes(10),
            most: 12,
            longest_pause: Span::minutes(240),
            retention: Span::days(30),
        };
        let pauses = [1, 2, 3, 8, 9, 12, 40].map(|n| retries.pause(n).millis() / 60_000);
        assert_eq!(pauses, [1, 2, 4, 128, 240, 240, 240]);
    }
}
