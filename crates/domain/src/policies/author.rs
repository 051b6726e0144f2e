//! On whose behalf settings are saved.
use crate::{Caller, audit::Actor};
use policy::decide::rank::Authority;

/// On whose behalf settings are saved.
#[derive(Debug, Clone)]
pub(crate) struct Author {
    pub actor: Actor,
    pub authority: Authority,
    pub address: Option<String>,
}

impl Author {
    pub(crate) fn of(caller: &Caller) -> Self {
        Self {
            actor: Actor::Member(caller.email().clone()),
            authority: Authority::Member(caller.role()),
            address: caller.address().map(str::to_owned),
        }
    }

    pub(crate) const fn console() -> Self {
        Self { actor: Actor::Console, authority: Authority::Console, address: None }
    }

    pub(crate) const fn bailey() -> Self {
        Self { actor: Actor::Bailey, authority: Authority::Console, address: None }
    }

    /// Whether it is the member with this address of e-mail.
    pub(crate) fn is_member(&self, email: &str) -> bool {
        matches!(&self.actor, Actor::Member(own) if own.as_str() == email)
    }
}
