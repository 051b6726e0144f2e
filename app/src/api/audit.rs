//! The audit log.
#[cfg(feature = "ssr")]
use super::serve::{context, fail};
use super::{ChangeView, declare::server_function};
use crate::error::ApiError;
use policy::Timestamp;
use serde::{Deserialize, Serialize};

/// One page of the audit log, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The entries.
    pub entries: Vec<AuditEntryView>,
    /// Every channel that can be chosen as a filter.
    pub channels: Vec<String>,
    /// Where the next, older page begins; `None` on the last page.
    pub older: Option<i64>,
}

/// One entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntryView {
    /// Its number in the chain, counted from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The channel.
    pub channel: String,
    /// What happened: `Updated application settings`.
    pub action: String,
    /// Who did it: an address, `console`, or `nobody`.
    pub actor: String,
    /// Whom it was done to, where that is somebody else.
    pub subject: Option<String>,
    /// The address it came from.
    pub address: Option<String>,
    /// What was changed.
    pub changes: Vec<ChangeView>,
    /// More facts: name and value.
    pub facts: Vec<(String, String)>,
}

server_function! {
    /// Loads one page of the audit log: of one channel or all, older than an entry or from the newest.
    "audit/load" in Admin as caller;
    pub async fn load_audit(
        /// Only this channel.
        channel: Option<String>,
        /// Only entries before this number.
        before: Option<i64>,
        /// Only entries about whoever has this address.
        about: Option<String>,
    ) -> Result<AuditPage, ApiError> {
        let about = about.map(|about| about.chars().filter(|c| !c.is_control()).take(400).collect::<String>());
        let about = about.map(|about| about.trim().to_lowercase()).filter(|about| !about.is_empty());
        let filter = domain::audit::Filter { channel: channel.filter(|name| !name.is_empty()), before, about };
        let page = context().bailey.audit().page(caller.workspace(), &filter).await.map_err(fail)?;
        Ok(AuditPage::from(page))
    }
}

#[cfg(feature = "ssr")]
impl From<domain::audit::Page> for AuditPage {
    fn from(page: domain::audit::Page) -> Self {
        Self {
            entries: page.entries.into_iter().map(AuditEntryView::from).collect(),
            channels: domain::audit::Channel::ALL.iter().map(|channel| channel.name().to_owned()).collect(),
            older: page.older,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<domain::audit::Record> for AuditEntryView {
    fn from(record: domain::audit::Record) -> Self {
        Self {
            seq: record.seq,
            at: record.at,
            channel: record.channel.name().to_owned(),
            action: record.action,
            actor: record.actor,
            subject: record.subject,
            address: record.address,
            changes: record.changes.into_iter().map(ChangeView::from).collect(),
            facts: record.facts,
        }
    }
}
