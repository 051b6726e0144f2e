//! What stands around every page.
pub mod auth_layout;
pub mod footer;
pub mod header;
pub mod heading;
mod icon;
pub mod member_layout;
mod title;
