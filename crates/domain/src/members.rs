//! Members: who there is, how they come, and the communities that they belong to.
mod by_address;
pub mod claims;
pub mod communities;
mod community_members;
pub mod counts;
mod create;
pub mod details;
mod email_change;
mod erase;
mod find;
mod inactivity;
pub mod invitations;
pub mod list;
mod own_data;
pub mod registration;
mod role;
pub mod set_up;
pub mod several;

pub(crate) use by_address::{addresses, members_at};
pub use create::NewMember;
pub(crate) use create::{clean_name, clean_text};
pub use erase::Erasable;
pub(crate) use find::{
    changeable, hold_caller, hold_caller_and, hold_everybody, may_reach, may_sign_in, member_by_typed,
};
pub use inactivity::InactivityTurn;
