//! A caller's next request under a policy that is not saved yet.
use super::Caller;
use policy::{
    Area, Policy, Refusal,
    decide::own_branch::{self, Word},
};

impl Caller {
    /// Everything in which this caller's next request to the admin pages would end under another policy.
    pub fn ahead(&self, policy: &Policy) -> Vec<Refusal> {
        own_branch::ahead(policy, &self.asking(Area::Admin))
    }

    /// May they save another policy after what they said to being locked out?
    ///
    /// # Errors
    /// Names what would lock them out.
    pub fn may_save(&self, policy: &Policy, word: Word) -> std::result::Result<(), Refusal> {
        own_branch::may_save(policy, &self.asking(Area::Admin), word)
    }
}
