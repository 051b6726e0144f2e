//! The list of the members: who there is, and whether they take part.
use crate::{
    Caller, MemberId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    members::changeable,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    AccountStatus, Ended, MemberSegment, Refusal,
    decide::{
        account_status,
        lockout::{self, Guarded},
    },
};
pub use store::MemberSummaryRow;

/// How many members the roll shows at once.
const SHOWN: i64 = 200;

impl Members<'_> {
    /// The members in a segment whose name or address holds a text, and whether there are more than are shown.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(
        self,
        caller: &Caller,
        segment: MemberSegment,
        holds: &str,
    ) -> Result<(Vec<MemberSummaryRow>, bool)> {
        let settings = &caller.policy().settings;
        let facts = self.segment_facts(settings, settings);
        let holds: String = holds.trim().chars().filter(|c| !c.is_control()).take(200).collect();
        let mut tx = self.0.store().read().await?;
        let mut rows = tx.member_list(caller.workspace(), segment, &facts, &holds, SHOWN + 1).await?;
        let shown = usize::try_from(SHOWN).unwrap_or(usize::MAX);
        // A lock that was made under a longer duration, or before a clock was set back, ends no later than one of now.
        let latest = lockout::ends_by(lockout::budget(settings, Guarded::SignIn), self.0.now());
        for row in &mut rows {
            row.locked_until = row.locked_until.map(|until| until.min(latest));
        }
        let more = rows.len() > shown;
        rows.truncate(shown);
        Ok((rows, more))
    }

    /// Gives a member another standing. Whoever is no longer active is signed out everywhere at once.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`] when the caller has not proved lately who they are;
    /// [`Refusal::NotOnYourself`]; [`Refusal::RoleRequired`] for a super-admin's; [`Refusal::StillPending`];
    /// [`Error::NotFound`](crate::Error::NotFound) when the workspace has no such member.
    pub async fn set_status(self, caller: &Caller, member: &MemberId, wanted: AccountStatus) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            account_status::may_be_changed(member.status)?;
            if !tx.set_account_status(&member.id, wanted).await? {
                return Ok(());
            }
            if wanted == AccountStatus::Active {
                tx.count_activity_anew(&member.id, self.0.now().0).await?;
            }
            if wanted != AccountStatus::Active {
                tx.end_sessions(&member.id, None, Ended::NotActive.name(), self.0.now().0).await?;
                tx.take_pendings_of(&member.id).await?;
                tx.void_links_of(&member.id, self.0.now().0).await?;
                self.0.two_factor().cancel_help(&mut tx, &member.id).await?;
            }
            let action = match wanted {
                AccountStatus::Pending => return Err(Refusal::StillPending.into()),
                AccountStatus::Active => "Activated a member",
                AccountStatus::Inactive => "Deactivated a member",
                AccountStatus::Banned => "Banned a member",
            };
            let entry = Entry::new(Channel::Members, action, Actor::Member(caller.email().clone()))
                .from_address(caller.address())
                .about(&member.email)
                .with("standing before", member.status.name());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}
