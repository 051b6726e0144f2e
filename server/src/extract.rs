//! What a handler takes from a request: who asks, what a form or an address holds.
mod asked_query;
mod fields;
mod gated_request;
mod id;
mod pending_sign_in;
mod signed_in;
mod upload;

pub use asked_query::AskedQuery;
pub use fields::{Fields, unreadable_form};
pub use gated_request::GatedRequest;
pub use id::Id;
pub use pending_sign_in::PendingSignIn;
pub use signed_in::SignedIn;
pub use upload::{ReceivedForm, receive};
