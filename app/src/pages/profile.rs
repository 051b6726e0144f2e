//! My profile.
pub mod details;
pub mod password;
pub mod policies;
pub mod sessions;
pub mod two_factor;
