//! A caller's next request under a policy that is not saved yet.
use super::Caller;
use policy::{
    Area, Policy, Refusal,
    decide::self_lockout::{self, LockoutConsent},
};

impl Caller {
    /// Everything in which this caller's next request to the admin pages would end under another policy.
    pub fn self_impact(&self, policy: &Policy) -> Vec<Refusal> {
        self_lockout::self_impact(policy, &self.asking(Area::Admin))
    }

    /// May they save another policy after what they said to being locked out?
    ///
    /// # Errors
    /// Names what would lock them out.
    pub fn may_save(&self, policy: &Policy, word: LockoutConsent) -> std::result::Result<(), Refusal> {
        self_lockout::may_save(policy, &self.asking(Area::Admin), word)
    }
}
