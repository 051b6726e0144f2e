//! What people and operators do with Bailey, under the policy.
//!
//! A room per feature: each fetches facts, lets [`policy`] decide, and carries the decision out in one
//! unit of work together with its audit entry. No SQL and no HTTP here.

pub mod access;
pub mod analytics;
pub mod assessments;
pub mod audit;
pub mod avatars;
pub mod bailey;
pub mod banner;
pub mod chat;
pub mod conversations;
pub mod credentials;
pub mod files;
pub mod ideas;
pub mod links;
pub mod lockouts;
pub mod mail;
pub mod members;
pub mod outbound;
pub mod outbox;
pub mod platform;
pub mod policies;
pub mod reports;
pub mod rescue;
pub mod saved_forms;
pub mod sessions;
pub mod sign_in;
pub mod waiting;
pub mod workspaces;

pub use access::{Admission, AdmissionRequest, Caller, Client};
pub use bailey::{Bailey, Parts};
pub use platform::{
    clock::Clock,
    error::{Error, Result},
    token::Token,
    vault::Vault,
};
pub use store::{
    AssessmentId, CommunityId, ConversationId, FileId, IdeaId, MemberId, PasskeyId, Pooling, Readiness, ReportId,
    Schema, SessionId, Store, WorkspaceId,
};
