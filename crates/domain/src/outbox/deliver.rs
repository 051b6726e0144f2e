//! Hands over what is due, and tries what was not handed over again.
use super::{Kind, Undelivered};
use crate::{Result, bailey::Outbox, platform::unit_of_work::unit_of_work};
use store::DueRow;

/// What a thing waits for that this node can't read.
const NO_KEY: &str = "This node's key file lacks the key that it was sealed with.";

impl Outbox<'_> {
    /// Hands over what is due of a kind; returns how many were.
    ///
    /// # Errors
    /// When the database can't be reached; what the other system says is noted beside each.
    pub(crate) async fn deliver_due<K: Kind>(self) -> Result<usize> {
        let now = self.0.now();
        // An idle outbox is only read, so that it costs the one writer nothing.
        let latest = (now + K::RETRIES.longest_wait()).0;
        if !self.0.store().read().await?.has_due(K::TABLE, now.0, latest).await? {
            return Ok(0);
        }
        let due = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let due = tx.lease_due(K::TABLE, now.0, (now + K::RETRIES.lease).0, K::RETRIES.at_once, latest).await?;
            tx.commit().await?;
            Ok(due)
        });
        let due = due.await?;
        let mut delivered = 0;
        for row in due {
            delivered += usize::from(self.deliver::<K>(row).await?);
        }
        Ok(delivered)
    }

    async fn deliver<K: Kind>(self, row: DueRow) -> Result<bool> {
        let DueRow { id, recipient, payload, tries } = row;
        let opened = self.0.vault().open(&K::place(&id), &payload).ok();
        let outcome = match opened.and_then(|bytes| serde_json::from_slice::<K>(&bytes).ok()) {
            Some(what) => what.hand_over(self.0, &id, &recipient).await,
            // Another node may have the key, or this one gets it yet.
            None if self.0.vault().lacks_key_of(&payload) && tries < K::RETRIES.most => {
                Err(Undelivered { words: NO_KEY.to_owned(), permanent: false })
            }
            None => {
                let words = "It can't be read: the key file is another one.".to_owned();
                Err(Undelivered { words, permanent: true })
            }
        };
        if let Err(problem) = &outcome {
            tracing::warn!(table = ?K::TABLE, id, %problem, "something was not handed over");
        }
        let now = self.0.now();
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            match &outcome {
                Ok(()) => tx.note_delivered(K::TABLE, &id, now.0).await?,
                Err(problem) => {
                    let words: String = problem.words.chars().take(300).collect();
                    if problem.permanent || tries >= K::RETRIES.most {
                        tx.note_given_up(K::TABLE, &id, &words, now.0).await?;
                    } else {
                        tx.note_delayed(K::TABLE, &id, &words, (now + K::RETRIES.pause(tries)).0).await?;
                    }
                }
            }
            tx.commit().await?;
            Ok(outcome.is_ok())
        })
        .await
    }
}
