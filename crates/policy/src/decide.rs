//! Every decision: a pure function of the settings and of facts that the caller has fetched.
pub mod account_status;
pub mod address_bucket;
pub mod breach;
pub mod captcha;
pub mod code;
pub mod confirmation;
pub mod email_code;
pub mod enrolment;
pub mod gate;
pub mod hashing;
pub mod headers;
pub mod link;
pub mod lockout;
pub mod mailbox;
pub mod network;
pub mod outbound;
pub mod passkey_name;
pub mod password;
pub mod promotion;
pub mod quota;
pub mod rank;
pub mod second_step;
pub mod self_lockout;
pub mod session;
pub mod step_up;
pub mod trust;

pub use gate::{Facts, MemberFacts, Visitor, gate};
