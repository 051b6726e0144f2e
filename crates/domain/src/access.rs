//! Who makes a request, and may it go on? The only place where a [`Caller`] is made.
mod allowlist_audit;
mod pending_confirmation;
mod self_impact;

use crate::{Bailey, MemberId, Result, SessionId, Token, WorkspaceId, sessions::Brought, sign_in::PendingSignIn};
use pending_confirmation::facts;
use policy::{
    Area, EmailAddress, Ended, Policy, Refusal, Role, SettingKey, Timestamp,
    decide::{
        Facts, MemberFacts, Visitor, enrolment,
        enrolment::Factors,
        gate, network,
        password::PasswordFacts,
        session,
        session::{ReplacedToken, SessionTimes},
        step_up,
    },
};
use std::{net::IpAddr, sync::Arc};
use store::AuthenticatedRow;

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
}

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

/// A request that the gate has looked at.
#[derive(Debug, Clone)]
pub struct Admission {
    /// Whether it may go on.
    pub verdict: std::result::Result<Pass, Refusal>,
    /// Who makes it, as far as that is known.
    pub who: Option<Who>,
    /// Why the session of its cookie is over, if there was one.
    pub ended: Option<Ended>,
    /// Whose that session was.
    pub ended_of: Option<MemberId>,
    /// When that live session ends if nothing more happens, and why it would.
    pub ends: Option<(Timestamp, Ended)>,
    /// The policy as saved.
    pub policy: Arc<Policy>,
    /// What of it holds.
    pub in_force: Arc<Policy>,
    /// Whether the admin allowlist leaves the address out, enforced or not.
    pub outside_allowlist: bool,
    /// When the change goes back by itself that keeps this admin from the admin pages, where one does.
    pub auto_revert_at: Option<Timestamp>,
}

/// What a request that may go on is allowed to be.
#[derive(Debug, Clone)]
pub enum Pass {
    /// Anybody.
    Anybody,
    /// Somebody between the two steps of a sign-in.
    PendingSignIn(PendingSignIn),
    /// A signed-in member.
    Member(Caller),
}

/// A signed-in member whose request has passed the gate. It can't be made anywhere else, so an act
/// that takes a `Caller` can't be reached around the gate.
#[derive(Debug, Clone)]
pub struct Caller {
    workspace: WorkspaceId,
    member: MemberId,
    session: SessionId,
    who: Who,
    facts: MemberFacts,
    policy: Arc<Policy>,
    in_force: Arc<Policy>,
    client: Client,
    proved_at: Option<Timestamp>,
    token_since: Option<Timestamp>,
    now: Timestamp,
}

