//! Nobody saws off their own branch: would a save keep its own author from the admin pages?
use super::gate::{Facts, Visitor, obstacles};
use crate::{Policy, Refusal, pasted::as_it_reads, reason::Remedy};

/// The words by which somebody saves although it locks them out.
pub const LOCK_ME_OUT: &str = "lock me out";

/// What somebody has said to a save that would lock them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LockoutConsent {
    /// Nothing.
    #[default]
    None,
    /// Something else than what was asked for.
    Other,
    /// That it is meant.
    Given,
}

impl LockoutConsent {
    /// Reads what was typed.
    pub fn of(typed: &str) -> Self {
        match as_it_reads(typed).unwrap_or_default().trim() {
            "" => Self::None,
            typed if typed.eq_ignore_ascii_case(LOCK_ME_OUT) => Self::Given,
            _ => Self::Other,
        }
    }
}

/// Everything in which the next request of whoever saves would end under the new policy, each judged on
/// its own: what the first of them hides would stop them once that is mended.
pub fn self_impact(policy: &Policy, facts: &Facts) -> Vec<Refusal> {
    match facts.visitor {
        Visitor::Member(member) => obstacles(policy, facts, member).collect(),
        _ => vec![Refusal::SignInRequired],
    }
}

/// May this be saved after this word of its author? Without the one that says that they mean it, nothing that locks
/// them out may. Whatever they can mend
/// themselves, by signing in, enrolling or choosing a password, does not lock them out.
///
/// # Errors
/// [`Refusal::LocksYouOut`] names what does.
pub fn may_save(policy: &Policy, facts: &Facts, word: LockoutConsent) -> Result<(), Refusal> {
    if word == LockoutConsent::Given {
        return Ok(());
    }
    match self_impact(policy, facts).into_iter().find(locks_out) {
        Some(Refusal::AddressNotAllowed { by }) => {
            let address = facts.address.map(|address| address.to_string());
            Err(Refusal::LocksYouOut { by, address, misspelt: word == LockoutConsent::Other, nobody_left: false })
        }
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}

/// Whether somebody who is refused so can't help themselves.
pub fn locks_out(refusal: &Refusal) -> bool {
    refusal.remedy() == Remedy::None
}

#[cfg(test)]
mod tests;
