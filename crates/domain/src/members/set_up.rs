//! The first start: a one-time link from the console, behind which the first super-admin is created.
use crate::{
    Error, Result, Token, WorkspaceId, audit::Actor, bailey::Members, members::NewMember,
    platform::unit_of_work::unit_of_work,
};
use policy::{LinkPurpose, Refusal};

impl Members<'_> {
    /// Makes the set-up link while the workspace has no member; earlier links stop working.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn set_up_link(self, workspace: &WorkspaceId) -> Result<Option<Token>> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            if tx.has_members(workspace).await? {
                return Ok(None);
            }
            let (token, _) = self.0.links().issue(&mut tx, workspace, LinkPurpose::SetUp, None, None).await?;
            tx.commit().await?;
            Ok(Some(token))
        })
        .await
    }

    /// Whether a set-up link is live.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was.
    pub async fn look_at_set_up(self, workspace: &WorkspaceId, token: &Token) -> Result<()> {
        let mut tx = self.0.store().read().await?;
        let row = tx.live_link(&token.hash(), self.0.now().0).await?;
        let live = row.is_some_and(|row| row.workspace_id == *workspace && row.purpose == LinkPurpose::SetUp.name());
        if live && !tx.has_members(workspace).await? { Ok(()) } else { Err(Refusal::LinkDead.into()) }
    }

    /// Creates the first super-admin and uses the link up.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside each field, and then the link stays live;
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was.
    pub async fn set_up(self, workspace: &WorkspaceId, token: &Token, new: NewMember<'_>) -> Result<()> {
        // Before the work of hashing is done for a stranger.
        self.look_at_set_up(workspace, token).await?;
        let policy = self.0.policies().now(workspace).await?;
        let judged = self.judge_new(workspace, &policy.settings, new).await?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let used = tx.use_link(&token.hash(), LinkPurpose::SetUp.name(), self.0.now().0).await?;
            if used.is_none() || tx.has_members(workspace).await? {
                return Err(Error::Refused(Refusal::LinkDead));
            }
            self.insert(&mut tx, workspace, judged.clone(), Actor::Nobody).await?;
            tx.commit().await?;
            Ok(())
        })
        .await
    }
}
