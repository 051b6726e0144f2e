//! Saving: the whole form or nothing, on top of one revision.
use super::{
    Wanted, admin_addresses,
    author::Author,
    conflict::Conflict,
    form::{checked, settled},
    load, signature,
};
use crate::{
    Caller, Error, Result, WorkspaceId,
    audit::{Channel, Entry},
    bailey::Policies,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Change, Ended, Policy, Refusal, Role, Settings,
    decide::{confirmation, enrolment, lockout, password, rank, self_lockout::LockoutConsent, session, step_up},
    impact::{CONFIRM_WITHIN, cutoffs},
    value::Limit,
};
use std::{collections::BTreeMap, sync::Arc};
use store::{ConfirmationRow, RevisionRow, Tx};
use strum::VariantArray;

/// What a save did.
#[derive(Debug, Clone)]
pub struct Saved {
    /// The policy as it stands now.
    pub policy: Arc<Policy>,
    /// What changed; empty when nothing differed, and then no revision was made.
    pub changes: Vec<Change>,
}

/// What the person who saves has agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SaveOptions {
    /// The fingerprint of the review whose button they have pressed; `None` where they have pressed none, or don't say of
    /// which.
    pub seen: Option<u64>,
    /// The change reverts by itself unless it is confirmed in time.
    pub wait_for_confirmation: bool,
    /// What they said to being kept out of the admin pages themselves.
    pub lock_me_out: LockoutConsent,
}

/// What is to be saved, and how it came about.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The revision on which it is based.
    pub base: i64,
    /// The settings.
    pub wanted: Wanted,
    /// How it came about: `form`, `console`, `api`, `restore 3`, `revert 3`, `undo 3`.
    pub origin: String,
    /// Whether it waits to be confirmed.
    pub waits: bool,
    /// Whether it may leave no super-admin who can reach the settings: where the operator means it, or what nobody
    /// confirmed goes back. No word of a member's is enough.
    pub may_lock_out: bool,
}

