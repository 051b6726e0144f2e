//! The admin panel.
pub mod audit;
pub mod chat;
pub mod communities;
pub mod community_list;
pub mod community_page;
pub mod confirm;
pub mod everybody;
pub mod general;
pub mod help_requests;
pub mod history;
pub mod invitations;
pub mod lockouts;
pub mod mail;
pub mod member_data;
pub mod members;
pub mod overview;
pub mod settings;
