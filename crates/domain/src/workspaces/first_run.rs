//! The first run: which of its steps are done, and that it was left.
use super::DEFAULT_NAME;
use crate::{
    Caller, Result,
    audit::{Actor, Channel, Entry},
    bailey::Workspaces,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    MemberSegment,
    decide::first_run::{FirstRunFacts, FirstStep, is_done, is_for},
};

/// How far the first run is, for whoever is led through it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstRun {
    /// Its steps, each with whether it is done.
    pub steps: Vec<(FirstStep, bool)>,
    /// Whether it was left.
    pub left: bool,
}

impl Workspaces<'_> {
    /// How far the first run is; `None` for whoever is not led through it.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn first_run(self, caller: &Caller) -> Result<Option<FirstRun>> {
        if !is_for(caller.role()) {
            return Ok(None);
        }
        let mut tx = self.0.store().read().await?;
        let name = tx.workspace(caller.workspace()).await?.map(|row| row.name);
        let left = tx.first_run_left_at(caller.workspace()).await?.is_some();
        drop(tx);
        let members = self.0.members().counts(caller, &[MemberSegment::Everyone]).await?;
        let facts = FirstRunFacts {
            named: name.is_some_and(|name| name != DEFAULT_NAME),
            enrolled: caller.factors().enrolled(),
            members: members.of(MemberSegment::Everyone),
            mail_connected: self.0.mailer().has_server(),
        };
        let steps = FirstStep::ALL.iter().map(|step| (*step, is_done(*step, &facts))).collect();
        Ok(Some(FirstRun { steps, left }))
    }

    /// Leaves the first run: nobody is led through it from now on.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn leave_first_run(self, caller: &Caller) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            if !tx.leave_first_run(caller.workspace(), self.0.now().0).await? {
                return Ok(());
            }
            let entry = Entry::new(Channel::Settings, "Left the first steps", Actor::Member(caller.email().clone()))
                .from_address(caller.address());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}
