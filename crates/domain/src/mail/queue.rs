//! Mail waits in the outbox until it is handed over.
use super::{
    letter::{Letter, Mail},
    mailer::Outgoing,
    mailer_error::MailerError,
    messages,
};
use crate::{
    Caller, Error, Result,
    audit::{Actor, Channel, Entry},
    bailey::{Bailey, Mails},
    links::{self, AskedMail},
    outbox::{DeliveryState, Kind, Retries, Undelivered},
    platform::{random, unit_of_work::unit_of_work},
    workspaces::Profile,
};
use lettre::{Address, address::AddressError, message::Mailbox};
use policy::{Timestamp, time::Span};
use serde::{Deserialize, Serialize};
use store::{MailRow, MemberRow, NewMailRow, OutboxTable, Tx};
use uuid::Uuid;

/// How many mails the list shows.
const SHOWN: i64 = 200;

/// What is sealed: the letter, and whom it greets.
#[derive(Serialize, Deserialize)]
pub(crate) struct AddressedLetter {
    name: String,
    /// The name that it is sent under; empty for the operator's.
    #[serde(default)]
    from_name: String,
    letter: Letter,
}

impl Kind for AddressedLetter {
    const TABLE: OutboxTable = OutboxTable::Mails;
    const RETRIES: Retries = Retries {
        at_once: 20,
        lease: Span::minutes(10),
        // The pauses between them add up to a day.
        most: 12,
        longest_pause: Span::minutes(240),
        retention: Span::days(30),
    };

    fn place(id: &str) -> String {
        format!("mails/letter/{id}")
    }

    async fn hand_over(&self, bailey: &Bailey, id: &str, recipient: &str) -> std::result::Result<(), Undelivered> {
        let Self { name, from_name, letter } = self;
        let address: Address = recipient
            .parse()
            .map_err(|error: AddressError| Undelivered { words: error.to_string(), permanent: true })?;
        let to = Mailbox::new(Some(name.clone()).filter(|name| !name.is_empty()), address);
        Ok(bailey.mailer().hand_over(Outgoing { id, to, name, from_name, letter, at: bailey.now() }).await?)
    }
}

impl From<MailerError> for Undelivered {
    fn from(error: MailerError) -> Self {
        Self { words: error.to_string(), permanent: error.permanent }
    }
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
    pub state: DeliveryState,
}

impl From<MailRow> for QueuedMail {
    fn from(row: MailRow) -> Self {
        Self {
            state: DeliveryState::read(row.queued_at, row.next_try_at, row.settled_at, row.problem),
            id: row.id,
            kind: row.kind,
            recipient: row.recipient,
            subject: row.subject,
            queued_at: Timestamp(row.queued_at),
            tries: row.tries,
        }
    }
}

