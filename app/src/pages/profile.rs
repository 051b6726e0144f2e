//! My profile.
pub mod details;
pub mod policies;
pub mod sessions;
pub mod two_factor;
