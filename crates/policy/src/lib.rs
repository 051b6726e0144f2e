//! The typed security settings of a workspace, and every decision taken under them.
//!
//! A policy is a value, and every decision is a pure function of that value and a few facts. This
//! crate therefore does no input or output, holds no clock and draws no randomness; it compiles
//! natively and to WebAssembly, so that the browser and the server judge by the very same code.
//! Fetching the facts, and carrying a decision out, is the business of the crates above.

mod account_status;
pub mod area;
pub mod audience;
pub mod catalogue;
pub mod change;
pub mod community;
pub mod decide;
pub mod email;
pub mod impact;
mod lifespan;
pub mod link_purpose;
pub mod markup;
mod member_counts;
mod member_order;
pub mod pasted;
mod plain_text;
mod reading;
pub mod reason;
pub mod reference;
pub mod review;
pub mod role;
mod route_budget;
pub mod rules;
mod segment;
pub mod setting_link;
pub mod time;
pub mod value;
pub mod words;

pub use account_status::AccountStatus;
pub use area::Area;
pub use catalogue::{Setting, SettingKey, Settings, Violation};
pub use change::Change;
pub use email::EmailAddress;
pub use lifespan::Lifespan;
pub use link_purpose::LinkPurpose;
pub use member_counts::MemberCounts;
pub use member_order::MemberOrder;
pub use plain_text::{TextProblem, plain_text};
pub use reading::{Reading, Unreadable};
pub use reason::{Ended, Refusal};
pub use role::Role;
pub use route_budget::RouteBudget;
pub use segment::MemberSegment;
pub use time::Timestamp;

/// The settings of a workspace as they stood at one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The number of the saved revision, counted from 1 in each workspace; 0 before the first save.
    pub revision: i64,
    /// The typed settings.
    pub settings: Settings,
}
