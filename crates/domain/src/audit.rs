//! The audit log: append-only, chained by keyed hashes, written in the unit of work that it tells of.
mod about;
mod names;

pub(crate) use about::ADDRESS_BEFORE;

use crate::{Caller, Error, Result, WorkspaceId, bailey::Audit};
use policy::{Change, EmailAddress, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
pub use store::AuditFilter as Filter;
use store::{AuditRow, Tx};
use strum::{IntoStaticStr, VariantArray};

/// The part of Bailey that an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Channel {
    /// Signing in and out.
    SignIn,
    /// Sessions.
    Session,
    /// Second factors.
    TwoFactor,
    /// Passwords.
    Password,
    /// Settings.
    Settings,
    /// Members and roles.
    Members,
    /// Addresses that were kept from the admin pages.
    Network,
    /// Ideas.
    Ideas,
    /// Files that are kept.
    Files,
    /// Reports.
    Reports,
    /// Conversations between members, without what they say.
    Conversations,
    /// Acts from the server's console.
    Console,
}

impl Channel {
    /// Every channel, in the order of the filter.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The stable name.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A member.
    Member(EmailAddress),
    /// Somebody with access to the server's console.
    Console,
    /// Bailey itself, when a time has come.
    Bailey,
    /// Somebody who has not proved who they are.
    Nobody,
}

impl Actor {
    /// The name in the log.
    pub fn name(&self) -> &str {
        match self {
            Self::Member(email) => email.as_str(),
            Self::Console => "console",
            Self::Bailey => "bailey",
            Self::Nobody => "nobody",
        }
    }
}

/// One value before and after, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The setting's key.
    pub key: String,
    /// The setting's label.
    pub label: String,
    /// Before.
    pub from: String,
    /// After.
    pub to: String,
    /// Whether the value after protects less. Entries of earlier versions do not say so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub weakens: bool,
}

impl From<&Change> for Difference {
    fn from(change: &Change) -> Self {
        Self {
            key: change.setting.key.to_owned(),
            label: change.setting.label.to_owned(),
            from: change.from_words.clone(),
            to: change.to_words.clone(),
            weakens: change.weakens,
        }
    }
}

/// What an entry tells; secrets never stand in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    channel: Channel,
    action: &'static str,
    actor: Actor,
    address: Option<String>,
    subject: Option<String>,
    changes: Vec<Difference>,
    facts: Vec<(String, String)>,
}

impl Entry {
    /// An entry that says what was done by whom.
    pub const fn new(channel: Channel, action: &'static str, actor: Actor) -> Self {
        Self { channel, action, actor, address: None, subject: None, changes: Vec::new(), facts: Vec::new() }
    }

    /// Adds the address it came from.
    #[must_use]
    pub fn from_address(mut self, address: Option<&str>) -> Self {
        self.address = address.map(str::to_owned);
        self
    }

    /// Adds whom it was done to.
    #[must_use]
    pub fn about(mut self, subject: &EmailAddress) -> Self {
        self.subject = Some(subject.to_string());
        self
    }

    /// Adds whose address it was about, or that it is nobody's.
    #[must_use]
    pub fn about_holder(self, holder: Option<&EmailAddress>) -> Self {
        match holder {
            Some(email) => self.about(email),
            None => self.with("reason", "unknown address"),
        }
    }

    /// Adds what was changed.
    #[must_use]
    pub fn with_changes(mut self, changes: &[Change]) -> Self {
        self.changes = changes.iter().map(Difference::from).collect();
        self
    }

    /// Adds what differs now.
    #[must_use]
    pub fn with_differences(mut self, differences: Vec<Difference>) -> Self {
        self.changes = differences;
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.facts.push((name.to_owned(), value.into()));
        self
    }
}

/// An entry as it is stored and hashed. The field order is part of the format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its number in the chain, counted from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The channel.
    pub channel: Channel,
    /// What happened.
    pub action: String,
    /// Who did it.
    pub actor: String,
    /// The address it came from.
    pub address: Option<String>,
    /// Whom it was done to.
    pub subject: Option<String>,
    /// What was changed.
    pub changes: Vec<Difference>,
    /// More facts.
    pub facts: Vec<(String, String)>,
}

/// How many entries a page holds.
const PAGE: i64 = 50;

/// One page of the log, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The entries.
    pub entries: Vec<Record>,
    /// Where the next, older page begins; `None` on the last page.
    pub older: Option<i64>,
}

/// What a look at the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every entry is as it was written; this many.
    Whole(i64),
    /// The chain is broken at this entry.
    Broken(i64),
}

