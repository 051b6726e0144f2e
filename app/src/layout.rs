//! What stands around every page.
mod account_menu;
pub mod auth_layout;
mod bell;
pub mod footer;
mod header;
pub mod heading;
pub mod icon;
mod links;
pub mod member_layout;
mod tabs;
pub mod theme;
mod title;
pub mod waits;
mod workspace_mark;
