//! A request before the gate has looked at it.
use crate::{Token, WorkspaceId};
use policy::Area;
use std::net::IpAddr;

/// What is known of the browser behind a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Client {
    /// Its address, canonical; `None` when it can't be told.
    pub address: Option<String>,
    /// What it calls itself.
    pub user_agent: String,
    /// The hash of the cookie by which it is known again.
    pub browser: Option<String>,
    /// The hash of the session token that it brought.
    pub session: Option<String>,
    /// The hash of the token by which it gets back what was typed into it.
    pub form: Option<String>,
}

/// The longest text of a browser's own name that is kept.
const USER_AGENT_LIMIT: usize = 300;

impl Client {
    /// What the browser calls itself, as far as that is kept.
    pub(crate) fn user_agent_to_store(&self) -> String {
        self.user_agent.chars().take(USER_AGENT_LIMIT).collect()
    }

    /// The address as a number.
    pub fn ip(&self) -> Option<IpAddr> {
        self.address.as_deref().and_then(|address| address.parse().ok())
    }
}

/// A request at the gate.
#[derive(Debug, Clone)]
pub struct AdmissionRequest<'a> {
    /// The workspace.
    pub workspace: &'a WorkspaceId,
    /// The part of Bailey that is asked for.
    pub area: Area,
    /// The token of the session cookie.
    pub session: Option<Token>,
    /// The token of the cookie that stands for a sign-in between its two steps.
    pub pending: Option<Token>,
    /// The browser.
    pub client: Client,
    /// Whether a person caused it, so that their session does not idle.
    pub activity: bool,
}

impl AdmissionRequest<'_> {
    /// Whether it keeps a session from idling: what a person caused does, unless it is open to anybody.
    pub(super) fn is_activity(&self) -> bool {
        self.activity && self.area != Area::Public
    }
}
