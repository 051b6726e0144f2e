//! Members: who there is, how they come, and the communities that they belong to.
pub mod claims;
pub mod communities;
mod community_members;
pub mod counts;
mod create;
pub mod details;
mod email_change;
mod find;
mod inactivity;
pub mod invitations;
pub mod list;
pub mod registration;
mod role;
pub mod set_up;
pub mod several;

pub use create::NewMember;
pub(crate) use create::{clean_name, clean_text};
pub(crate) use find::{changeable, hold_caller, hold_caller_and, may_sign_in, member_by_typed};
pub use inactivity::InactivityTurn;
