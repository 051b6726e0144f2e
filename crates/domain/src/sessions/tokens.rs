//! The token of a session that outlives the browser: another one takes its place every hour, so that two who use
//! the same session are found out.
use super::browser_name;
use crate::{
    AdmissionRequest, Caller, Client, Result, Token,
    audit::{Actor, Channel, Entry},
    bailey::Sessions,
    mail::messages::session_replayed::session_replayed,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Ended, Timestamp,
    decide::session::{self, ReplacedToken, TokenTimes},
};
use store::AuthenticatedRow;

/// The session of a token that a request brought, and what it means where the token was replaced.
pub(crate) struct Brought {
    pub row: AuthenticatedRow,
    pub spent: Option<ReplacedToken>,
}

impl Sessions<'_> {
    /// Looks up the session of the token that a request brought.
    pub(crate) async fn find(self, knock: &AdmissionRequest<'_>, now: Timestamp) -> Result<Option<Brought>> {
        let Some(token) = &knock.session else { return Ok(None) };
        let (hash, here) = (token.hash(), |row: &AuthenticatedRow| row.workspace_id == *knock.workspace);
        if let Some(row) = self.0.store().authenticate(&hash).await? {
            if row.token_since.is_some() && row.token_seen_at.is_none() {
                self.0.store().note_token_seen(&row.session_id, now.0).await?;
            }
            return Ok(Some(row).filter(here).map(|row| Brought { row, spent: None }));
        }
        let row = self.0.store().authenticate_spent(&hash).await?.filter(here);
        Ok(row.map(|row| {
            let present = times(row.started_at, row.token_since, row.token_seen_at);
            Brought { spent: Some(session::judge_replaced_token(present, now)), row }
        }))
    }

    /// Ends a session that two use, and tells its member.
    pub(crate) async fn end_replayed(self, row: &AuthenticatedRow, client: &Client, now: Timestamp) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&row.member_id).await?;
            let sessions = tx.sessions_of(&row.member_id).await?;
            let ended = tx.end_session(&row.member_id, &row.session_id, Ended::TokenReplayed.name(), now.0).await?;
            let (Some(session), true) = (sessions.into_iter().find(|session| session.id == row.session_id), ended)
            else {
                // Another request was quicker.
                return Ok(());
            };
            let entry = Entry::new(Channel::Session, "Ended a session that was copied", Actor::Bailey)
                .from_address(client.address.as_deref())
                .about(&row.email);
            self.0.audit().record(&mut tx, &row.workspace_id, entry).await?;
            if let Some(member) = tx.member(&row.member_id).await? {
                let browser = browser_name(&session.user_agent);
                let mail = session_replayed(&browser, client.address.as_deref(), now);
                self.0.mail().queue(&mut tx, &member, &mail).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Gives the caller's session another token where that is due. The one before it works on for requests that
    /// are under way, and until the browser has brought the new one.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn renew_token(self, caller: &Caller) -> Result<Option<Token>> {
        let (now, since) = (self.0.now(), caller.token_since());
        let present = times(caller.times().started_at, since, None);
        if !session::token_is_due(caller.times(), present, now) {
            return Ok(None);
        }
        let token = Token::new()?;
        let replaced = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let replaced = tx.spend_token(caller.session(), since, &token.hash(), now.0).await?;
            tx.commit().await?;
            Ok(replaced)
        });
        Ok(replaced.await?.then_some(token))
    }
}

fn times(started_at: Timestamp, since: Option<Timestamp>, seen_at: Option<Timestamp>) -> TokenTimes {
    TokenTimes { since: since.unwrap_or(started_at), seen_at }
}
