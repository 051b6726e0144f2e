//! Mail waits in the database until it is handed over: a node that stops loses none.
use super::{Letter, Mail, mailer::Outgoing, messages};
use crate::{
    Bailey, Caller, Error, Result,
    audit::{Actor, Channel, Entry},
    links, random,
};
use lettre::message::Mailbox;
use policy::{Timestamp, time::Span};
use serde::{Deserialize, Serialize};
use store::{DueMailRow, MailRow, MemberRow, NewMailRow, Tx};
use uuid::Uuid;

/// How many mails are leased at once.
const AT_ONCE: i64 = 20;
/// How long a lease lasts: longer than a mail server may take for all of them one after the other.
const LEASE: Span = Span::minutes(10);
/// After how many tries a mail is given up; the pauses between them add up to a day.
const MOST_TRIES: i64 = 12;
/// The longest pause between two tries.
const LONGEST_PAUSE: Span = Span::minutes(240);
/// How long mails that were settled stay on the list.
const RETENTION: Span = Span::days(30);
/// How many mails the list shows.
const SHOWN: i64 = 200;

/// What is sealed: the letter, and whom it greets.
#[derive(Serialize, Deserialize)]
struct Sealed {
    name: String,
    letter: Letter,
}

/// Where a mail stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailState {
    /// It waits; what kept it so far, and when it is tried next.
    Waiting(Option<String>, Timestamp),
    /// It was handed over.
    Delivered(Timestamp),
    /// It was given up, and why.
    GivenUp(String, Timestamp),
}

/// A mail as the admins see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedMail {
    /// Its identifier.
    pub id: String,
    /// What it is about.
    pub kind: String,
    /// The address it goes to.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// How often it was tried.
    pub tries: i64,
    /// Where it stands.
    pub state: MailState,
}

impl From<MailRow> for QueuedMail {
    fn from(row: MailRow) -> Self {
        let state = match (row.next_try_at, row.settled_at, row.problem) {
            (Some(next), _, problem) => MailState::Waiting(problem, Timestamp(next)),
            (None, settled, Some(problem)) => MailState::GivenUp(problem, Timestamp(settled.unwrap_or(row.queued_at))),
            (None, settled, None) => MailState::Delivered(Timestamp(settled.unwrap_or(row.queued_at))),
        };
        Self {
            id: row.id,
            kind: row.kind,
            recipient: row.recipient,
            subject: row.subject,
            queued_at: Timestamp(row.queued_at),
            tries: row.tries,
            state,
        }
    }
}

/// The pause before the next try: a minute, doubled each time.
fn pause(tries: i64) -> Span {
    let doubled = u32::try_from(tries.clamp(1, 20) - 1).ok().and_then(|n| 1_u32.checked_shl(n)).unwrap_or(u32::MAX);
    Span::minutes(doubled.min(1_000)).min(LONGEST_PAUSE)
}

/// The place that the letter of a mail is sealed for.
pub(crate) fn place_of_letter(id: &str) -> String {
    format!("mails/letter/{id}")
}

impl Bailey {
    /// Queues a mail to a member, in the unit of work that it tells of.
    pub(crate) async fn queue_mail(&self, tx: &mut Tx, to: &MemberRow, mail: &Mail) -> Result<()> {
        let now = self.now();
        let workspace = tx.workspace(&to.workspace_id).await?.map(|row| row.name).unwrap_or_default();
        let letter = mail.letter(&workspace, self.origin());
        let id = random::id(now)?.to_string();
        let subject = letter.subject.clone();
        let sealed = serde_json::to_vec(&Sealed { name: to.name.clone(), letter }).map_err(Error::internal)?;
        let row = NewMailRow {
            letter: self.seal(tx, &place_of_letter(&id), &sealed).await?,
            id,
            workspace_id: to.workspace_id.clone(),
            kind: mail.kind().to_owned(),
            recipient: to.email.to_string(),
            subject,
            queued_at: now.0,
        };
        Ok(tx.insert_mail(&row).await?)
    }

    /// Queues a mail to the caller.
    pub(crate) async fn mail_caller(&self, tx: &mut Tx, caller: &Caller, mail: &Mail) -> Result<()> {
        let member = tx.member(caller.member()).await?.ok_or(Error::NotFound)?;
        self.queue_mail(tx, &member, mail).await
    }

    /// Hands over the mail that is due; tells how many were.
    ///
    /// # Errors
    /// When the database can't be reached; what a mail server says is noted with the mail.
    pub async fn deliver_mail(&self) -> Result<usize> {
        let now = self.now();
        // An idle outbox is only read, so that it costs the one writer nothing.
        if !self.store().read().await?.has_due_mail(now.0).await? {
            return Ok(0);
        }
        let mut tx = self.store().write().await?;
        let due = tx.lease_mails(now.0, (now + LEASE).0, AT_ONCE).await?;
        tx.commit().await?;
        let mut delivered = 0;
        for row in due {
            delivered += usize::from(self.deliver(row).await?);
        }
        Ok(delivered)
    }

