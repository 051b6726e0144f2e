//! Activity that is not recorded yet: it is recorded once in a minute, and a session does not end by a minute the earlier
//! for that.
use crate::{Result, bailey::Access};
use policy::{Timestamp, decide::session::RECORD_EVERY_SECONDS, time::Span};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use store::SessionId;

/// When sessions were last seen by this node, later than is recorded. Only who is signed in adds to it, and what a minute
/// has left is recorded.
#[derive(Default)]
pub(crate) struct UnrecordedActivity(Mutex<HashMap<SessionId, Timestamp>>);

impl UnrecordedActivity {
    fn sessions(&self) -> std::sync::MutexGuard<'_, HashMap<SessionId, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When a session was last seen of which so much is recorded.
    pub(super) fn last_seen(&self, session: &SessionId, recorded: Timestamp) -> Timestamp {
        self.sessions().get(session).map_or(recorded, |seen| recorded.max(*seen))
    }

    /// Notes activity that is not worth recording yet.
    pub(super) fn note(&self, session: &SessionId, now: Timestamp) {
        self.sessions().insert(session.clone(), now);
    }

    /// Forgets what was recorded, unless there was more of it since.
    fn forget(&self, session: &SessionId, recorded: Timestamp) {
        let mut sessions = self.sessions();
        if sessions.get(session).is_some_and(|seen| *seen <= recorded) {
            sessions.remove(session);
        }
    }

    /// What was seen at this instant or before.
    fn until(&self, until: Timestamp) -> Vec<(SessionId, Timestamp)> {
        let sessions = self.sessions();
        sessions.iter().filter(|(_, seen)| **seen <= until).map(|(session, seen)| (session.clone(), *seen)).collect()
    }
}

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
