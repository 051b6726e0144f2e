//! The admin panel.
pub mod audit;
pub mod chat;
pub mod communities;
pub mod confirm;
pub mod general;
pub mod history;
pub mod invitations;
pub mod lockouts;
pub mod mail;
pub mod members;
pub mod overview;
pub mod reports;
pub mod settings;
