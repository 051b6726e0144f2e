//! What the operator can do at the server's console when the way in through the browser is barred.
use crate::{
    Bailey, Error, Result, Token, WorkspaceId,
    audit::{Actor, Channel, Entry},
    links::Purpose,
    policies::{Author, Plan},
};
use policy::{Change, EmailAddress, Ended, Settings, value::Mode};
use store::{MemberRow, Tx};

impl Bailey {
    /// Turns both *require* switches off; tells what changed.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn rescue_mfa_off(&self, workspace: &WorkspaceId) -> Result<Vec<Change>> {
        let turn_off = |settings: &mut Settings| {
            settings.two_factor.require_admins = false;
            settings.two_factor.require_everyone = false;
        };
        self.rescue_settings(workspace, turn_off).await
    }

    /// Turns the admin allowlist off; its entries stay. Tells what changed.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn rescue_allowlist_off(&self, workspace: &WorkspaceId) -> Result<Vec<Change>> {
        self.rescue_settings(workspace, |settings| settings.network.admin_allowlist_mode = Mode::Off).await
    }

    async fn rescue_settings(
        &self,
        workspace: &WorkspaceId,
        change: impl FnOnce(&mut Settings),
    ) -> Result<Vec<Change>> {
        let now = self.policy_now(workspace).await?;
        let mut wanted = now.settings.clone();
        change(&mut wanted);
        let plan = Plan { base: now.revision, wanted, origin: "console".to_owned(), waits: false, may_lock_out: true };
        Ok(self.carry_out(workspace, plan, &Author::console()).await?.changes)
    }

    /// Removes every second factor of a member and ends their sessions.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn rescue_reset_two_factor(&self, workspace: &WorkspaceId, email: &EmailAddress) -> Result<()> {
        let mut tx = self.store().write().await?;
        let member = find(&mut tx, workspace, email).await?;
        self.remove_all_factors(&mut tx, &member, Ended::ByConsole, "the operator of the server").await?;
        let entry = Entry::new(Channel::Console, "Reset two-factor authentication", Actor::Console).about(email);
        self.record(&mut tx, workspace, entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Makes a one-time sign-in link for a member, in place of their password.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nobody has this address.
    pub async fn rescue_sign_in_link(&self, workspace: &WorkspaceId, email: &EmailAddress) -> Result<Token> {
        let mut tx = self.store().write().await?;
        let member = find(&mut tx, workspace, email).await?;
        let (token, _) = self.make_link(&mut tx, workspace, Purpose::SignIn, Some(&member.id)).await?;
        let entry = Entry::new(Channel::Console, "Made a sign-in link", Actor::Console).about(email);
        self.record(&mut tx, workspace, entry).await?;
        tx.commit().await?;
        Ok(token)
    }
}

async fn find(tx: &mut Tx, workspace: &WorkspaceId, email: &EmailAddress) -> Result<MemberRow> {
    tx.member_by_email(workspace, email).await?.ok_or(Error::NotFound)
}
