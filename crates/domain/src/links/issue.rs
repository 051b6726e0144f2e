//! Making a link, and how often one is mailed.
use crate::{MemberId, Result, Token, WorkspaceId, bailey::Links, mail::moment};
use policy::{
    LinkPurpose, Refusal, Timestamp,
    decide::{
        link,
        mailbox::{self, SentLink},
    },
};
use store::{LinkRow, MemberRow, Tx};

/// A link that a mail brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MailedLink {
    /// The page that it opens.
    pub path: String,
    /// When it lapses; `None` when it never does.
    pub until: Option<Timestamp>,
}

impl MailedLink {
    fn new(token: &str, until: Option<Timestamp>) -> Self {
        Self { path: format!("/link/{token}"), until }
    }

    /// One that opens nothing.
    pub fn sample(until: Option<Timestamp>) -> Self {
        Self::new("example", until)
    }

    /// What it does, how often, and how long. The plain part of a mail has no button, so the words name none.
    pub fn works_once(&self, what: &str) -> String {
        self.until.map_or_else(
            || format!("{what} It works once."),
            |at| format!("{what} It works once, until {}.", moment(at)),
        )
    }
}

impl Links<'_> {
    /// Makes a link, about something where that is said, in place of earlier ones of the same purpose for the same
    /// member about the same; returns when it lapses.
    pub(crate) async fn issue(
        self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        purpose: LinkPurpose,
        member: Option<&MemberId>,
        subject: Option<&str>,
    ) -> Result<(Token, Option<Timestamp>)> {
        let now = self.0.now();
        tx.void_links(workspace, purpose.name(), member, subject, now.0).await?;
        let settings = self.settings_for(tx, workspace, purpose, subject).await?;
        let lapses = link::lapses(&settings, purpose, now).map(|(at, _)| at);
        let token = Token::new()?;
        let row = LinkRow {
            workspace_id: workspace.clone(),
            purpose: purpose.name().to_owned(),
            member_id: member.cloned(),
            subject: subject.map(str::to_owned),
            created_at: now.0,
            expires_at: lapses.map(|at| at.0),
        };
        tx.insert_link(&row, &token.hash()).await?;
        Ok((token, lapses))
    }

    /// Makes a link for a mail to a member.
    pub(super) async fn for_mail(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        purpose: LinkPurpose,
        subject: Option<&str>,
    ) -> Result<MailedLink> {
        let (token, until) = self.issue(tx, &member.workspace_id, purpose, Some(&member.id), subject).await?;
        Ok(MailedLink::new(token.expose(), until))
    }

    /// From when a mailbox may get another mail with such a link that others can ask for, `None` when it may now: the
    /// pauses grow, and there are few in an hour, until one of them is used. The member is held until the end of the unit
    /// of work.
    pub(super) async fn mailbox_free_from(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        purpose: LinkPurpose,
    ) -> Result<Option<Timestamp>> {
        tx.lock_member(&member.id).await?;
        let (now, workspace) = (self.0.now(), &member.workspace_id);
        let since = (now - mailbox::COUNTED).0;
        let made = tx.links_made_since(workspace, purpose.name(), &member.id, None, since).await?;
        let made = made.into_iter().map(|(at, used)| SentLink { at: Timestamp(at), used_at: used.map(Timestamp) });
        let counted = mailbox::since_the_last_pressed(&made.collect::<Vec<_>>());
        Ok(mailbox::free_from(&counted, now))
    }

    /// Refuses another mail with such a link to a mailbox that got one too short a time ago.
    ///
    /// # Errors
    /// [`Refusal::MailedLately`].
    pub(crate) async fn refuse_if_mailed_lately(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        purpose: LinkPurpose,
    ) -> Result<()> {
        match self.mailbox_free_from(tx, member, purpose).await? {
            None => Ok(()),
            Some(from) => Err(Refusal::MailedLately { seconds: from.since(self.0.now()).whole_seconds() }.into()),
        }
    }

    /// Whether a mailbox may get another mail with such a link now.
    pub(super) async fn may_mail(self, tx: &mut Tx, member: &MemberRow, purpose: LinkPurpose) -> Result<bool> {
        Ok(self.mailbox_free_from(tx, member, purpose).await?.is_none())
    }
}
