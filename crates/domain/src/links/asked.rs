//! Mails that anybody can ask for, for an address that may be nobody's. Asking only puts it into the outbox; whatever
//! hands it over looks who has the address, and how often they were mailed. So asking takes as long whether somebody has
//! the address or not.
use crate::{
    Client, Result, WorkspaceId,
    audit::Entry,
    bailey::{Bailey, Links},
    members::member_by_typed,
    outbox::{Kind, Retries, Undelivered},
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    Settings, Timestamp,
    decide::{account_status, lockout::Guarded},
    time::Span,
};
use serde::{Deserialize, Serialize};
use store::{OutboxTable, Tx};

/// The greatest length of an address that is looked for, in characters: longer ones are nobody's (RFC 5321 §4.5.3.1).
const LONGEST: usize = 320;

/// What a mail was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum AskedFor {
    /// Choosing a new password.
    PasswordReset,
    /// Claiming an account.
    Claim,
    /// Joining the workspace.
    Registration {
        /// Their name.
        name: String,
    },
    /// Lifting a lock earlier than it ends.
    Unlock {
        /// When it ends.
        until: Timestamp,
    },
}

/// A mail that somebody has asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AskedMail {
    /// The address as typed.
    email: String,
    /// What for.
    what: AskedFor,
}

impl Kind for AskedMail {
    const TABLE: OutboxTable = OutboxTable::AskedMails;
    const RETRIES: Retries = Retries {
        at_once: 50,
        lease: Span::minutes(2),
        most: 12,
        longest_pause: Span::minutes(60),
        // Nothing is left of what was looked at.
        retention: Span::days(0),
    };

    fn place(id: &str) -> String {
        format!("asked_mails/asked/{id}")
    }

    async fn hand_over(&self, bailey: &Bailey, _: &str, workspace: &str) -> std::result::Result<(), Undelivered> {
        let words = |permanent| move |words: String| Undelivered { words, permanent };
        let workspace =
            WorkspaceId::parse(workspace).ok_or_else(|| "no such workspace".to_owned()).map_err(words(true))?;
        bailey.links().look_at_asked(&workspace, self).await.map_err(|error| words(false)(error.to_string()))
    }
}

impl Links<'_> {
    /// Takes note that somebody has asked for a mail to an address.
    pub(crate) async fn ask_for_mail(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        email: &str,
        what: AskedFor,
    ) -> Result<()> {
        let now = self.0.now();
        let id = random::id(now)?.to_string();
        let asked = AskedMail { email: email.chars().take(LONGEST + 1).collect(), what };
        let sealed = self.0.outbox().seal(tx, &id, &asked).await?;
        Ok(tx.insert_asked_mail(&id, workspace, &sealed, now.0).await?)
    }

    /// Takes note that a stranger has asked for a mail to an address, tells the audit log of it, and counts it for their
    /// network address.
    pub(crate) async fn ask_as_stranger(
        self,
        workspace: &WorkspaceId,
        email: &str,
        what: AskedFor,
        entry: Entry,
        client: &Client,
        settings: &Settings,
    ) -> Result<()> {
        let entry = entry.from_address(client.address.as_deref());
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            self.ask_for_mail(&mut tx, workspace, email, what.clone()).await?;
            self.0.audit().record(&mut tx, workspace, entry.clone()).await?;
            self.0.lockouts().count_for_address(&mut tx, workspace, Guarded::AddressMails, client, settings).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Sends whoever has the address what was asked for, if anybody has it and their mailbox may get it now.
    async fn look_at_asked(self, workspace: &WorkspaceId, asked: &AskedMail) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            if let AskedFor::Registration { name } = &asked.what {
                self.0.members().take_registration(&mut tx, workspace, &asked.email, name).await?;
                return Ok(tx.commit().await?);
            }
            let Some(member) = member_by_typed(&mut tx, workspace, &asked.email).await? else { return Ok(()) };
            if !account_status::gets_asked_mail(member.status) {
                return Ok(());
            }
            tx.lock_member(&member.id).await?;
            match &asked.what {
                AskedFor::Registration { .. } => {}
                AskedFor::PasswordReset => self.mail_reset(&mut tx, &member, false).await?,
                AskedFor::Claim => self.mail_claim(&mut tx, &member).await?,
                AskedFor::Unlock { until } => self.mail_lock(&mut tx, &member, *until).await?,
            }
            Ok(tx.commit().await?)
        })
        .await
    }
}
