//! Who makes a request, and may it go on?
mod activity;
mod admit;
mod allowlist_audit;
mod blocked_strangers;
mod caller;
mod pending_confirmation;
mod request;
mod self_impact;
mod unrecorded_activity;
mod watched_visits;

pub use admit::{Admission, Pass};
pub(crate) use blocked_strangers::BlockedStrangers;
pub use caller::{Caller, Who};
pub use request::{AdmissionRequest, Client};
pub(crate) use unrecorded_activity::UnrecordedActivity;
pub(crate) use watched_visits::WatchedVisits;