impl Policies<'_> {
    /// Saves settings on a member's behalf, behind the guard against locking themselves out.
    ///
    /// # Errors
    /// As [`Self::submit`].
    pub async fn save_settings(
        self,
        caller: &Caller,
        base: i64,
        wanted: Wanted,
        origin: &str,
        options: SaveOptions,
    ) -> Result<Saved> {
        self.proved(caller, base, &wanted).await?;
        self.save_proved(caller, base, wanted, origin, options).await
    }

    /// Saves settings whose author [`Self::proved`] lately who they are.
    pub(super) async fn save_proved(
        self,
        caller: &Caller,
        base: i64,
        wanted: Wanted,
        origin: &str,
        options: SaveOptions,
    ) -> Result<Saved> {
        self.guarded(caller, &wanted, options).await?;
        let plan =
            Plan { base, wanted, origin: origin.to_owned(), waits: options.wait_for_confirmation, may_lock_out: false };
        self.carry_out(caller.workspace(), plan, &Author::of(caller)).await
    }

    /// Has the caller proved lately who they are, where this save asks for it?
    pub(super) async fn proved(self, caller: &Caller, base: i64, wanted: &Wanted) -> Result<()> {
        // What nobody has confirmed in time has gone back, whoever looks first.
        self.revert_overdue().await?;
        let judged_by_gate = base == caller.policy().revision;
        let stored = self.reading(caller.workspace(), caller.policy().revision).await?;
        if !judged_by_gate || step_up::is_asked_for(&stored.changes_to(&wanted.settings.clone().into())) {
            caller.is_fresh()?;
        }
        Ok(())
    }

    /// Asks the guard; where it says no, and no word would help, the refusal says that nobody would be left.
    async fn guarded(self, caller: &Caller, wanted: &Wanted, options: SaveOptions) -> Result<()> {
        let Err(refused) = guard(caller, &wanted.settings, options) else { return Ok(()) };
        let mut tx = self.0.store().read().await?;
        let author = Author::of(caller);
        let (workspace, before) = (caller.workspace(), &caller.policy().settings);
        let left = admin_addresses::keeps_a_super_admin(&mut tx, workspace, before, &wanted.settings, &author).await;
        Err(match (refused, left) {
            (Error::Refused(Refusal::LocksYouOut { by, address, misspelt, .. }), Err(Error::Invalid(_))) => {
                Refusal::LocksYouOut { by, address, misspelt, nobody_left: true }.into()
            }
            (refused, _) => refused,
        })
    }

    /// Reads a form of the Security tab.
    pub(super) async fn read_form(self, caller: &Caller, form: &BTreeMap<String, String>) -> Result<Wanted> {
        let stored = self.reading(caller.workspace(), caller.policy().revision).await?;
        Ok(checked(form, &stored)?.into())
    }

    pub(crate) async fn carry_out(self, workspace: &WorkspaceId, plan: Plan, author: &Author) -> Result<Saved> {
        // Or sessions that are in use could look as if they had lapsed.
        self.0.access().record_all_activity().await?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let saved = self.save_in(&mut tx, workspace, plan.clone(), author).await?;
            tx.commit().await?;
            self.0.policy_cache().put(workspace, &saved.policy);
            Ok(saved)
        })
        .await
    }

    /// Saves settings on top of a revision, within a unit of work.
    pub(crate) async fn save_in(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        plan: Plan,
        author: &Author,
    ) -> Result<Saved> {
        let Plan { base, wanted, origin, waits, may_lock_out } = plan;
        let current = tx.revision(workspace).await?;
        // A base that never was is told what stands now, like one that was overtaken.
        let known = (0..=current).contains(&base);
        let before = load(tx, workspace, if known { base } else { current }).await?;
        settled(&wanted, &before)?;
        let stays = wanted.into_reading();
        let changes = before.changes_to(&stays);
        rank::may_change(author.authority, &changes)?;
        if current != base {
            return Err(conflict(tx, workspace, current, known.then_some(before.settings), stays.settings).await?);
        }
        nothing_pending(tx, workspace).await?;
        if changes.is_empty() {
            return Ok(Saved { policy: Arc::new(Policy { revision: base, settings: before.settings }), changes });
        }
        let document = serde_json::to_string(&stays.to_document()).map_err(Error::internal)?;
        let (before, wanted) = (before.settings, stays.settings);
        admin_addresses::may_shut_out(tx, workspace, &before, &wanted, author).await?;
        if !may_lock_out {
            admin_addresses::keeps_a_super_admin(tx, workspace, &before, &wanted, author).await?;
        }
        let next = base + 1;
        // Two who read the same revision: the database lets one of them move it on.
        if !tx.advance_revision(workspace, base, next).await? {
            let current = tx.revision(workspace).await?;
            return Err(conflict(tx, workspace, current, Some(before), wanted).await?);
        }
        if waits {
            let (workspace_id, saved_by) = (workspace.clone(), author.actor.name().to_owned());
            let deadline = self.0.now() + CONFIRM_WITHIN;
            tx.put_confirmation(&ConfirmationRow { workspace_id, revision: next, deadline, saved_by }).await?;
        }
        self.follow_up(tx, workspace, &before, &wanted).await?;
        let row = RevisionRow {
            revision: next,
            document,
            actor: author.actor.name().to_owned(),
            address: author.address.clone(),
            created_at: self.0.now(),
            origin: origin.clone(),
        };
        tx.insert_revision(workspace, &row).await?;
        let mut entry = Entry::new(Channel::Settings, "Updated application settings", author.actor.clone())
            .from_address(author.address.as_deref())
            .with_changes(&changes)
            .with("revision", next.to_string());
        if origin != "form" {
            entry = entry.with("origin", origin);
        }
        if waits {
            entry = entry.with("confirmation", "pending");
        }
        self.0.audit().record(tx, workspace, entry).await?;
        Ok(Saved { policy: Arc::new(Policy { revision: next, settings: wanted }), changes })
    }

    /// What a change does to what is noted about members, so that it holds from the next request on.
    async fn follow_up(self, tx: &mut Tx, workspace: &WorkspaceId, before: &Settings, after: &Settings) -> Result<()> {
        let ages = |settings: &Settings| settings.passwords.max_age != Limit::Unlimited;
        if ages(before) != ages(after) {
            // The clock starts when the setting is turned on, so that nobody's password expires at once.
            tx.set_password_clock(workspace, ages(after).then_some(self.0.now().0)).await?;
        }
        if password::loosens(before.passwords.policy, after.passwords.policy) {
            tx.forget_passwords_falling_short(workspace).await?;
        }
        // Those that run are listed and counted in the database by when they end.
        for (guarded, lasts) in lockout::shortened(before, after) {
            tx.shorten_locks(workspace, guarded.name(), lasts.millis()).await?;
        }
        if session::limits_differ(before, after) {
            let over = cutoffs(before, self.0.now());
            tx.end_lapsed_sessions(workspace, &over, Ended::Lapsed.name(), self.0.now().0).await?;
        }
        if let Some(until) = step_up::over_before(before, after, self.0.now()) {
            tx.forget_proofs(workspace, until.0).await?;
        }
        for role in Role::VARIANTS.iter().copied() {
            let asks = |settings: &Settings| enrolment::required_by(settings, role).is_some();
            if asks(before) && !asks(after) {
                // Whoever is asked anew later has their days of grace anew.
                tx.forget_enrolment_asked_of_role(workspace, role).await?;
            }
        }
        Ok(())
    }
}

/// Nothing is saved on top of a change that waits to be confirmed, by whatever path it comes.
pub(super) async fn nothing_pending(tx: &mut Tx, workspace: &WorkspaceId) -> Result<()> {
    let pending = tx.confirmation(workspace).await?;
    Ok(confirmation::may_save(pending.map(|row| row.deadline))?)
}

/// Nobody saws off their own branch: the caller's own next request is simulated under the new policy.
fn guard(caller: &Caller, wanted: &Settings, options: SaveOptions) -> Result<()> {
    if options.wait_for_confirmation {
        return Ok(());
    }
    let policy = Policy { revision: caller.policy().revision + 1, settings: wanted.clone() };
    Ok(caller.may_save(&policy, options.lock_me_out)?)
}

pub(super) async fn conflict(
    tx: &mut Tx,
    workspace: &WorkspaceId,
    current: i64,
    base: Option<Settings>,
    yours: Settings,
) -> Result<Error> {
    let theirs = load(tx, workspace, current).await?;
    let signature = signature(tx, workspace, current).await?;
    Ok(Error::Conflict(Box::new(Conflict { revision: current, signature, base, theirs: theirs.settings, yours })))
}
