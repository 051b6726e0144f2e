//! My profile.
pub mod details;
mod idea_mails;
pub mod password;
pub mod policies;
pub mod sessions;
pub mod two_factor;
