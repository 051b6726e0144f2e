//! Whoever was invited or added, and has not joined yet.
use super::declare::server_function;
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use policy::decide::rank::{self, Authority};
use policy::{Role, Timestamp};
use serde::{Deserialize, Serialize};

/// The list of invitations, or as much of it as is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationsView {
    /// The invitations, the latest first.
    pub invitations: Vec<InvitationView>,
    /// Whoever has asked to join and waits, the first one first.
    pub waiting: Vec<WaitingView>,
    /// How many there are.
    pub all: i64,
    /// How many of their mails still wait to be handed over.
    pub unsent: i64,
}

/// Somebody who was invited or added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// Their identifier in addresses of forms.
    pub id: String,
    /// Their address.
    pub email: String,
    /// Their name; empty where none was given.
    pub name: String,
    /// The role that they get.
    pub role: Role,
    /// Whether they were added at once, and only have to confirm their address.
    pub added: bool,
    /// When they were invited.
    pub invited_at: Timestamp,
    /// The address of who invited them.
    pub invited_by: String,
    /// What their link is good for.
    pub link: LinkState,
    /// Where the mail stands.
    pub mail: MailState,
    /// Whether the person who looks may do anything about it.
    pub may_change: bool,
}

/// Somebody who has asked to join and waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingView {
    /// Their identifier in addresses of forms.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// When they asked.
    pub asked_at: Timestamp,
}

/// Where the mail to somebody stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailState {
    /// It waits to be handed over.
    Waiting,
    /// It was handed over.
    Sent,
    /// It was given up, and why.
    GivenUp(String),
}

/// What the link of somebody is good for who has not joined yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkState {
    /// It works until an instant; `None` when it never lapses.
    Works(Option<Timestamp>),
    /// It has lapsed.
    Lapsed,
    /// Whoever invited them may no longer give the role.
    Void,
}

server_function! {
    /// Loads whoever was invited or added and has not joined yet.
    "invitations/load" in Admin as caller;
    pub async fn load_invitations() -> Result<InvitationsView, ApiError> {
        let (found, counts) = context().bailey.members().invitations(&caller).await.map_err(fail)?;
        let invitations = found.into_iter().map(|found| InvitationView::of(&caller, found)).collect();
        let waiting = context().bailey.members().waiting_registrations(&caller).await.map_err(fail)?;
        let waiting = waiting.into_iter().map(|asked| WaitingView {
            id: asked.member_id.to_string(),
            name: asked.name,
            email: asked.email,
            asked_at: asked.asked_at,
        });
        Ok(InvitationsView { invitations, waiting: waiting.collect(), all: counts.all, unsent: counts.unsent })
    }
}

#[cfg(feature = "ssr")]
impl InvitationView {
    fn of(caller: &domain::Caller, found: domain::members::invitations::Invitation) -> Self {
        use domain::{
            members::invitations::{InvitationLink, Joining},
            outbox::DeliveryState,
        };
        Self {
            may_change: rank::may_reach(Authority::Member(caller.role()), found.role).is_ok(),
            id: found.id.to_string(),
            email: found.email,
            name: found.name,
            role: found.role,
            added: found.joining == Joining::Added,
            invited_at: found.invited_at,
            invited_by: found.invited_by,
            link: match found.link {
                InvitationLink::Works(until) => LinkState::Works(until),
                InvitationLink::Lapsed => LinkState::Lapsed,
                InvitationLink::Void => LinkState::Void,
            },
            mail: match found.mail {
                Some(DeliveryState::Waiting(..)) => MailState::Waiting,
                Some(DeliveryState::GivenUp(why, _)) => MailState::GivenUp(why),
                // Mails are forgotten some time after they were handed over.
                Some(DeliveryState::Delivered(_)) | None => MailState::Sent,
            },
        }
    }
}
