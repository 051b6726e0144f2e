//! Who makes a request.
use super::request::Client;
use crate::{MemberId, SessionId, WorkspaceId};
use policy::{
    Area, EmailAddress, Policy, Refusal, Role, SettingKey, Timestamp,
    decide::{
        Facts, MemberFacts, Visitor,
        enrolment::{self, Factors},
        gate,
        password::PasswordFacts,
        session::SessionTimes,
        step_up,
    },
};
use std::sync::Arc;

/// Who somebody is, for the page's header; no proof of anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: EmailAddress,
    /// Their role.
    pub role: Role,
}

/// A signed-in member whose request has passed the gate. It can't be made outside of this room, so an act
/// that takes a `Caller` can't be reached around the gate.
#[derive(Debug, Clone)]
pub struct Caller {
    pub(super) workspace: WorkspaceId,
    pub(super) member: MemberId,
    pub(super) session: SessionId,
    pub(super) who: Who,
    pub(super) facts: MemberFacts,
    pub(super) policy: Arc<Policy>,
    pub(super) in_force: Arc<Policy>,
    pub(super) client: Client,
    pub(super) proved_at: Option<Timestamp>,
    pub(super) token_since: Option<Timestamp>,
    pub(super) now: Timestamp,
}

impl Caller {
    /// Their workspace.
    pub const fn workspace(&self) -> &WorkspaceId {
        &self.workspace
    }

    /// What of the policy holds.
    pub(crate) fn in_force(&self) -> &Policy {
        &self.in_force
    }

    /// The member.
    pub const fn member(&self) -> &MemberId {
        &self.member
    }

    /// The session of this request.
    pub const fn session(&self) -> &SessionId {
        &self.session
    }

    /// Name, address and role.
    pub const fn who(&self) -> &Who {
        &self.who
    }

    /// Their address.
    pub const fn email(&self) -> &EmailAddress {
        &self.who.email
    }

    /// Their role.
    pub const fn role(&self) -> Role {
        self.who.role
    }

    /// Their confirmed second factors.
    pub const fn factors(&self) -> Factors {
        self.facts.factors
    }

    /// The policy under which the request passed the gate.
    pub const fn policy(&self) -> &Arc<Policy> {
        &self.policy
    }

    /// The browser.
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// The browser's address.
    pub fn address(&self) -> Option<&str> {
        self.client.address.as_deref()
    }

    /// Asks the gate about another area than the one the request came for, as when a page renders
    /// the data of a server function in place.
    ///
    /// # Errors
    /// Says why the caller may not go there.
    pub fn may_enter(&self, area: Area) -> std::result::Result<&Self, Refusal> {
        gate(&self.in_force, &self.asking(area)).map(|()| self)
    }

    pub(super) fn asking(&self, area: Area) -> Facts {
        Facts { area, visitor: Visitor::Member(self.facts), now: self.now, address: self.client.ip() }
    }

    /// Until when they may postpone enrolling, where they have to and have not, and the switch that asks for it.
    pub fn enrols_until(&self) -> Option<(Timestamp, SettingKey)> {
        let by = enrolment::enough(&self.in_force.settings, self.facts.role, self.facts.factors).err()?.setting()?;
        Some((enrolment::grace_until(&self.in_force.settings, self.facts.enrolment_asked_at, self.now)?, by))
    }

    /// Have they proved lately who they are?
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`] when not.
    pub fn is_fresh(&self) -> std::result::Result<(), Refusal> {
        step_up::fresh(&self.in_force.settings, self.proved_at, self.now)
    }

    /// What is known of their password.
    pub const fn password(&self) -> PasswordFacts {
        self.facts.password
    }

    /// The times of the session.
    pub const fn times(&self) -> SessionTimes {
        self.facts.times
    }

    /// When the session's token took the place of another, in milliseconds; `None` for its first one.
    pub(crate) const fn token_since(&self) -> Option<Timestamp> {
        self.token_since
    }
}
