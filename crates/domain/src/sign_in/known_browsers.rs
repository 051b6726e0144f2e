//! Browsers that a member trusts: they skip the second step for a while.
use crate::{
    Caller, Error, Result, Token,
    audit::{Actor, Channel, Entry},
    bailey::KnownBrowsers,
    members::{changeable, hold_caller},
    platform::unit_of_work::unit_of_work,
    sessions::browser_name,
};
use policy::{Lifespan, Timestamp, decide::trust};
use store::{MemberId, Tx};

/// A browser that skips the second step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedBrowser {
    /// Its identifier.
    pub id: String,
    /// The browser and the system: `Firefox on Linux`.
    pub browser: String,
    /// Until when it is trusted.
    pub until: Timestamp,
    /// When the member last signed in from it.
    pub last_seen_at: Timestamp,
}

impl KnownBrowsers<'_> {
    /// The browsers in which the caller skips the second step.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn trusted(self, caller: &Caller) -> Result<Vec<TrustedBrowser>> {
        let mut tx = self.0.store().read().await?;
        self.trusted_by(&mut tx, caller, caller.member()).await
    }

    /// The browsers in which a member skips the second step.
    pub(crate) async fn trusted_by(
        self,
        tx: &mut Tx,
        caller: &Caller,
        member: &MemberId,
    ) -> Result<Vec<TrustedBrowser>> {
        let (settings, now) = (&caller.policy().settings, self.0.now());
        let rows = tx.trusted_browsers(member).await?;
        let live = rows.into_iter().filter_map(|row| {
            let trusted = Lifespan { since: row.trusted_at, said_until: row.trusted_until };
            let until = trust::trusted_until(settings, trusted, now)?;
            let browser = browser_name(&row.user_agent);
            Some(TrustedBrowser { id: row.browser, browser, until, last_seen_at: row.last_seen_at })
        });
        Ok(live.collect())
    }

    /// Ends the caller's trust in a browser.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the caller trusts no such browser.
    pub async fn end_trust(self, caller: &Caller, id: &str) -> Result<()> {
        // Every browser's name is a hash in digits; PostgreSQL takes no NUL in a text.
        if !id.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::NotFound);
        }
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            if !tx.end_trust(id, caller.member()).await? {
                return Err(Error::NotFound);
            }
            let actor = Actor::Member(caller.email().clone());
            let entry =
                Entry::new(Channel::TwoFactor, "Ended the trust in a browser", actor).from_address(caller.address());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}

impl KnownBrowsers<'_> {
    /// Ends a member's trust in a browser, or in all of them where none is named, on an admin's behalf.
    ///
    /// # Errors
    /// [`policy::Refusal::StepUpRequired`] when the caller has not proved lately who they are;
    /// [`policy::Refusal::NotOnYourself`]; [`policy::Refusal::RoleRequired`] for a super-admin's;
    /// [`Error::NotFound`] when the workspace has no such member, or they trust no such browser.
    pub async fn end_trust_of(self, caller: &Caller, member: &MemberId, id: Option<&str>) -> Result<()> {
        caller.is_fresh()?;
        if id.is_some_and(|id| !id.bytes().all(|byte| byte.is_ascii_graphic())) {
            return Err(Error::NotFound);
        }
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            match id {
                None => tx.end_all_trust(&member.id).await?,
                Some(id) if tx.end_trust(id, &member.id).await? => {}
                Some(_) => return Err(Error::NotFound),
            }
            let action = match id {
                None => "Ended the trust in every browser of a member",
                Some(_) => "Ended the trust in a browser of a member",
            };
            let entry = Entry::new(Channel::TwoFactor, action, Actor::Member(caller.email().clone()))
                .from_address(caller.address())
                .about(&member.email);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}

/// Gives a browser that is trusted from now on another token: whoever has read or planted the one before it
/// gains nothing.
pub(crate) async fn renew_browser(tx: &mut Tx, before: &str, member: &MemberId) -> Result<Token> {
    let token = Token::new()?;
    tx.rename_browser(before, &token.hash(), member).await?;
    Ok(token)
}
