//! What takes several pages, several people or some time.
pub mod account_recovery;
pub mod chat;
pub mod claims;
pub mod email_change;
pub mod everybodys_sessions;
pub mod help_requests;
pub mod idea_news;
pub mod ideas;
pub mod invitations;
pub mod lockouts;
pub mod own_data;
pub mod pending_confirmation;
pub mod promotion;
pub mod registration;
pub mod reset;
pub mod second_step_links;
pub mod self_lockout;
