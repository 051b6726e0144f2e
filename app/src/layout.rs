//! What stands around every page.
pub mod auth_layout;
pub mod footer;
mod header;
pub mod heading;
mod icon;
pub mod member_layout;
mod tabs;
mod title;
