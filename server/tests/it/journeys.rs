//! What takes several pages, several people or some time.
pub mod account_recovery;
pub mod assessments;
pub mod claims;
pub mod conversations;
pub mod email_change;
pub mod invitations;
pub mod lockouts;
pub mod pending_confirmation;
pub mod promotion;
pub mod registration;
pub mod reset;
pub mod self_lockout;
