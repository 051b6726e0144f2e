//! A message in a conversation, and who is told of it.
use super::{entry, judge_body};
use crate::{
    Caller, ConversationId, Error, Result, bailey::Conversations, members::hold_caller,
    platform::unit_of_work::unit_of_work,
};
use policy::decide::{
    conversation::{self, MailDue, Recipient},
    quota::{self, Quota},
};
use store::{ParticipantRow, Tx};

impl Conversations<'_> {
    /// Writes to whoever takes part in a conversation; the caller has read it up to a message.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the field `body`; [`Error::NotFound`] when there is no such conversation,
    /// or not for the caller; [`policy::Refusal::QuotaReached`] after too many messages within a day.
    pub async fn reply(self, caller: &Caller, id: &ConversationId, body: &str, seen: i64) -> Result<()> {
        let body = judge_body(body).map_err(|words| Error::field("body", words))?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            // Of two at once the second one is counted after the first.
            hold_caller(&mut tx, caller).await?;
            tx.conversation_for(caller.member(), id).await?.ok_or(Error::NotFound)?;
            let since = (self.0.now() - quota::MESSAGES_WITHIN).0;
            Quota::Messages.admits_another(tx.messages_sent_since(caller.member(), since).await?)?;
            self.write(&mut tx, caller, id, &body).await?;
            tx.note_read(id, caller.member(), seen).await?;
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            let entry = entry(caller, "Wrote in a conversation").with("conversation", id.as_str());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Adds a message, and tells whoever is to hear of it by mail, now or once they were left in peace for a while.
    pub(super) async fn write(self, tx: &mut Tx, caller: &Caller, id: &ConversationId, body: &str) -> Result<()> {
        let now = self.0.now();
        let number = tx.insert_message(id, caller.member(), body, now.0).await?;
        for one in tx.participants(id).await?.iter().filter(|one| one.member_id != *caller.member()) {
            match conversation::mail_due(&recipient(one), now) {
                MailDue::Never => {}
                MailDue::Later => {
                    tx.set_mail_waits(id, &one.member_id, true).await?;
                }
                MailDue::Now => self.mail_unread(tx, id, &one.member_id, number).await?,
            }
        }
        Ok(())
    }
}

/// What decides whether somebody is mailed.
pub(super) const fn recipient(row: &ParticipantRow) -> Recipient {
    Recipient { status: row.status, in_community: row.in_community, muted: row.muted, mailed_at: row.mailed_at }
}
