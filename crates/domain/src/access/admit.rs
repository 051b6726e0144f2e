//! May a request go on? The only place where a [`Caller`] is made.
use super::{
    caller::{Caller, Who},
    pending_confirmation::facts,
    request::AdmissionRequest,
};
use crate::{
    MemberId, Result, bailey::Access, platform::unit_of_work::unit_of_work, sessions::Brought, sign_in::PendingSignIn,
};
use policy::{
    Area, Ended, Policy, Refusal, Timestamp,
    decide::{
        Facts, MemberFacts, Visitor, enrolment, gate, held_in, network, session,
        session::{ReplacedToken, SessionTimes},
    },
};
use std::sync::Arc;
use store::AuthenticatedRow;

/// A request that the gate has looked at.
#[derive(Debug, Clone)]
pub struct Admission {
    /// Whether it may go on.
    pub verdict: std::result::Result<Pass, Refusal>,
    /// Who makes it, as far as that is known.
    pub who: Option<Who>,
    /// The member whose live session it is.
    pub member: Option<MemberId>,
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
    /// The only area that they can reach while something is asked of them first; `None` where nothing is.
    pub held_in: Option<Area>,
    /// The sign-in between its two steps that its cookie stands for, where nobody is signed in.
    pub between: Option<PendingSignIn>,
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

/// A session cookie that was looked up.
enum Found {
    Nothing,
    Ended(Ended, MemberId),
    Live(Box<AuthenticatedRow>),
}

impl Access<'_> {
    /// Looks a request's cookies up and asks the gate.
    ///
    /// # Errors
    /// When the database can't be reached; a refusal is no error but the [`Admission::verdict`].
    pub async fn admit(self, request: AdmissionRequest<'_>) -> Result<Admission> {
        let now = self.0.now();
        let mut brought = self.0.sessions().find(&request, now).await?;
        let recorded_at = brought.as_ref().map(|brought| brought.row.last_seen_at);
        if let Some(Brought { row, .. }) = &mut brought {
            row.last_seen_at = self.0.unrecorded_activity().last_seen(&row.session_id, row.last_seen_at);
        }
        let revision = match &brought {
            Some(brought) => brought.row.revision,
            None => self.0.store().revision(request.workspace).await?,
        };
        let policy = self.0.policies().at(request.workspace, revision).await?;
        let found = match brought {
            Some(Brought { row, spent }) => match judge(row, &policy, now) {
                Found::Live(row) if spent == Some(ReplacedToken::Replayed) => {
                    self.0.sessions().end_replayed(&row, &request.client, now).await?;
                    Found::Ended(Ended::TokenReplayed, row.member_id)
                }
                found => found,
            },
            None => Found::Nothing,
        };
        let between = match (&found, &request.pending) {
            (Found::Live(_), _) | (_, None) => None,
            (_, Some(token)) => self.0.sign_in().pending(request.workspace, token).await?,
        };
        let who = match &found {
            Found::Live(row) => Some(Who { name: row.name.clone(), email: row.email.clone(), role: row.role }),
            _ => None,
        };
        let member = match &found {
            Found::Live(row) => Some(row.member_id.clone()),
            _ => None,
        };
        let (ended, ended_of) = match &found {
            Found::Ended(ended, member) => (Some(*ended), Some(member.clone())),
            _ => (None, None),
        };
        let ends = match &found {
            // Whatever is asked for on behalf of a person is activity; what only looks is not.
            Found::Live(row) if request.is_activity() => {
                Some(session::ends(&policy.settings, SessionTimes { last_seen_at: now, ..facts(row).times }))
            }
            Found::Live(row) => Some(session::ends(&policy.settings, facts(row).times)),
            _ => None,
        };
        let in_force = self.0.policies().in_force(&policy);
        let outside_allowlist = request.area.is_admin() && network::outside(&in_force.settings, request.client.ip());
        let policies = (&policy, &in_force);
        let auto_revert_at = match &found {
            Found::Live(row) => self.auto_revert_at(row, &request.client, &in_force, now).await?,
            _ => None,
        };
        let held_in = match &found {
            Found::Live(row) => {
                let (area, visitor) = (Area::Member, Visitor::Member(facts(row)));
                held_in(&in_force, &Facts { area, visitor, now, address: request.client.ip() })
            }
            _ => None,
        };
        let verdict = self.ask_gate(request, policies, (found, recorded_at), between.clone(), now).await?;
        Ok(Admission {
            verdict,
            who,
            member,
            ended,
            ended_of,
            ends,
            policy,
            in_force,
            held_in,
            between,
            outside_allowlist,
            auto_revert_at,
        })
    }

    /// Starts the days of grace of a member of whom enrolment is asked for the first time.
    async fn note_asked(self, row: &AuthenticatedRow, in_force: &Policy, now: Timestamp) -> Result<()> {
        let facts = facts(row);
        let asked = enrolment::enough(&in_force.settings, facts.role, facts.factors).is_err();
        if asked && facts.enrolment_asked_at.is_none() && enrolment::has_grace(&in_force.settings) {
            let noted = unit_of_work(|| async {
                let mut tx = self.0.store().write().await?;
                tx.note_enrolment_asked(&row.member_id, now.0).await?;
                Ok(tx.commit().await?)
            });
            noted.await?;
        }
        Ok(())
    }

    /// Records activity where enough of it is not recorded yet.
    async fn note_activity(self, row: &AuthenticatedRow, recorded_at: Timestamp, now: Timestamp) {
        self.0.unrecorded_activity().note(&row.session_id, now);
        let recorded = SessionTimes { last_seen_at: recorded_at, ..facts(row).times };
        // Activity that is not recorded for once is no reason to refuse: it is tried again.
        if session::worth_recording(recorded, now)
            && let Err(error) = self.record_seen(&row.session_id, now).await
        {
            tracing::warn!(%error, "a session's activity was not recorded");
        }
    }

    async fn ask_gate(
        self,
        request: AdmissionRequest<'_>,
        (policy, in_force): (&Arc<Policy>, &Arc<Policy>),
        (found, recorded_at): (Found, Option<Timestamp>),
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
        if request.is_activity() {
            self.note_activity(&row, recorded_at.unwrap_or(now), now).await;
        }
        // A request that is activity is the last one so far.
        let last_seen_at = if request.is_activity() { now } else { facts.times.last_seen_at };
        let facts = MemberFacts { times: SessionTimes { last_seen_at, ..facts.times }, ..facts };
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
        return Found::Ended(Ended::from_name(why), row.member_id);
    }
    match session::ended(&policy.settings, facts(&row).times, now) {
        Some(ended) => Found::Ended(ended, row.member_id),
        None => Found::Live(Box::new(row)),
    }
}
