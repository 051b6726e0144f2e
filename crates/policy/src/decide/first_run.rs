//! The first run: what a super-admin does once, so that the workspace is ready for others.
use crate::Role;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// A step of the first run, in the order in which they are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, VariantArray)]
pub enum FirstStep {
    /// Give the workspace its name.
    NameWorkspace,
    /// Enrol a second factor of one's own.
    SecondFactor,
    /// Invite people.
    InvitePeople,
    /// Connect a mail server.
    ConnectMail,
}

impl FirstStep {
    /// Each of them.
    pub const ALL: &[Self] = Self::VARIANTS;
}

/// What has to be known to tell which steps are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstRunFacts {
    /// Whether the workspace has another name than the one it came with.
    pub named: bool,
    /// Whether whoever looks has enrolled a second factor.
    pub enrolled: bool,
    /// How many members there are.
    pub members: i64,
    /// Whether mail is handed over to a mail server.
    pub mail_connected: bool,
}

/// Whether a step is done.
pub const fn is_done(step: FirstStep, facts: &FirstRunFacts) -> bool {
    match step {
        FirstStep::NameWorkspace => facts.named,
        FirstStep::SecondFactor => facts.enrolled,
        FirstStep::InvitePeople => facts.members > 1,
        FirstStep::ConnectMail => facts.mail_connected,
    }
}

/// Whether somebody of this role is led through the steps.
pub const fn is_for(role: Role) -> bool {
    matches!(role, Role::SuperAdmin)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: FirstRunFacts = FirstRunFacts { named: false, enrolled: false, members: 1, mail_connected: false };

    /// Fails when a step is ticked by what is done for another one.
    #[test]
    fn each_step_is_done_by_its_own_fact_alone() {
        let done = |facts: FirstRunFacts| {
            let steps = FirstStep::ALL.iter().copied();
            steps.filter(|step| is_done(*step, &facts)).collect::<Vec<_>>()
        };
        assert_eq!(done(NOTHING), []);
        assert_eq!(done(FirstRunFacts { named: true, ..NOTHING }), [FirstStep::NameWorkspace]);
        assert_eq!(done(FirstRunFacts { enrolled: true, ..NOTHING }), [FirstStep::SecondFactor]);
        assert_eq!(done(FirstRunFacts { members: 2, ..NOTHING }), [FirstStep::InvitePeople]);
        assert_eq!(done(FirstRunFacts { mail_connected: true, ..NOTHING }), [FirstStep::ConnectMail]);
    }

    #[test]
    fn only_a_super_admin_is_led_through_them() {
        let led: Vec<_> = Role::VARIANTS.iter().copied().filter(|role| is_for(*role)).collect();
        assert_eq!(led, [Role::SuperAdmin]);
    }
}
