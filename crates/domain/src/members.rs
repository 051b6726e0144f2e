//! Members: who there is, how they come, and the communities that they belong to.
mod by_address;
pub mod claims;
pub mod communities;
pub mod counts;
mod create;
mod email_change;
mod find;
mod inactivity;
pub mod invitations;
pub mod list;
pub mod registration;
pub mod set_up;

pub(crate) use by_address::{addresses, members_at};
pub use create::NewMember;
pub(crate) use create::{clean_name, clean_text};
pub(crate) use find::{changeable, hold_caller, hold_caller_and, may_sign_in, member_by_typed};
pub use inactivity::InactivityTurn;
