//! Forms whose session was over when they were posted: kept until their author has signed in again, for the browser
//! that has posted them. Whoever else holds a token of that session can put nothing before its member.
use crate::{Caller, Client, Error, MemberId, Result, Token, bailey::SavedForms, platform::unit_of_work::unit_of_work};
use policy::{Ended, Timestamp, decide::session, time::Span};
use std::collections::BTreeMap;
use store::{SavedFormRow, Tx};

/// How long a form is kept.
pub const RETENTION: Span = Span::minutes(60);

/// How many forms are kept for one member, the latest: of as many browsers.
const MOST: i64 = 5;

/// What was typed, by the name of the field.
pub type SavedForm = BTreeMap<String, String>;

impl SavedForms<'_> {
    /// Keeps the form of a page of whoever has just posted it, in place of one that their browser had kept before.
    /// Returns the token by which that browser gets it back.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn save(self, caller: &Caller, page: &str, fields: &SavedForm) -> Result<Token> {
        self.put(caller.member(), caller.client(), page, fields).await
    }

    /// Keeps the form of a page that was posted after its author's session had ended, in place of one that their browser
    /// had kept before. Returns the token by which that browser gets it back; `None` where the session was ended by
    /// somebody, so that whoever still has its token may have none of its powers.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn save_after_end(
        self,
        (member, ended): (&MemberId, Ended),
        client: &Client,
        page: &str,
        fields: &SavedForm,
    ) -> Result<Option<Token>> {
        if !session::keeps_forms(ended) {
            return Ok(None);
        }
        self.put(member, client, page, fields).await.map(Some)
    }

    /// Keeps the form of a page that was refused because something else is asked of its author first, in place of one that
    /// their browser had kept before. Returns the token by which that browser gets it back.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn save_refused(
        self,
        member: &MemberId,
        client: &Client,
        page: &str,
        fields: &SavedForm,
    ) -> Result<Token> {
        self.put(member, client, page, fields).await
    }

    async fn put(self, member: &MemberId, client: &Client, page: &str, fields: &SavedForm) -> Result<Token> {
        let fields = serde_json::to_string(fields).map_err(Error::internal)?;
        let token = Token::new()?;
        let row = SavedFormRow {
            token_hash: token.hash(),
            member_id: member.clone(),
            page: page.to_owned(),
            fields,
            saved_at: self.0.now(),
        };
        let put = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            if let Some(before) = &client.form {
                tx.delete_saved_form(before, member).await?;
            }
            tx.insert_saved_form(&row, MOST).await?;
            Ok(tx.commit().await?)
        });
        put.await?;
        Ok(token)
    }

    /// The form of a page that is kept for the caller's browser; it stays until they save, or for an hour.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn find(self, caller: &Caller, page: &str) -> Result<Option<SavedForm>> {
        let Some(token) = &caller.client().form else { return Ok(None) };
        let row = self.0.store().read().await?.saved_form(token, caller.member(), page).await?;
        let Some(row) = row.filter(|row| row.saved_at + RETENTION > self.0.now()) else { return Ok(None) };
        serde_json::from_str(&row.fields).map(Some).map_err(Error::internal)
    }

    /// Forgets the form that was kept for whoever has saved it now.
    pub(crate) async fn forget(self, caller: &Caller) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            self.forget_in(&mut tx, caller).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Forgets the form of a page that was kept for whoever has had it taken now.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn forget_of(self, caller: &Caller, page: &str) -> Result<()> {
        if self.find(caller, page).await?.is_some() { self.forget(caller).await } else { Ok(()) }
    }

    /// Forgets it in the unit of work that saves it.
    pub(crate) async fn forget_in(self, tx: &mut Tx, caller: &Caller) -> Result<()> {
        match &caller.client().form {
            Some(token) => Ok(tx.delete_saved_form(token, caller.member()).await?),
            None => Ok(()),
        }
    }

    /// The instant before which kept forms are deleted.
    pub(crate) fn kept_since(self) -> Timestamp {
        self.0.now() - RETENTION
    }
}
