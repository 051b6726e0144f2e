//! By what somebody proves who they are: a password, and second factors.
pub mod passwords;
pub mod two_factor;
