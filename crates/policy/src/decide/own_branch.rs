//! Nobody saws off their own branch: would a save keep its own author from the admin pages?
use super::gate::{Facts, Visitor, obstacles};
use crate::{Policy, Refusal, reason::Remedy};

/// Everything in which the next request of whoever saves would end under the new policy, each judged on
/// its own: what the first of them hides would stop them once that is mended.
pub fn ahead(policy: &Policy, facts: &Facts) -> Vec<Refusal> {
    match facts.visitor {
        Visitor::Member(member) => obstacles(policy, facts, member).collect(),
        _ => vec![Refusal::SignInRequired],
    }
}

/// May this be saved without the word of its author that they mean to be locked out? Whatever they can mend
/// themselves, by signing in, enrolling or choosing a password, does not lock them out.
///
/// # Errors
/// [`Refusal::LocksYouOut`] names what does.
pub fn may_save(policy: &Policy, facts: &Facts) -> Result<(), Refusal> {
    match ahead(policy, facts).into_iter().find(locks_out) {
        Some(Refusal::AddressNotAllowed { by }) => {
            Err(Refusal::LocksYouOut { by, address: facts.address.map(|address| address.to_string()) })
        }
        Some(refusal) => Err(refusal),
        None => Ok(()),
    }
}

/// Tells whether somebody who is refused so can't help themselves.
pub fn locks_out(refusal: &Refusal) -> bool {
    refusal.remedy() == Remedy::None
}

#[cfg(test)]
mod tests;
