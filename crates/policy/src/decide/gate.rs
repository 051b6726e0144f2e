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
    /// From which address; `None` when that can't be told, which counts as an address on no list.
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
    PendingSignIn,
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

/// Decides whether a request may go on. From where admin pages are reached is judged first, whoever asks: nobody else
/// is led anywhere from there.
///
/// # Errors
/// Why not, naming the setting that decided.
pub fn gate(policy: &Policy, facts: &Facts) -> Result<(), Refusal> {
    if facts.area.is_admin() {
        network::admits(&policy.settings, facts.address)?;
    }
    match (facts.area, facts.visitor) {
        (Area::Public, _) | (Area::SecondStep, Visitor::PendingSignIn) => Ok(()),
        (_, Visitor::Nobody) => Err(Refusal::SignInRequired),
        (_, Visitor::Ended(ended)) => Err(Refusal::SessionEnded { ended }),
        (_, Visitor::PendingSignIn) => Err(Refusal::SecondStepRequired),
        (_, Visitor::Member(member)) => obstacles(policy, facts, member).next().map_or(Ok(()), Err),
    }
}

/// Everything that stands between a signed-in member and an area, each judged on its own: whoever gets
/// past one of them meets the next.
pub(super) fn obstacles(policy: &Policy, facts: &Facts, member: MemberFacts) -> impl Iterator<Item = Refusal> {
    let Policy { settings, .. } = policy;
    let Facts { area, now, address, .. } = *facts;
    let session = session::ended(settings, member.times, now).map(|ended| Refusal::SessionEnded { ended });
    let password = || password::serves(settings, member.password, now).err();
    let factors = || match enrolment::grace_until(settings, member.enrolment_asked_at, now) {
        None => enrolment::enough(settings, member.role, member.factors).err(),
        Some(_) => None,
    };
    let role = match area {
        Area::Admin if !member.role.reaches_admin() => Some(Role::Admin),
        Area::SuperAdmin if member.role != Role::SuperAdmin => Some(Role::SuperAdmin),
        _ => None,
    };
    let address = || network::admits(settings, address).err();
    let only_signed_in = matches!(area, Area::SecondStep | Area::SignedIn);
    let new_password = password();
    // The page of the password is open before enrolling only to whoever has to choose a new one first.
    let enrols_first = area == Area::Enrolment || area == Area::Password && new_password.is_some();
    [
        area.is_admin().then(address).flatten(),
        session,
        new_password.filter(|_| !only_signed_in && area != Area::Password),
        (!only_signed_in && !enrols_first).then(factors).flatten(),
        role.map(|needed| Refusal::RoleRequired { needed }),
    ]
    .into_iter()
    .flatten()
}

/// The only area, beside signing out, that this visitor can reach while something is asked of them first; `None` where
/// nothing is.
pub fn held_in(policy: &Policy, facts: &Facts) -> Option<Area> {
    match gate(policy, &Facts { area: Area::Member, ..*facts }) {
        Err(Refusal::NewPasswordRequired { .. }) => Some(Area::Password),
        Err(Refusal::EnrolmentRequired { .. }) => Some(Area::Enrolment),
        Ok(()) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests;
