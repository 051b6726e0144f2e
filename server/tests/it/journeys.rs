//! What takes several pages, several people or some time.
pub mod account_recovery;
pub mod attachments;
pub mod chat;
pub mod claims;
pub mod email_change;
pub mod idea_news;
pub mod ideas;
pub mod invitations;
pub mod lockouts;
pub mod pending_confirmation;
pub mod promotion;
pub mod registration;
pub mod reports;
pub mod reset;
pub mod self_lockout;
