//! May this request go on? Asked on every request, by the simulator and by the preview alike.
use super::{
    enrolment::{self, Factors},
    network,
    password::{self, PasswordFacts},
    session::{self, SessionTimes},
};
use crate::{Area, Ended, Policy, Refusal, Role, Timestamp};
use std::net::IpAddr;

/// What the gate has to know about a request.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// The part of Bailey that is asked for.
    pub area: Area,
    /// Who asks.
    pub visitor: Visitor,
    /// From which address; nothing when that can't be told, which counts as an address on no list.
    pub address: Option<IpAddr>,
    /// When.
    pub now: Timestamp,
}

/// Who makes a request.
#[derive(Debug, Clone, Copy)]
pub enum Visitor {
    /// Nobody who is signed in.
    Nobody,
    /// Somebody whose session is over.
    Ended(Ended),
    /// Somebody whose password was right and who has not passed the second step.
    BetweenSteps,
    /// A signed-in member.
    Member(MemberFacts),
}

/// What the gate has to know about a signed-in member.
#[derive(Debug, Clone, Copy)]
pub struct MemberFacts {
    /// Their role, as it is now.
    pub role: Role,
    /// Their confirmed second factors, as they are now.
    pub factors: Factors,
    /// The times of their session.
    pub times: SessionTimes,
    /// What is known of their password.
    pub password: PasswordFacts,
    /// When enrolment was first asked of them.
    pub enrolment_asked_at: Option<Timestamp>,
}

/// Decides whether a request may go on.
///
/// # Errors
/// Says why not, naming the setting that decided.
pub fn gate(policy: &Policy, facts: &Facts) -> Result<(), Refusal> {
    match (facts.area, facts.visitor) {
        (Area::Public, _) | (Area::SecondStep, Visitor::BetweenSteps) => Ok(()),
        (_, Visitor::Nobody) => Err(Refusal::SignInRequired),
        (_, Visitor::Ended(ended)) => Err(Refusal::SessionEnded { ended }),
        (_, Visitor::BetweenSteps) => Err(Refusal::SecondStepRequired),
        (area, Visitor::Member(member)) => {
            member_may_enter(policy, area, member, facts.now)?;
            if matches!(area, Area::Admin | Area::SuperAdmin) {
                network::admits(&policy.settings, facts.address)?;
            }
            Ok(())
        }
    }
}

fn member_may_enter(policy: &Policy, area: Area, member: MemberFacts, now: Timestamp) -> Result<(), Refusal> {
    if let Some(ended) = session::ended(&policy.settings, member.times, now) {
        return Err(Refusal::SessionEnded { ended });
    }
    if matches!(area, Area::Password | Area::SecondStep) {
        return Ok(());
    }
    password::serves(&policy.settings, member.password, now)?;
    if area == Area::Enrolment {
        return Ok(());
    }
    if enrolment::grace_until(&policy.settings, member.enrolment_asked_at, now).is_none() {
        enrolment::enough(&policy.settings, member.role, member.factors)?;
    }
    match area {
        Area::Admin if !member.role.reaches_admin() => Err(Refusal::RoleRequired { needed: Role::Admin }),
        Area::SuperAdmin if member.role != Role::SuperAdmin => Err(Refusal::RoleRequired { needed: Role::SuperAdmin }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