    async fn deliver(&self, row: DueMailRow) -> Result<bool> {
        let DueMailRow { id, recipient, letter, tries } = row;
        let opened = self.vault().open(&place_of_letter(&id), &letter).ok();
        let sealed = opened.and_then(|bytes| serde_json::from_slice::<Sealed>(&bytes).ok());
        let address = recipient.parse().ok();
        let now = self.now();
        let (Some(Sealed { name, letter }), Some(address)) = (sealed, address) else {
            let mut tx = self.store().write().await?;
            if self.vault().lacks_key_of(&letter) && tries < MOST_TRIES {
                // Another node may have the key, or this one gets it yet.
                let words = "This node's key file lacks the key that it was sealed with.";
                tx.mail_delayed(&id, words, (now + pause(tries)).0).await?;
            } else {
                tx.mail_given_up(&id, "It can't be read: the key file is another one.", now.0).await?;
            }
            tx.commit().await?;
            return Ok(false);
        };
        let to = Mailbox::new(Some(name.clone()), address);
        let sent = self.mailer().hand_over(Outgoing { id: &id, to, name: &name, letter: &letter, at: now }).await;
        let mut tx = self.store().write().await?;
        match &sent {
            Ok(()) => tx.mail_delivered(&id, now.0).await?,
            Err(problem) => {
                tracing::warn!(mail = id, %problem, "a mail was not handed over");
                let words: String = problem.to_string().chars().take(300).collect();
                if problem.permanent || tries >= MOST_TRIES {
                    tx.mail_given_up(&id, &words, now.0).await?;
                } else {
                    tx.mail_delayed(&id, &words, (now + pause(tries)).0).await?;
                }
            }
        }
        tx.commit().await?;
        Ok(sent.is_ok())
    }

    /// The latest mails of the workspace, newest first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn mails(&self, caller: &Caller) -> Result<Vec<QueuedMail>> {
        let rows = self.store().read().await?.mails(caller.workspace(), SHOWN).await?;
        Ok(rows.into_iter().map(QueuedMail::from).collect())
    }

    /// Where mail goes, for people.
    pub fn mail_goes(&self) -> String {
        self.mailer().in_words()
    }

    /// Every mail there is, written with made-up facts, by its kind.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn mail_samples(&self, caller: &Caller) -> Result<Vec<(&'static str, Letter)>> {
        let workspace = self.store().read().await?.workspace(caller.workspace()).await?;
        let name = workspace.map(|row| row.name).unwrap_or_default();
        let samples = samples(self.now());
        Ok(samples.iter().map(|mail| (mail.kind(), mail.letter(&name, self.origin()))).collect())
    }

    /// Sends a mail to the caller, to see that mail arrives.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn send_test_mail(&self, caller: &Caller) -> Result<()> {
        let mut tx = self.store().write().await?;
        self.mail_caller(&mut tx, caller, &messages::test_mail::test_mail(self.now())).await?;
        Ok(tx.commit().await?)
    }

    /// Lets a mail that was given up, or waits after a failure, be tried at once.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such mail, or it is being tried at this moment.
    pub async fn retry_mail(&self, caller: &Caller, mail: Uuid) -> Result<()> {
        let id = mail.to_string();
        let mut tx = self.store().write().await?;
        if !tx.retry_mail(caller.workspace(), &id, self.now().0).await? {
            return Err(Error::NotFound);
        }
        let actor = Actor::Member(caller.email().clone());
        let entry = Entry::new(Channel::Settings, "Tried a mail again", actor).from_address(caller.address());
        self.record(&mut tx, caller.workspace(), entry.with("mail", id)).await?;
        Ok(tx.commit().await?)
    }

    /// Deletes mails that were settled long ago.
    pub(crate) async fn forget_mails(&self, tx: &mut Tx) -> Result<u64> {
        Ok(tx.delete_mails_before((self.now() - RETENTION).0).await?)
    }
}

/// Every mail there is, with made-up facts.
fn samples(now: Timestamp) -> Vec<Mail> {
    let mut samples = messages::samples(now);
    samples.extend(links::samples(now));
    samples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_subject_holds_a_secret_and_each_kind_has_its_sample() {
        let samples = samples(Timestamp(1_800_000_000_000));
        let mut kinds: Vec<_> = samples.iter().map(Mail::kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), samples.len());
        for mail in samples {
            let letter = mail.letter("Acme", "https://bailey.example.org");
            assert!(letter.subject.ends_with(" · Acme") && !letter.subject.contains("1234"), "{}", letter.subject);
            assert!(!letter.paragraphs.is_empty());
            let words = letter.paragraphs.iter().chain(&letter.warning).cloned().collect::<Vec<_>>().join(" ");
            assert!(!words.contains("button") && !words.contains("https://"), "the plain part has no button: {words}");
        }
    }

    #[test]
    fn the_pauses_double_and_end_at_four_hours() {
        assert_eq!([1, 2, 3, 8, 9, 12, 40].map(|n| pause(n).millis() / 60_000), [1, 2, 4, 128, 240, 240, 240]);
    }
}
