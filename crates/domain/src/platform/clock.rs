//! The time, which a test can set.
mod comparison;

use policy::{Timestamp, time::Span};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is moved.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at an instant.
    pub fn standing_at(instant: Timestamp) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(instant.0)))
    }

    /// The time now.
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Self::Manual(at) => Timestamp(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a standing clock forward; the machine's clock takes no orders.
    pub fn advance(&self, span: Span) {
        if let Self::Manual(at) = self {
            at.fetch_add(span.millis(), Ordering::SeqCst);
        }
    }
}
