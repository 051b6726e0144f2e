//! Ending everybody's sessions at once, as after a break-in.
use crate::{
    Caller, Error, Result,
    audit::{Actor, Channel, Entry},
    bailey::Sessions,
    members::hold_everybody,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Ended, Role,
    decide::rank::{Authority, may_reach},
};
use store::Tx;

/// What is typed to confirm it.
pub const CONSENT: &str = "sign everybody out";

/// Whom it signs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignedOut {
    /// How many members.
    pub members: i64,
    /// Of how many sessions.
    pub sessions: i64,
}

/// The roles of those whom the caller may act on.
fn roles(role: Role) -> Vec<Role> {
    Role::ALL.iter().copied().filter(|other| may_reach(Authority::Member(role), *other).is_ok()).collect()
}

impl Sessions<'_> {
    /// Whom it would sign out as things are.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn count_everybody(self, caller: &Caller) -> Result<SignedOut> {
        let mut tx = self.0.store().read().await?;
        self.count_in(&mut tx, caller, &roles(caller.role())).await
    }

    async fn count_in(self, tx: &mut Tx, caller: &Caller, roles: &[Role]) -> Result<SignedOut> {
        let settings = &caller.policy().settings;
        let facts = self.0.members().segment_facts(settings, settings);
        let (members, sessions) = tx.count_others_sessions(caller.workspace(), &facts, caller.member(), roles).await?;
        Ok(SignedOut { members, sessions })
    }

    /// Ends every session of every member but the caller whom the caller may act on, and whatever sign-in of theirs stands
    /// between its steps.
    ///
    /// # Errors
    /// [`policy::Refusal::StepUpRequired`]; [`Error::Invalid`] with the words beside the field `confirm`.
    pub async fn end_everybody(self, caller: &Caller, typed: &str) -> Result<SignedOut> {
        caller.is_fresh()?;
        if !typed.trim().eq_ignore_ascii_case(CONSENT) {
            return Err(Error::field("confirm", format!("Type “{CONSENT}” to confirm.")));
        }
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let own = hold_everybody(&mut tx, caller).await?;
            let (workspace, id, roles) = (caller.workspace(), caller.member(), roles(own.role));
            let SignedOut { members, sessions } = self.count_in(&mut tx, caller, &roles).await?;
            tx.end_others_sessions(workspace, id, &roles, Ended::ByAdmin.name(), self.0.now().0).await?;
            let entry = Entry::new(Channel::Session, "Ended everybody's sessions", Actor::Member(own.email.clone()))
                .from_address(caller.address())
                .with("members", members.to_string())
                .with("sessions", sessions.to_string());
            self.0.audit().record(&mut tx, workspace, entry).await?;
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            tx.commit().await?;
            Ok(SignedOut { members, sessions })
        })
        .await
    }
}
