//! Save with confirmation: live at once, reverted by itself unless somebody who came in under the
//! new rules confirms it in time. The timer stands in the database.
use super::{Author, Plan, Wanted, admin_addresses, form::whole, load};
use crate::{
    Caller, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Policies,
    platform::unit_of_work::unit_of_work,
};
use policy::decide::{
    confirmation,
    rank::{self, Authority},
};
use store::{ConfirmationRow, Tx};

impl Policies<'_> {
    /// The change that waits to be confirmed, if one does.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn pending(self, workspace: &WorkspaceId) -> Result<Option<ConfirmationRow>> {
        Ok(self.0.store().read().await?.confirmation(workspace).await?)
    }

    /// Confirms a change: it stays. The caller's request came in under it, since a request is always
    /// judged by the policy of the moment. Returns whether it was still pending.
    ///
    /// # Errors
    /// [`Error::Invalid`](crate::Error::Invalid) when no super-admin could reach the settings once it stays;
    /// [`Error::Refused`](crate::Error::Refused) of whoever may not save it themselves, or has not proved lately who
    /// they are.
    pub async fn confirm(self, caller: &Caller, revision: i64) -> Result<bool> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let now = self.0.now();
            let pending = tx.confirmation(caller.workspace()).await?.filter(|row| row.revision == revision);
            let in_time = pending.is_some_and(|row| confirmation::in_time(row.deadline, now));
            if !in_time || caller.policy().revision < revision {
                return Ok(false);
            }
            let (workspace, author) = (caller.workspace(), Author::of(caller));
            let (before, stays) =
                (load(&mut tx, workspace, revision - 1).await?, load(&mut tx, workspace, revision).await?);
            rank::may_change(author.authority, &before.changes_to(&stays))?;
            let (before, stays) = (before.settings, stays.settings);
            admin_addresses::may_shut_out(&mut tx, workspace, &before, &stays, &author).await?;
            admin_addresses::keeps_a_super_admin(&mut tx, workspace, &before, &stays, &author).await?;
            if tx.take_confirmation(workspace, revision).await?.is_none() {
                return Ok(false);
            }
            let actor = Actor::Member(caller.email().clone());
            let entry = Entry::new(Channel::Settings, "Confirmed application settings", actor)
                .from_address(caller.address())
                .with("revision", revision.to_string());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            tx.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Reverts a change that waits, before its time. Returns whether it was still pending.
    ///
    /// # Errors
    /// [`Error::Refused`](crate::Error::Refused) of whoever has not proved lately who they are, or may not save the
    /// settings before it themselves; whoever has saved a change may always take it back. [`Error::Invalid`](crate::Error::Invalid) when not all of what is
    /// stored can be read.
    pub async fn revert(self, caller: &Caller, revision: i64) -> Result<bool> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let Some(row) = tx.take_confirmation(caller.workspace(), revision).await? else { return Ok(false) };
            for revision in [row.revision - 1, row.revision] {
                whole(load(&mut tx, &row.workspace_id, revision).await?)?;
            }
            let author = Author::of(caller);
            let authority = if author.is_member(&row.saved_by) { Authority::Console } else { author.authority };
            self.revert_in(&mut tx, &row, &Author { authority, ..author }).await?;
            tx.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Reverts whatever change waits, from the console; returns its revision.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn revert_from_console(self, workspace: &WorkspaceId) -> Result<Option<i64>> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let reverted = self.revert_pending_in(&mut tx, workspace).await?;
            tx.commit().await?;
            Ok(reverted)
        })
        .await
    }

    /// Puts back whatever change waits, from the console, within a unit of work; returns its revision.
    pub(crate) async fn revert_pending_in(self, tx: &mut Tx, workspace: &WorkspaceId) -> Result<Option<i64>> {
        let Some(pending) = tx.confirmation(workspace).await? else { return Ok(None) };
        let Some(row) = tx.take_confirmation(workspace, pending.revision).await? else { return Ok(None) };
        self.revert_in(tx, &row, &Author::console()).await?;
        Ok(Some(row.revision))
    }

    /// Reverts every change that was not confirmed in time; returns how many. Of many nodes that try,
    /// one gets each.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn revert_overdue(self) -> Result<u32> {
        let now = self.0.now();
        let (now, latest) = (now.0, confirmation::latest_deadline(now).0);
        let mut reverted = 0;
        while self.0.store().read().await?.overdue_confirmations(now, latest).await?
            && self.revert_next_overdue(now, latest).await?
        {
            reverted += 1;
        }
        Ok(reverted)
    }

    /// Reverts one of them; `false` when another node was quicker.
    async fn revert_next_overdue(self, now: i64, latest: i64) -> Result<bool> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let Some(row) = tx.take_overdue_confirmation(now, latest).await? else { return Ok(false) };
            self.revert_in(&mut tx, &row, &Author::bailey()).await?;
            tx.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Puts the settings before a revision back. Nothing is saved on top of what waits; where a node of an older
    /// version did, that confirmed it.
    async fn revert_in(self, tx: &mut Tx, row: &ConfirmationRow, author: &Author) -> Result<()> {
        let workspace = &row.workspace_id;
        if tx.revision(workspace).await? != row.revision {
            return Ok(());
        }
        let wanted = Wanted::keeping(load(tx, workspace, row.revision - 1).await?);
        let origin = format!("revert {}", row.revision);
        let plan = Plan { base: row.revision, wanted, origin, waits: false, may_lock_out: true };
        self.save_in(tx, workspace, plan, author).await?;
        Ok(())
    }
}
