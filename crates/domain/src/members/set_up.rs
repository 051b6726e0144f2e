//! The first start: a one-time link from the console, behind which the first super-admin is created.
use crate::{Bailey, Error, Result, Token, WorkspaceId, audit::Actor, members::NewMember};
use policy::{LinkPurpose, Refusal};

impl Bailey {
    /// Makes the set-up link while the workspace has no member; earlier links stop working.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn set_up_link(&self, workspace: &WorkspaceId) -> Result<Option<Token>> {
        let mut tx = self.store().write().await?;
        if tx.has_members(workspace).await? {
            return Ok(None);
        }
        let (token, _) = self.make_link(&mut tx, workspace, LinkPurpose::SetUp, None, None).await?;
        tx.commit().await?;
        Ok(Some(token))
    }

    /// Whether a set-up link is live.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was.
    pub async fn look_at_set_up(&self, workspace: &WorkspaceId, token: &Token) -> Result<()> {
        let mut tx = self.store().read().await?;
        let row = tx.live_link(&token.hash(), self.now().0).await?;
        let live = row.is_some_and(|row| row.workspace_id == *workspace && row.purpose == LinkPurpose::SetUp.name());
        if live && !tx.has_members(workspace).await? { Ok(()) } else { Err(Refusal::LinkDead.into()) }
    }

    /// Creates the first super-admin and uses the link up.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside each field, and then the link stays live;
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was.
    pub async fn set_up(&self, workspace: &WorkspaceId, token: &Token, new: NewMember<'_>) -> Result<()> {
        // Before the work of hashing is done for a stranger.
        self.look_at_set_up(workspace, token).await?;
        let policy = self.policy_now(workspace).await?;
        let judged = self.judge_new_member(&policy.settings, new).await?;
        let mut tx = self.store().write().await?;
        let used = tx.use_link(&token.hash(), LinkPurpose::SetUp.name(), self.now().0).await?;
        if used.is_none() || tx.has_members(workspace).await? {
            return Err(Error::Refused(Refusal::LinkDead));
        }
        self.insert_member(&mut tx, workspace, judged, Actor::Nobody).await?;
        tx.commit().await?;
        Ok(())
    }
}
