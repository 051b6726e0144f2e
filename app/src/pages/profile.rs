//! My profile.
pub mod details;
pub mod sessions;
pub mod two_factor;
