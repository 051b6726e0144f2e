//! The admin panel.
pub mod audit;
pub mod communities;
pub mod community_list;
pub mod community_page;
pub mod confirm;
pub mod general;
pub mod history;
pub mod invitations;
pub mod lockouts;
pub mod mail;
pub mod members;
pub mod overview;
pub mod settings;
