//! On whose behalf settings are saved.
use crate::{Caller, audit::Actor};
use policy::Role;

/// On whose behalf settings are saved.
#[derive(Debug, Clone)]
pub(crate) struct Author {
    pub actor: Actor,
    pub role: Role,
    pub address: Option<String>,
}

impl Author {
    pub(crate) fn of(caller: &Caller) -> Self {
        Self {
            actor: Actor::Member(caller.email().clone()),
            role: caller.role(),
            address: caller.address().map(str::to_owned),
        }
    }

    pub(crate) const fn console() -> Self {
        Self { actor: Actor::Console, role: Role::SuperAdmin, address: None }
    }

    pub(crate) const fn bailey() -> Self {
        Self { actor: Actor::Bailey, role: Role::SuperAdmin, address: None }
    }
}
