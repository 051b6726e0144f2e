//! The REST API.
pub mod policy;
pub mod session;
