//! Asking for another address of one's own.
use crate::{
    Caller, Error, Result,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    members::hold_caller,
    platform::unit_of_work::unit_of_work,
};
use policy::EmailAddress;

impl Members<'_> {
    /// Sends the caller a link to an address, by which it becomes theirs.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the field `email`; [`policy::Refusal::StepUpRequired`], since whoever has the
    /// address gets into the account; [`policy::Refusal::MailedLately`].
    pub async fn ask_for_email_change(self, caller: &Caller, typed: &str) -> Result<()> {
        caller.is_fresh()?;
        let to = EmailAddress::parse(typed).map_err(|problem| Error::field("email", problem.to_string()))?;
        if to == *caller.email() {
            return Err(Error::field("email", "This is your address already."));
        }
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = hold_caller(&mut tx, caller).await?;
            self.0.links().mail_email_change(&mut tx, &member, &to).await?;
            let entry = Entry::new(Channel::Members, "Asked for another address", Actor::Member(member.email.clone()))
                .from_address(caller.address());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}
