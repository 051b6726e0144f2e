//! What is known of whether a file takes writes.
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// For how long a look is good.
const GOOD_FOR: Duration = Duration::from_secs(5);

/// What was found last.
#[derive(Debug, Clone, Default)]
pub struct Writability(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Whether a write was refused since one went through.
    refused: bool,
    /// When somebody last looked, or is looking.
    looked_at: Option<Instant>,
}

/// What there is to do for whoever wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Nothing: somebody has just looked, and found this.
    Known(bool),
    /// Begin a write.
    Lightly,
    /// Write: one was refused, and only another one that goes through tells that it would be no more.
    Thoroughly,
}

impl Writability {
    /// What there is to do at an instant; whoever is told to look is the only one for a while.
    pub fn to_look(&self, now: Instant) -> Look {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.looked_at.is_some_and(|at| now.saturating_duration_since(at) < GOOD_FOR) {
            return Look::Known(!state.refused);
        }
        state.looked_at = Some(now);
        if state.refused { Look::Thoroughly } else { Look::Lightly }
    }

    /// What was found last.
    pub fn last(&self) -> bool {
        !self.0.lock().unwrap_or_else(PoisonError::into_inner).refused
    }

    /// Notes whether a write went through.
    pub fn note(&self, writable: bool) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).refused = !writable;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when each probe looks, or what was refused is believed to go through without a write that does.
    #[test]
    fn a_file_is_looked_at_every_few_seconds_and_written_to_only_after_a_refusal() {
        let (known, start) = (Writability::default(), Instant::now());
        let at = |millis| start + Duration::from_millis(millis);
        assert_eq!(known.to_look(at(0)), Look::Lightly);
        assert_eq!([known.to_look(at(0)), known.to_look(at(4_999))], [Look::Known(true); 2]);
        known.note(false);
        assert_eq!(known.to_look(at(4_999)), Look::Known(false), "a refusal is known at once");
        assert_eq!(known.to_look(at(5_000)), Look::Thoroughly);
        assert_eq!(known.to_look(at(5_001)), Look::Known(false));
        known.note(true);
        assert_eq!(known.to_look(at(5_002)), Look::Known(true));
        assert_eq!(known.to_look(at(10_000)), Look::Lightly);
    }
}