impl Caller {
    /// Their workspace.
    pub const fn workspace(&self) -> &WorkspaceId {
        &self.workspace
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

    fn asking(&self, area: Area) -> Facts {
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

/// A session cookie that was looked up.
enum Found {
    Nothing,
    Ended(Ended, MemberId),
    Live(Box<AuthenticatedRow>),
}

impl Bailey {
    /// Looks a request's cookies up and asks the gate.
    ///
    /// # Errors
    /// When the database can't be reached; a refusal is no error but the [`Admission::verdict`].
    pub async fn admit(&self, request: AdmissionRequest<'_>) -> Result<Admission> {
        let now = self.now();
        let brought = self.session_of(&request, now).await?;
        let revision = match &brought {
            Some(brought) => brought.row.revision,
            None => self.store().revision(request.workspace).await?,
        };
        let policy = self.policy_at(request.workspace, revision).await?;
        let found = match brought {
            Some(Brought { row, spent }) => match judge(row, &policy, now) {
                Found::Live(row) if spent == Some(ReplacedToken::Replayed) => {
                    self.end_copied(&row, &request.client, now).await?;
                    Found::Ended(Ended::TokenReplayed, row.member_id)
                }
                found => found,
            },
            None => Found::Nothing,
        };
        let between = match (&found, &request.pending) {
            (Found::Live(_), _) | (_, None) => None,
            (_, Some(token)) => self.pending_sign_in(request.workspace, token).await?,
        };
        let who = match &found {
            Found::Live(row) => Some(Who { name: row.name.clone(), email: row.email.clone(), role: row.role }),
            _ => None,
        };
        let (ended, ended_of) = match &found {
            Found::Ended(ended, member) => (Some(*ended), Some(member.clone())),
            _ => (None, None),
        };
        let ends = match &found {
            // Whatever is asked for on behalf of a person is activity; what only looks is not.
            Found::Live(row) if request.area != Area::Public => {
                Some(session::ends(&policy.settings, SessionTimes { last_seen_at: now, ..facts(row).times }))
            }
            Found::Live(row) => Some(session::ends(&policy.settings, facts(row).times)),
            _ => None,
        };
        let in_force = self.in_force(&policy);
        let admin = matches!(request.area, Area::Admin | Area::SuperAdmin);
        let outside_allowlist = admin && network::outside(&in_force.settings, request.client.ip());
        let policies = (&policy, &in_force);
        let auto_revert_at = match &found {
            Found::Live(row) => self.auto_revert_at(row, &request.client, &in_force, now).await?,
            _ => None,
        };
        let verdict = self.ask_gate(request, policies, found, between, now).await?;
        Ok(Admission { verdict, who, ended, ended_of, ends, policy, in_force, outside_allowlist, auto_revert_at })
    }

    /// Starts the days of grace of a member of whom enrolment is asked for the first time.
    async fn note_asked(&self, row: &AuthenticatedRow, in_force: &Policy, now: Timestamp) -> Result<()> {
        let facts = facts(row);
        let asked = enrolment::enough(&in_force.settings, facts.role, facts.factors).is_err();
        if asked && facts.enrolment_asked_at.is_none() && enrolment::has_grace(&in_force.settings) {
            let mut tx = self.store().write().await?;
            tx.note_enrolment_asked(&row.member_id, now.0).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn ask_gate(
        &self,
        request: AdmissionRequest<'_>,
        (policy, in_force): (&Arc<Policy>, &Arc<Policy>),
        found: Found,
        between: Option<PendingSignIn>,
        now: Timestamp,
    ) -> Result<std::result::Result<Pass, Refusal>> {
        let visitor = match (&found, &between) {
            (Found::Live(row), _) => Visitor::Member(facts(row)),
            (_, Some(_)) => Visitor::PendingSignIn,
            (Found::Ended(ended, _), None) => Visitor::Ended(*ended),
            (Found::Nothing, None) => Visitor::Nobody,
        };
        if let Found::Live(row) = &found {
            self.note_asked(row, in_force, now).await?;
        }
        let facts_of_request = Facts { area: request.area, visitor, now, address: request.client.ip() };
        if let Err(refusal) = gate(in_force, &facts_of_request) {
            return Ok(Err(refusal));
        }
        if request.area == Area::Public {
            return Ok(Ok(Pass::Anybody));
        }
        let Found::Live(row) = found else {
            return Ok(Ok(between.map_or(Pass::Anybody, Pass::PendingSignIn)));
        };
        let facts = facts(&row);
        if session::worth_recording(facts.times, now) {
            self.store().touch_session(&row.session_id, now.0).await?;
        }
        // This very request is the last activity.
        let facts = MemberFacts { times: SessionTimes { last_seen_at: now, ..facts.times }, ..facts };
        Ok(Ok(Pass::Member(Caller {
            workspace: row.workspace_id,
            member: row.member_id,
            session: row.session_id,
            who: Who { name: row.name, email: row.email, role: row.role },
            facts,
            policy: Arc::clone(policy),
            in_force: Arc::clone(in_force),
            client: request.client,
            proved_at: row.proved_at,
            token_since: row.token_since,
            now,
        })))
    }
}

fn judge(row: AuthenticatedRow, policy: &Policy, now: Timestamp) -> Found {
    if let Some(why) = &row.ended_why {
        return Found::Ended(Ended::named(why), row.member_id);
    }
    match session::ended(&policy.settings, facts(&row).times, now) {
        Some(ended) => Found::Ended(ended, row.member_id),
        None => Found::Live(Box::new(row)),
    }
}
