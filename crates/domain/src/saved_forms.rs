//! Forms whose session was over when they were posted: kept until their author has signed in again.
use crate::{Caller, Error, MemberId, Result, bailey::SavedForms};
use policy::{Timestamp, time::Span};
use std::collections::BTreeMap;
use store::SavedFormRow;

/// How long a form is kept.
const RETENTION: Span = Span::minutes(60);

/// What was typed, by the name of the field.
pub type SavedForm = BTreeMap<String, String>;

impl SavedForms<'_> {
    /// Keeps the form of a page for a member whose session was over when they posted it, in place of one that
    /// was kept before.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn save(self, member: &MemberId, page: &str, fields: &SavedForm) -> Result<()> {
        let fields = serde_json::to_string(fields).map_err(Error::internal)?;
        let mut tx = self.0.store().write().await?;
        let row = SavedFormRow { member_id: member.clone(), page: page.to_owned(), fields, saved_at: self.0.now() };
        tx.put_saved_form(&row).await?;
        Ok(tx.commit().await?)
    }

    /// The form of a page that is kept for whoever asks; it stays until they save, or for an hour.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn find(self, caller: &Caller, page: &str) -> Result<Option<SavedForm>> {
        let row = self.0.store().read().await?.saved_form(caller.member(), page).await?;
        let Some(row) = row.filter(|row| row.saved_at + RETENTION > self.0.now()) else { return Ok(None) };
        serde_json::from_str(&row.fields).map(Some).map_err(Error::internal)
    }

    /// Forgets the form that was kept for whoever has saved it now.
    pub(crate) async fn forget(self, caller: &Caller) -> Result<()> {
        let mut tx = self.0.store().write().await?;
        tx.delete_saved_form(caller.member()).await?;
        Ok(tx.commit().await?)
    }

    /// The instant before which kept forms are deleted.
    pub(crate) fn kept_since(self) -> Timestamp {
        self.0.now() - RETENTION
    }
}
