//! Telling another member of an idea by mail.
use super::{entry, to_act_on};
use crate::{
    Caller, Error, IdeaId, Result, audit::Channel, bailey::Ideas, members::hold_caller_and,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    AccountStatus, EmailAddress,
    decide::{
        idea::IdeaAct,
        quota::{self, Quota},
    },
};
use store::Tx;

/// What the audit log says of an idea that was shared by mail.
const SHARED: &str = "Shared an idea";

impl Ideas<'_> {
    /// Tells another member of the idea's community of it by mail, with a link that leads there.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the field `email`; [`Error::NotFound`] when there is no such
    /// idea, or not for the caller; [`policy::Refusal::IdeaNotOpen`] unless it was approved;
    /// [`policy::Refusal::QuotaReached`] after too many within a day.
    pub async fn share(self, caller: &Caller, id: &IdeaId, email: &str) -> Result<()> {
        let email = EmailAddress::parse(email).map_err(|problem| Error::field("email", problem.to_string()));
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let (idea, involved) = super::seen(&mut tx, caller, caller.role(), id).await?;
            policy::decide::idea::may(IdeaAct::Share, idea.state, involved)?;
            let email = match &email {
                Ok(email) => email,
                Err(Error::Invalid(wrong)) => return Err(Error::Invalid(wrong.clone())),
                Err(other) => return Err(Error::internal(other)),
            };
            if email == caller.email() {
                return Err(Error::field("email", "That is your own address. Enter somebody else's."));
            }
            let found = tx.member_by_email(caller.workspace(), email).await?;
            let there = match found.filter(|member| member.status == AccountStatus::Active) {
                Some(member) if tx.belongs_to(&idea.community_id, &member.id).await? => Some(member),
                _ => None,
            };
            let Some(member) = there else {
                return Err(Error::field("email", format!("Nobody in {} has this address.", idea.community)));
            };
            // Of two at once the second one is counted after the first.
            let now = hold_caller_and(&mut tx, caller, &member.id).await?;
            let idea = to_act_on(&mut tx, caller, &now, id, IdeaAct::Share).await?;
            if self.0.links().told_of_idea(&mut tx, &member, id).await? {
                return Err(Error::field("email", "They were told of this idea within the last hour."));
            }
            Quota::IdeaMails.admits_another(self.shared_lately(&mut tx, caller).await?)?;
            self.0.links().mail_idea(&mut tx, &member, id, &caller.who().name, &idea.title).await?;
            let entry = entry(caller, SHARED).about(&member.email).with("idea", idea.title);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// How many ideas the caller has lately shared by mail, as the audit log has them.
    async fn shared_lately(self, tx: &mut Tx, caller: &Caller) -> Result<i64> {
        let since = (self.0.now() - quota::IDEAS_WITHIN).0;
        // As it stands in the body of an entry: what somebody types is escaped there.
        let action = format!("\"action\":\"{SHARED}\"");
        let (channel, by) = (Channel::Ideas.name(), Some(caller.email().as_str()));
        Ok(tx.count_audit_entries_by(caller.workspace(), channel, since, &action, by).await?)
    }
}
