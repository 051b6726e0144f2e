//! One-time links: a random token, a purpose, perhaps a member. Opening one changes nothing, since
//! mail scanners open links; only pressing its button does.
use crate::{
    Bailey, Client, Result, Token, WorkspaceId,
    sign_in::{Progress, Proof, Wanted},
};
use policy::{EmailAddress, Refusal, time::Span};
use store::{LinkRow, MemberId, Tx};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Creating the first super-admin.
    SetUp,
    /// Signing in without a password, given out at the server's console.
    SignIn,
}

impl Purpose {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SetUp => "set-up",
            Self::SignIn => "sign-in",
        }
    }

    const fn lasts(self) -> Span {
        match self {
            Self::SetUp => Span::days(7),
            Self::SignIn => Span::minutes(60),
        }
    }
}

/// What a live link will do when its button is pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    /// The address it signs in.
    pub email: EmailAddress,
}

impl Bailey {
    /// Makes a link in place of earlier ones of the same purpose for the same member.
    pub(crate) async fn make_link(
        &self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        purpose: Purpose,
        member: Option<&MemberId>,
    ) -> Result<Token> {
        let now = self.now();
        tx.void_links(workspace, purpose.name(), member, now.0).await?;
        let token = Token::new()?;
        let row = LinkRow {
            workspace_id: workspace.clone(),
            purpose: purpose.name().to_owned(),
            member_id: member.cloned(),
            created_at: now.0,
            expires_at: Some((now + purpose.lasts()).0),
        };
        tx.insert_link(&row, &token.hash()).await?;
        Ok(token)
    }

    /// Says what a sign-in link will do, without using it.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was.
    pub async fn look_at_link(&self, workspace: &WorkspaceId, token: &Token) -> Result<LinkView> {
        let mut tx = self.store().read().await?;
        let row = tx.live_link(&token.hash(), self.now().0).await?;
        let row = row.filter(|row| row.workspace_id == *workspace && row.purpose == Purpose::SignIn.name());
        let member = match row.and_then(|row| row.member_id) {
            Some(id) => tx.member(&id).await?,
            None => None,
        };
        member.map(|member| LinkView { email: member.email }).ok_or_else(|| Refusal::LinkDead.into())
    }

    /// Uses a sign-in link up in place of the password; a second factor is asked for all the same.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was.
    pub async fn sign_in_by_link(&self, workspace: &WorkspaceId, token: &Token, client: &Client) -> Result<Progress> {
        let mut tx = self.store().write().await?;
        let row = tx.use_link(&token.hash(), Purpose::SignIn.name(), self.now().0).await?;
        let row = row.filter(|row| row.workspace_id == *workspace);
        let member = match row.and_then(|row| row.member_id) {
            Some(id) => tx.member(&id).await?,
            None => None,
        };
        let member = member.ok_or(Refusal::LinkDead)?;
        let progress = self.first_step_done(&mut tx, member, Wanted::default(), client, Proof::Link).await?;
        tx.commit().await?;
        Ok(progress)
    }
}
