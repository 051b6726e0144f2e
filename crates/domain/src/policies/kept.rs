//! A form whose session was over when it was posted: kept until its author has signed in again.
use crate::{Bailey, Caller, Error, MemberId, Result};
use policy::{Timestamp, time::Span};
use std::collections::BTreeMap;
use store::KeptFormRow;

/// How long a form is kept.
const KEPT_FOR: Span = Span::minutes(60);

/// A form that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptForm {
    /// The revision that it was based on, as posted.
    pub revision: i64,
    /// What was typed, by key.
    pub values: BTreeMap<String, String>,
}

impl Bailey {
    /// Keeps the form of the Security tab for a member whose session was over when they posted it.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn keep_form(&self, member: &MemberId, fields: &BTreeMap<String, String>) -> Result<()> {
        let fields = serde_json::to_string(fields).map_err(Error::internal)?;
        let mut tx = self.store().write().await?;
        let row = KeptFormRow { member_id: member.clone(), fields, kept_at: self.now().0 };
        tx.put_kept_form(&row).await?;
        Ok(tx.commit().await?)
    }

    /// The form that is kept for whoever asks; it stays until they save, or for an hour.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn kept_form(&self, caller: &Caller) -> Result<Option<KeptForm>> {
        let row = self.store().read().await?.kept_form(caller.member()).await?;
        let Some(row) = row.filter(|row| Timestamp(row.kept_at) + KEPT_FOR > self.now()) else { return Ok(None) };
        let mut values: BTreeMap<String, String> = serde_json::from_str(&row.fields).map_err(Error::internal)?;
        let revision = values.remove("revision").and_then(|text| text.parse().ok()).unwrap_or(-1);
        Ok(Some(KeptForm { revision, values }))
    }

    /// Forgets the form that was kept for whoever has saved it now.
    pub(super) async fn forget_form(&self, caller: &Caller) -> Result<()> {
        let mut tx = self.store().write().await?;
        tx.delete_kept_form(caller.member()).await?;
        Ok(tx.commit().await?)
    }

    /// The instant before which kept forms are deleted.
    pub(crate) fn kept_forms_end(&self) -> Timestamp {
        self.now() - KEPT_FOR
    }
}
