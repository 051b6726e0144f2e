//! Server functions by area: adapters that take the caller, make one call and map the error.
pub mod assessments;
pub mod attachments;
pub mod audit;
pub mod chat;
pub mod client;
pub mod communities;
pub mod community;
pub mod conversations;
pub mod declare;
pub mod first_steps;
pub mod help_requests;
pub mod history;
pub mod home;
pub mod ideas;
pub mod invitations;
pub mod lockouts;
pub mod mail;
pub mod member_data;
pub mod members;
pub mod passkeys;
pub mod policies;
pub mod profile;
pub mod reports;
#[cfg(feature = "ssr")]
pub mod serve;
pub mod settings;
pub mod waiting;
pub mod workspace;

use serde::{Deserialize, Serialize};

/// One value before and after, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// The setting's key or the field's name.
    pub key: String,
    /// The setting's label.
    pub label: String,
    /// Before, in words.
    pub from: String,
    /// After, in words.
    pub to: String,
    /// Whether the value after protects less.
    pub weakens: bool,
}
