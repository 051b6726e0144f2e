//! Recording what people do: seldom, since each record is a write, and yet before another node needs it.
use crate::{Result, bailey::Access};
use policy::{Timestamp, decide::session::RECORD_EVERY_SECONDS, time::Span};
use store::SessionId;

impl Access<'_> {
    /// Records activity at an instant.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub(super) async fn record_seen(self, session: &SessionId, at: Timestamp) -> Result<()> {
        self.0.store().touch_session(session, at.0).await?;
        self.0.unrecorded_activity().forget(session, at);
        Ok(())
    }

    /// Records what nobody has followed up within a minute, so that other nodes learn of it.
    ///
    /// # Errors
    /// When the database can't be reached; what is left is recorded the next time.
    pub async fn record_activity(self) -> Result<()> {
        self.record_until(self.0.now() - Span::seconds(RECORD_EVERY_SECONDS)).await
    }

    /// Records whatever is not recorded yet, before Bailey stops.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn record_all_activity(self) -> Result<()> {
        self.record_until(self.0.now()).await
    }

    async fn record_until(self, until: Timestamp) -> Result<()> {
        for (session, seen) in self.0.unrecorded_activity().until(until) {
            self.record_seen(&session, seen).await?;
        }
        Ok(())
    }
}
