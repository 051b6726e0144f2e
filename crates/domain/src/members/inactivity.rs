//! Members who do not use their account: told, then deactivated, by a job and when they come too late; and activated again
//! by a mail where the settings say so.
use super::communities::effective_for;
use crate::{
    MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    mail::messages::deactivation_ahead::deactivation_ahead,
    members::may_sign_in,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    AccountStatus, Ended, Refusal, Role, SettingKey, Settings, Timestamp,
    decide::inactivity::{self, Activity, Due},
    value::{Days, Limit},
};
use store::{ActivityRow, MemberRow, Tx};

/// How many members are looked at in one statement.
const AT_ONCE: i64 = 200;

/// What a turn of the job has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InactivityTurn {
    /// How many members were told.
    pub told: u32,
    /// How many were deactivated.
    pub deactivated: u32,
}

impl Members<'_> {
    /// Tells and deactivates whoever it is due for.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn deactivate_inactive(self) -> Result<InactivityTurn> {
        let mut turn = InactivityTurn::default();
        let Some(workspace) = self.0.store().read().await?.first_workspace().await?.map(|row| row.id) else {
            return Ok(turn);
        };
        let policy = self.0.policies().now(&workspace).await?;
        let shortest = self.shortest_limit(&workspace, &policy.settings).await?;
        let Some(before) = inactivity::looked_at_before(shortest, self.0.now()) else { return Ok(turn) };
        let mut after = String::new();
        loop {
            let mut tx = self.0.store().read().await?;
            let rows = tx.inactive_since(&workspace, before.0, &after, AT_ONCE).await?;
            drop(tx);
            let Some(last) = rows.last() else { return Ok(turn) };
            last.id.as_str().clone_into(&mut after);
            for row in rows {
                match self.act_on_inactive(&policy.settings, &row.id).await? {
                    Due::Nothing => {}
                    Due::Telling(_) => turn.told += 1,
                    Due::Deactivation => turn.deactivated += 1,
                }
            }
        }
    }

    /// Does what is due for a member as things are now; returns what that was.
    async fn act_on_inactive(self, settings: &Settings, id: &MemberId) -> Result<Due> {
        unit_of_work(|| async {
            let now = self.0.now();
            let mut tx = self.0.store().write().await?;
            tx.lock_member(id).await?;
            let (Some(member), Some(row)) = (tx.member(id).await?, tx.activity(id).await?) else {
                return Ok(Due::Nothing);
            };
            if member.status != AccountStatus::Active {
                return Ok(Due::Nothing);
            }
            let limit = limit_of(&mut tx, settings, &member).await?;
            let due = inactivity::due(limit, activity(&row), now);
            match due {
                Due::Nothing => return Ok(due),
                Due::Telling(at) => {
                    tx.note_warned_of_deactivation(id, now.0).await?;
                    self.0.mail().queue(&mut tx, &member, &deactivation_ahead(at)).await?;
                }
                Due::Deactivation => {
                    if !self.deactivate_unused(&mut tx, &member).await? {
                        return Ok(Due::Nothing);
                    }
                }
            }
            tx.commit().await?;
            Ok(due)
        })
        .await
    }

    /// Returns why somebody who has proved who they are does not get in, or `None` when they do. Whoever comes too late is
    /// deactivated by that.
    pub(crate) async fn barred(self, settings: &Settings, member: &MemberRow) -> Result<Option<Refusal>> {
        let unused = Refusal::Unused { by_mail: settings.members.self_reactivation };
        if let Err(refusal) = may_sign_in(member) {
            let row = self.0.store().read().await?.activity(&member.id).await?;
            let is_unused = refusal == Refusal::Inactive && row.is_some_and(|row| row.unused);
            return Ok(Some(if is_unused { unused } else { refusal }));
        }
        if self.shortest_limit(&member.workspace_id, settings).await? == Limit::Unlimited {
            return Ok(None);
        }
        unit_of_work(|| async {
            let mut tx = self.0.store().read().await?;
            let Some(row) = tx.activity(&member.id).await? else { return Ok(None) };
            let limit = limit_of(&mut tx, settings, member).await?;
            if !inactivity::comes_too_late(limit, activity(&row), self.0.now()) {
                return Ok(None);
            }
            drop(tx);
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&member.id).await?;
            if !self.deactivate_unused(&mut tx, member).await? {
                return Ok(None);
            }
            tx.commit().await?;
            Ok(Some(unused.clone()))
        })
        .await
    }

    /// Deactivates a member who is held; `false` for the last active super-admin, who stays.
    async fn deactivate_unused(self, tx: &mut Tx, member: &MemberRow) -> Result<bool> {
        let entry = Entry::new(Channel::Members, "Deactivated an unused account", Actor::Bailey)
            .about(&member.email)
            .with("setting", SettingKey::MEMBERS_MAX_INACTIVE.as_str());
        // The end of the log is held by one of several at once, so that of two last super-admins one stays.
        self.0.audit().record(tx, &member.workspace_id, entry).await?;
        if member.role == Role::SuperAdmin {
            let active = tx.super_admins(&member.workspace_id).await?;
            if active.iter().all(|other| other.id == member.id) {
                return Ok(false);
            }
        }
        tx.set_account_status(&member.id, AccountStatus::Inactive).await?;
        tx.note_unused(&member.id).await?;
        let now = self.0.now();
        tx.end_sessions(&member.id, None, Ended::NotActive.name(), now.0).await?;
        tx.take_pendings_of(&member.id).await?;
        tx.void_links_of(&member.id, now.0).await?;
        self.0.two_factor().cancel_help(tx, &member.id).await?;
        Ok(true)
    }

    /// Activates a member again who was deactivated since they did not use their account, where the settings let a mail to
    /// their address do so; returns whether it did.
    pub(crate) async fn reactivate_unused(self, tx: &mut Tx, member: &MemberRow) -> Result<bool> {
        let policy = self.0.policies().within(tx, &member.workspace_id).await?;
        let unused = tx.activity(&member.id).await?.is_some_and(|row| row.unused);
        if !(unused && member.status == AccountStatus::Inactive && policy.settings.members.self_reactivation) {
            return Ok(false);
        }
        tx.set_account_status(&member.id, AccountStatus::Active).await?;
        tx.count_activity_anew(&member.id, self.0.now().0).await?;
        let entry = Entry::new(Channel::Members, "Activated their account again", Actor::Member(member.email.clone()))
            .with("setting", SettingKey::MEMBERS_SELF_REACTIVATION.as_str());
        self.0.audit().record(tx, &member.workspace_id, entry).await?;
        Ok(true)
    }

    /// The shortest limit that holds for anybody.
    async fn shortest_limit(self, workspace: &WorkspaceId, settings: &Settings) -> Result<Limit<Days>> {
        let overrides = self.0.store().read().await?.overrides(workspace).await?;
        let key = SettingKey::MEMBERS_MAX_INACTIVE.as_str();
        let of_communities = overrides.iter().filter(|row| row.setting == key).map(|row| read_limit(&row.value));
        let limits = of_communities.chain([settings.members.max_inactive]);
        let days = limits.filter_map(|limit| match limit {
            Limit::Unlimited => None,
            Limit::Of(days) => Some(days),
        });
        Ok(days.min_by_key(|days| days.0).map_or(Limit::Unlimited, Limit::Of))
    }
}

/// The limit that holds for a member: the strictest of what their communities say.
async fn limit_of(tx: &mut Tx, settings: &Settings, member: &MemberRow) -> Result<Limit<Days>> {
    let Some(setting) = SettingKey::MEMBERS_MAX_INACTIVE.setting() else { return Ok(Limit::Unlimited) };
    Ok(read_limit(&effective_for(tx, settings, &member.workspace_id, &member.id, setting).await?))
}

/// A stored limit; one that can't be read deactivates nobody.
fn read_limit(text: &str) -> Limit<Days> {
    match text.parse() {
        Ok(0) | Err(_) => Limit::Unlimited,
        Ok(days) => Limit::Of(Days(days)),
    }
}

fn activity(row: &ActivityRow) -> Activity {
    Activity { last: Timestamp(row.last_activity), told_at: row.warned_of_deactivation_at.map(Timestamp) }
}