impl Mails<'_> {
    /// Queues a mail to a member, in the unit of work that it tells of.
    pub(crate) async fn queue(self, tx: &mut Tx, to: &MemberRow, mail: &Mail) -> Result<()> {
        self.queue_for(tx, to, mail, self.0.now()).await.map(drop)
    }

    /// Queues a mail to a member that is not handed over before an instant; returns its identifier.
    pub(crate) async fn queue_for(self, tx: &mut Tx, to: &MemberRow, mail: &Mail, due: Timestamp) -> Result<String> {
        let now = self.0.now();
        let workspace: Profile = tx.workspace(&to.workspace_id).await?.map(Profile::from).unwrap_or_default();
        let letter = mail.letter(&workspace, self.0.origin());
        let id = random::id(now)?.to_string();
        let subject = letter.subject.clone();
        let addressed = AddressedLetter { name: to.name.clone(), from_name: workspace.from_name, letter };
        let row = NewMailRow {
            letter: self.0.outbox().seal(tx, &id, &addressed).await?,
            id,
            workspace_id: to.workspace_id.clone(),
            kind: mail.kind().to_owned(),
            recipient: to.email.to_string(),
            subject,
            queued_at: now.0,
            due_at: due.0,
        };
        tx.insert_mail(&row).await?;
        Ok(row.id)
    }

    /// Queues a mail to the caller.
    pub(crate) async fn queue_to_caller(self, tx: &mut Tx, caller: &Caller, mail: &Mail) -> Result<()> {
        let member = tx.member(caller.member()).await?.ok_or(Error::NotFound)?;
        self.queue(tx, &member, mail).await
    }

    /// Looks at what was asked for, and hands over the mail that is due; returns how many there were of both.
    ///
    /// # Errors
    /// When the database can't be reached; what a mail server says is noted with the mail.
    pub async fn deliver_due(self) -> Result<usize> {
        let asked = self.0.outbox().deliver_due::<AskedMail>().await?;
        Ok(asked + self.0.outbox().deliver_due::<AddressedLetter>().await?)
    }

    /// The latest mails of the workspace, newest first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller) -> Result<Vec<QueuedMail>> {
        let rows = self.0.store().read().await?.mails(caller.workspace(), SHOWN).await?;
        Ok(rows.into_iter().map(QueuedMail::from).collect())
    }

    /// How many mails can't be handed over for a reason that is not theirs, or could not within the last week, and what
    /// the mail server said of one; `None` where there is none.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn failing(self, caller: &Caller) -> Result<Option<(i64, String)>> {
        let since = self.0.now() - Span::days(7);
        let mut tx = self.0.store().read().await?;
        Ok(tx.failing_mails(caller.workspace(), AddressedLetter::RETRIES.most, since.0).await?)
    }

    /// Where mail goes, for people.
    pub fn destination(self) -> String {
        self.0.mailer().in_words()
    }

    /// Every mail there is, written with made-up facts, by its kind.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn samples(self, caller: &Caller) -> Result<Vec<(&'static str, Letter)>> {
        let workspace = self.0.store().read().await?.workspace(caller.workspace()).await?;
        let workspace = workspace.map(Profile::from).unwrap_or_default();
        let samples = samples(self.0.now());
        Ok(samples.iter().map(|mail| (mail.kind(), mail.letter(&workspace, self.0.origin()))).collect())
    }

    /// Sends a mail to the caller, to see that mail arrives.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn send_test(self, caller: &Caller) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            self.queue_to_caller(&mut tx, caller, &messages::test_mail::test_mail(self.0.now())).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Lets a mail that was given up, or waits after a failure, be tried at once.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such mail, or it is being tried at this moment.
    pub async fn retry(self, caller: &Caller, mail: Uuid) -> Result<()> {
        let id = mail.to_string();
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            if !tx.retry(OutboxTable::Mails, caller.workspace(), &id, self.0.now().0).await? {
                return Err(Error::NotFound);
            }
            let actor = Actor::Member(caller.email().clone());
            let entry = Entry::new(Channel::Settings, "Tried a mail again", actor).from_address(caller.address());
            self.0.audit().record(&mut tx, caller.workspace(), entry.with("mail", id.as_str())).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Deletes mails that were settled long ago.
    pub(crate) async fn forget_settled(self, tx: &mut Tx) -> Result<u64> {
        self.0.outbox().forget_settled::<AddressedLetter>(tx).await
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
        let acme = Profile { name: "Acme".to_owned(), ..Profile::default() };
        let samples = samples(Timestamp(1_800_000_000_000));
        let mut kinds: Vec<_> = samples.iter().map(Mail::kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), samples.len());
        for mail in samples {
            let letter = mail.letter(&acme, "https://bailey.example.org");
            assert!(letter.subject.ends_with(" · Acme") && !letter.subject.contains("1234"), "{}", letter.subject);
            assert!(!letter.paragraphs.is_empty());
            let words = letter.paragraphs.iter().chain(&letter.warning).cloned().collect::<Vec<_>>().join(" ");
            assert!(!words.contains("button") && !words.contains("https://"), "the plain part has no button: {words}");
        }
    }
}
