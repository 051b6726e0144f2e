//! Members: who there is, how they come, and the communities that they belong to.
pub mod claims;
pub mod communities;
pub mod counts;
mod create;
pub mod list;
pub mod set_up;

pub use create::NewMember;
pub(crate) use create::{changeable, clean_name, member_by_typed, member_here};
