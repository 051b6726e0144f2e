//! Who makes a request, and may it go on?
mod admit;
mod allowlist_audit;
mod caller;
mod pending_confirmation;
mod request;
mod self_impact;

pub use admit::{Admission, Pass};
pub(crate) use allowlist_audit::WatchedVisits;
pub use caller::{Caller, Who};
pub use request::{AdmissionRequest, Client};
