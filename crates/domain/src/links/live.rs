//! Whether a link is live, and if not, why.
use super::{behaviour, behaviour::Opens, is_opened};
use crate::{IdeaId, MemberId, Result, Token, WorkspaceId, bailey::Links};
use policy::{EmailAddress, LinkPurpose, Refusal, Timestamp, decide::link};
use store::{MadeLinkRow, MemberRow, Tx};

/// A live link, whose it is, and what it is about.
pub(super) struct Live {
    pub purpose: LinkPurpose,
    pub member: MemberRow,
    pub subject: Option<String>,
}

/// Where a live link leads that was posted where many read it, and what is said of it.
pub(super) struct PostedLink {
    pub leads_to: String,
    pub what: &'static str,
    pub button: &'static str,
}

impl Live {
    /// The member whom a link is about that was sent to somebody else.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] where it is about none.
    pub fn about_member(&self) -> std::result::Result<MemberId, Refusal> {
        self.subject.as_deref().and_then(MemberId::parse).ok_or(Refusal::LinkDead)
    }

    /// The idea that it is about.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] where it is about none.
    pub fn about_idea(&self) -> std::result::Result<IdeaId, Refusal> {
        self.subject.as_deref().and_then(IdeaId::parse).ok_or(Refusal::LinkDead)
    }
}

impl Links<'_> {
    /// Finds a live link of a purpose that is wanted, and whose it is.
    ///
    /// # Errors
    /// [`Refusal::LinkSuperseded`] for one that a mail brought and the next mail voided; [`Refusal::LinkDead`].
    pub(super) async fn find_live(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        token: &Token,
        wanted: impl Fn(LinkPurpose) -> bool + Send,
    ) -> Result<Live> {
        let now = self.0.now();
        let row = tx.live_link(&token.hash(), now.0).await?.filter(|row| row.workspace_id == *workspace);
        let Some(row) = row else { return Err(self.superseded(tx, workspace, token).await?.into()) };
        let purpose = row.purpose.parse().ok().filter(|purpose| wanted(*purpose)).ok_or(Refusal::LinkDead)?;
        let (issued_at, said_then) = (Timestamp(row.created_at), row.expires_at.map(Timestamp));
        let settings = self.settings_for(tx, workspace, purpose, row.subject.as_deref()).await?;
        if !link::works(&settings, purpose, issued_at, said_then, now) {
            return Err(Refusal::LinkDead.into());
        }
        let member = match &row.member_id {
            Some(id) => tx.member(id).await?,
            None => None,
        };
        Ok(Live { purpose, member: member.ok_or(Refusal::LinkDead)?, subject: row.subject })
    }

    /// Finds a live link that was posted where many read it; `None` where this is none.
    pub(super) async fn find_posted(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        token: &Token,
    ) -> Result<Option<PostedLink>> {
        let now = self.0.now();
        let row = tx.live_link(&token.hash(), now.0).await?.filter(|row| row.workspace_id == *workspace);
        let Some((row, purpose)) = row.and_then(|row| row.purpose.parse().ok().map(|purpose| (row, purpose))) else {
            return Ok(None);
        };
        let Opens::Posted { to, what, button } = behaviour(purpose).opens else { return Ok(None) };
        let (issued_at, said_then) = (Timestamp(row.created_at), row.expires_at.map(Timestamp));
        let settings = &self.0.policies().within(tx, workspace).await?.settings;
        let works = link::works(settings, purpose, issued_at, said_then, now);
        let leads_to = row.subject.as_deref().filter(|_| works).and_then(to);
        Ok(leads_to.map(|leads_to| PostedLink { leads_to, what, button }))
    }

    /// What is said of a link that is not live: whoever has its token has the mail, or saw it, and may learn that there is
    /// a newer one.
    async fn superseded(self, tx: &mut Tx, workspace: &WorkspaceId, token: &Token) -> Result<Refusal> {
        let hash = token.hash();
        let made = tx.made_link(&hash).await?.filter(|made| made.link.workspace_id == *workspace);
        let mailed = made.is_some_and(|made| made.link.purpose.parse().is_ok_and(is_opened));
        let at = if mailed { tx.superseded_at(&hash).await? } else { None };
        Ok(at.map_or(Refusal::LinkDead, |at| Refusal::LinkSuperseded { at: Timestamp(at) }))
    }

    /// Why a link does not work, for whoever looks at it: only the member it was sent to learns which.
    pub(super) async fn why_dead(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        token: &Token,
        who: Option<&EmailAddress>,
    ) -> Result<Refusal> {
        let Some(MadeLinkRow { link: row, used_at }) = tx.made_link(&token.hash()).await? else {
            return Ok(Refusal::LinkDead);
        };
        let purpose = row.purpose.parse().ok().filter(|purpose| is_opened(*purpose));
        let (Some(who), Some(purpose), Some(member)) = (who, purpose, &row.member_id) else {
            return Ok(Refusal::LinkDead);
        };
        let theirs = tx.member(member).await?.is_some_and(|member| member.email == *who);
        if !theirs || row.workspace_id != *workspace {
            return Ok(Refusal::LinkDead);
        }
        if used_at.is_some() {
            return Ok(Refusal::LinkUsed);
        }
        let settings = self.settings_for(tx, workspace, purpose, row.subject.as_deref()).await?;
        let by = link::lapses(&settings, purpose, Timestamp(row.created_at)).and_then(|(_, by)| by);
        Ok(Refusal::LinkExpired { by })
    }
}
