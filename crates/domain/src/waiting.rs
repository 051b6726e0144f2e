//! What waits for somebody: on their own account, and, for whoever reaches the admin pages, in the workspace.
use crate::{Caller, MemberId, Result, bailey::Waiting};
use policy::{
    Area, Timestamp,
    decide::{password, waiting},
};
use std::collections::BTreeSet;

/// What there is to look at in the workspace.
#[derive(Default)]
struct OfWorkspace {
    reverts_at: Option<Timestamp>,
    locked_members: i64,
    help_requests: i64,
    failing_mails: i64,
}

impl Waiting<'_> {
    /// What waits for the caller, the most urgent first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller) -> Result<Vec<waiting::Waiting>> {
        let now = self.0.now();
        // An admin who is elsewhere than the allowlist says could do nothing about it.
        let of_workspace = match caller.may_enter(Area::Admin) {
            Ok(caller) if caller.role().reaches_admin() => self.of_workspace(caller).await?,
            Ok(_) | Err(_) => OfWorkspace::default(),
        };
        let mut tx = self.0.store().read().await?;
        let unread_messages = tx.count_unread_messages(caller.member()).await?;
        let assessments = tx.count_waiting_assessments(caller.member(), now.0).await?;
        drop(tx);
        Ok(waiting::waiting_for(&waiting::WaitingFacts {
            role: caller.role(),
            enrols_until: caller.enrols_until(),
            password_expires: password::expires(&caller.policy().settings, caller.password(), now),
            reverts_at: of_workspace.reverts_at,
            unread_messages,
            assessments,
            locked_members: of_workspace.locked_members,
            help_requests: of_workspace.help_requests,
            failing_mails: of_workspace.failing_mails,
            pending_ideas: self.0.ideas().count_pending(caller).await?,
            now,
        }))
    }

    async fn of_workspace(self, caller: &Caller) -> Result<OfWorkspace> {
        let pending = self.0.policies().pending(caller.workspace()).await?;
        let locked = self.0.lockouts().list(caller).await?;
        let members: BTreeSet<MemberId> = locked.into_iter().map(|row| row.member_id).collect();
        Ok(OfWorkspace {
            reverts_at: pending.map(|pending| pending.deadline),
            locked_members: i64::try_from(members.len()).unwrap_or(i64::MAX),
            help_requests: self.0.two_factor().count_help_requests(caller).await?,
            failing_mails: self.0.mail().failing(caller).await?.map_or(0, |(count, _)| count),
        })
    }
}
