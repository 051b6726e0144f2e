//! Activity that is not recorded yet: it is recorded once in a minute, and a session does not end by a minute the earlier
//! for that.
use policy::Timestamp;
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
    pub(super) fn forget(&self, session: &SessionId, recorded: Timestamp) {
        let mut sessions = self.sessions();
        if sessions.get(session).is_some_and(|seen| *seen <= recorded) {
            sessions.remove(session);
        }
    }

    /// What was seen at this instant or before.
    pub(super) fn until(&self, until: Timestamp) -> Vec<(SessionId, Timestamp)> {
        let sessions = self.sessions();
        sessions.iter().filter(|(_, seen)| **seen <= until).map(|(session, seen)| (session.clone(), *seen)).collect()
    }
}