impl Audit<'_> {
    /// Appends an entry in the unit of work whose act it tells of.
    pub(crate) async fn record(self, tx: &mut Tx, workspace: &WorkspaceId, entry: Entry) -> Result<()> {
        let head = tx.next_audit_entry(workspace).await?;
        let mut record = Record {
            seq: head.seq,
            at: self.0.now(),
            channel: entry.channel,
            action: entry.action.to_owned(),
            actor: entry.actor.name().to_owned(),
            address: entry.address,
            subject: entry.subject,
            changes: entry.changes,
            facts: entry.facts,
        };
        self.put_names(tx, workspace, &mut record).await?;
        let body = serde_json::to_string(&record).map_err(Error::internal)?;
        let row = AuditRow {
            seq: record.seq,
            at: record.at,
            channel: record.channel.name().to_owned(),
            actor: record.actor,
            subject: record.subject,
            hash: self.hash(&head.previous, &body),
            previous: head.previous,
            body,
        };
        tx.append_audit_entry(workspace, &row).await?;
        Ok(())
    }

    /// How often the caller has done something since an instant, as the log has it; `None` counts whatever they did there.
    pub(crate) async fn count_by(
        self,
        tx: &mut Tx,
        caller: &Caller,
        channel: Channel,
        action: Option<&str>,
        since: Timestamp,
    ) -> Result<i64> {
        let Some(mark) = self.mark_of(tx, caller.workspace(), caller.email().as_str()).await? else { return Ok(0) };
        // As it stands in the body of an entry: what somebody types is escaped there.
        let action = action.map(|action| format!("\"action\":\"{action}\"")).unwrap_or_default();
        let workspace = caller.workspace();
        Ok(tx.count_audit_entries_of_mark(workspace, channel.name(), since.0, &action, Some(&mark)).await?)
    }

    fn hash(self, previous: &str, body: &str) -> String {
        self.0.vault().hash("audit chain", &[previous.as_bytes(), body.as_bytes()])
    }

    /// Reads one page of the newest entries that match, newest first; an empty one for a channel that there is not.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn page(self, workspace: &WorkspaceId, filter: &Filter) -> Result<Page> {
        if filter.channel.as_ref().is_some_and(|name| Channel::ALL.iter().all(|channel| channel.name() != name)) {
            return Ok(Page { entries: Vec::new(), older: None });
        }
        let mut tx = self.0.store().read().await?;
        // Entries of before hold the address itself.
        let name = match &filter.about {
            Some(email) => self.mark_of(&mut tx, workspace, email).await?,
            None => None,
        };
        let rows = tx.audit_entries(workspace, filter, name.as_deref(), PAGE + 1).await?;
        let read = |row: &AuditRow| serde_json::from_str::<Record>(&row.body).map_err(Error::internal);
        let mut entries = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
        let size = usize::try_from(PAGE).map_err(Error::internal)?;
        let more = entries.len() > size;
        entries.truncate(size);
        self.resolve(&mut tx, workspace, &mut entries).await?;
        let older = entries.last().filter(|_| more).map(|entry| entry.seq);
        Ok(Page { entries, older })
    }

    /// Checks every entry of a workspace's chain.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn verify(self, workspace: &WorkspaceId) -> Result<Verdict> {
        const BATCH: i64 = 500;
        let mut tx = self.0.store().read().await?;
        let head = tx.audit_head(workspace).await?;
        let renamed = tx.audit_names(workspace).await?.into_iter().filter(|row| !self.is_true(row));
        let renamed: BTreeSet<_> = renamed.map(|row| row.name).collect();
        let (mut next, mut previous) = (1, String::new());
        loop {
            let rows = tx.audit_entries_from(workspace, next, BATCH).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let told: Option<Record> = serde_json::from_str(&row.body).ok();
                let same = told.is_some_and(|t| {
                    t.seq == row.seq
                        && t.at == row.at
                        && t.channel.name() == row.channel
                        && t.actor == row.actor
                        && t.subject == row.subject
                });
                let misnamed = names::names(&row.body).any(|name| renamed.contains(name));
                if misnamed
                    || row.seq != next
                    || row.previous != previous
                    || !same
                    || row.hash != self.hash(&previous, &row.body)
                {
                    return Ok(Verdict::Broken(next));
                }
                next += 1;
                previous = row.hash;
            }
        }
        let whole = head.seq == next - 1 && head.previous == previous;
        Ok(if whole { Verdict::Whole(head.seq) } else { Verdict::Broken(next) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_keeps_the_name_under_which_entries_were_written() {
        let names = [
            "sign-in",
            "session",
            "two-factor",
            "password",
            "settings",
            "members",
            "network",
            "ideas",
            "files",
            "reports",
            "conversations",
            "console",
        ];
        for (channel, name) in Channel::ALL.iter().zip(names) {
            assert_eq!(channel.name(), name);
            assert_eq!(serde_json::to_value(channel).expect("a name"), name);
        }
        assert_eq!(Channel::ALL.len(), names.len());
    }
}
