//! Mails about conversations: at most one in a while to one person about one of them, with what they have not read.
use super::write::recipient;
use crate::{
    ConversationId, MemberId, Result, bailey::Conversations, links::ToldMessage, platform::unit_of_work::unit_of_work,
};
use policy::decide::conversation::{self, MAIL_PAUSE, MailDue};
use store::Tx;

/// How many messages one mail tells.
const TOLD: i64 = 5;
/// How much of each, in characters.
const TOLD_OF_ONE: usize = 1_000;
/// How many mails that wait are looked at in one turn.
const AT_ONCE: i64 = 200;

impl Conversations<'_> {
    /// Sends the mails that have waited long enough; returns how many.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn mail_what_waits(self) -> Result<u32> {
        let before = (self.0.now() - MAIL_PAUSE).0;
        let waiting = self.0.store().read().await?.conversation_mails_waiting(before, AT_ONCE).await?;
        let mut sent = 0;
        for (id, member) in waiting {
            sent += u32::from(self.mail_one(&id, &member).await?);
        }
        Ok(sent)
    }

    /// Sends a mail that waits, as things are now; returns whether it was wanted still.
    async fn mail_one(self, id: &ConversationId, member: &MemberId) -> Result<bool> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(member).await?;
            // Of two nodes the second one finds that no mail waits.
            if !tx.set_mail_waits(id, member, false).await? {
                return Ok(false);
            }
            let one = tx.participants(id).await?.into_iter().find(|one| one.member_id == *member);
            let due = one.is_some_and(|one| conversation::mail_due(&recipient(&one), self.0.now()) == MailDue::Now);
            let latest = tx.untold_messages_of(id, member, 1).await?.first().map(|message| message.number);
            let wanted = latest.filter(|_| due);
            if let Some(number) = wanted {
                self.mail_unread(&mut tx, id, member, number).await?;
            }
            tx.commit().await?;
            Ok(wanted.is_some())
        })
        .await
    }

    /// Tells a member by mail what they have not read in a conversation, up to the message of a number.
    pub(super) async fn mail_unread(
        self,
        tx: &mut Tx,
        id: &ConversationId,
        member: &MemberId,
        number: i64,
    ) -> Result<()> {
        let (Some(member), Some(row)) = (tx.member(member).await?, tx.conversation_for(member, id).await?) else {
            return Ok(());
        };
        let untold = tx.untold_messages_of(id, &member.id, TOLD + 1).await?;
        let told = untold.iter().zip(0..TOLD).map(|(message, _)| message);
        let told = told.map(|message| ToldMessage { by: message.author.clone(), body: shortened(&message.body) });
        let mut told: Vec<_> = told.collect();
        told.reverse();
        let more = untold.len() > told.len();
        self.0.links().mail_messages(tx, &member, &row, number, &told, more).await?;
        Ok(tx.note_conversation_mailed(id, &member.id, number, self.0.now().0).await?)
    }
}

/// The beginning of a text, as a mail tells it.
fn shortened(text: &str) -> String {
    let mut told: String = text.chars().take(TOLD_OF_ONE).collect();
    if told.len() < text.len() {
        told.push('…');
    }
    told
}
