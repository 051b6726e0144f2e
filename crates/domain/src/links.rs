//! One-time links: a random token, a purpose, perhaps a member. Opening one changes nothing, since
//! mail scanners open links; only pressing its button does.
use crate::{
    Bailey, Client, Error, Result, Token, WorkspaceId,
    audit::{Actor, Channel, Entry},
    sign_in::{Progress, Proof, Wanted},
};
use policy::{
    EmailAddress, Refusal, SettingKey, Settings, Timestamp,
    decide::{
        link::{self, OpenedBy},
        lockout::Guarded,
        mailbox::{self, SentLink},
    },
    time::Span,
};
use store::{IdeaId, LinkRow, MadeLinkRow, MemberId, MemberRow, Tx};

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Creating the first super-admin.
    SetUp,
    /// Signing in without a password, given out at the server's console.
    SignIn,
    /// Proving that a mailbox is a member's, which lifts a lock.
    IdentityVerification,
    /// Choosing a new password without the old one.
    PasswordReset,
    /// Confirming a claim to an address.
    EmailClaim,
    /// The right to do so, which pressing the button of such a link gives.
    PasswordGrant,
    /// Seeing an idea that was shared; it changes nothing, so it works as often as it is opened.
    IdeaView,
}

impl Purpose {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SetUp => "set-up",
            Self::SignIn => "sign-in",
            Self::IdentityVerification => "identity-verification",
            Self::PasswordReset => "password-reset",
            Self::EmailClaim => "email-claim",
            Self::PasswordGrant => "password-grant",
            Self::IdeaView => "idea-view",
        }
    }

    /// The purposes of links that a member opens.
    const IN_MAILS: [Self; 5] =
        [Self::SignIn, Self::IdentityVerification, Self::PasswordReset, Self::EmailClaim, Self::IdeaView];

    /// Every purpose.
    pub(crate) const ALL: [Self; 7] = [
        Self::SetUp,
        Self::SignIn,
        Self::IdentityVerification,
        Self::PasswordReset,
        Self::EmailClaim,
        Self::PasswordGrant,
        Self::IdeaView,
    ];

    /// What a setting says about it, where one does.
    pub(crate) const fn governed(self) -> Option<link::Purpose> {
        match self {
            Self::SetUp | Self::SignIn => None,
            Self::IdentityVerification => Some(link::Purpose::IdentityVerification),
            Self::PasswordReset => Some(link::Purpose::PasswordReset),
            Self::EmailClaim => Some(link::Purpose::EmailClaim),
            Self::PasswordGrant => Some(link::Purpose::PasswordGrant),
            Self::IdeaView => Some(link::Purpose::IdeaView),
        }
    }

    /// When a link that is issued now lapses; `None` where it never does.
    fn lapses(self, settings: &Settings, issued_at: Timestamp) -> Option<Timestamp> {
        match self.governed() {
            Some(purpose) => link::lapses(settings, purpose, issued_at).map(|(at, _)| at),
            None if self == Self::SetUp => Some(issued_at + Span::days(7)),
            None => Some(issued_at + Span::minutes(60)),
        }
    }

    /// Whether a link works now, under today's settings.
    pub(crate) fn works(self, settings: &Settings, row: &LinkRow, now: Timestamp) -> bool {
        let (issued_at, said_then) = (Timestamp(row.created_at), row.expires_at.map(Timestamp));
        match self.governed() {
            Some(purpose) => link::works(settings, purpose, issued_at, said_then, now),
            None => said_then.is_none_or(|at| now < at),
        }
    }
}

/// A live link, whose it is, and what it is about.
pub(crate) struct Live {
    pub purpose: Purpose,
    pub member: MemberRow,
    subject: Option<String>,
}

impl Live {
    /// The idea that it leads to; `None` for any other link.
    fn idea(&self) -> Option<IdeaId> {
        self.subject.as_deref().filter(|_| self.purpose == Purpose::IdeaView).and_then(IdeaId::parse)
    }
}

/// What a live link will do when its button is pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkView {
    /// Whose it is.
    pub email: EmailAddress,
    /// Whether the address is proved to be theirs.
    pub verified: bool,
    /// What it does.
    pub does: LinkAct,
    /// Who looks at it.
    pub opened_by: OpenedBy,
}

/// What a link does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkAct {
    /// Signs in, in place of the password.
    SignIn,
    /// Lifts a lock.
    Unlock,
    /// Leads to choosing a new password.
    ChoosePassword,
    /// Confirms a claim, and leads to choosing a password.
    Claim,
    /// Leads to an idea, at once where that is allowed.
    ShowIdea {
        /// Which.
        id: IdeaId,
        /// Whether it does so without asking.
        straight_on: bool,
    },
}

/// What came of a link.
#[derive(Debug, Clone)]
pub enum LinkUsed {
    /// It took the place of the password.
    SignedIn(Progress),
    /// It lifted the lock.
    Unlocked,
    /// It proved that the address is the member's.
    Confirmed,
    /// It gave the right to choose a new password: the token that stands for it.
    Granted(Token),
    /// It leads to this idea, and goes on working.
    LeadsTo(IdeaId),
}

impl Bailey {
    /// Makes a link in place of earlier ones of the same purpose for the same member; tells when it lapses.
    pub(crate) async fn make_link(
        &self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        purpose: Purpose,
        member: Option<&MemberId>,
    ) -> Result<(Token, Option<Timestamp>)> {
        self.make_link_about(tx, workspace, purpose, member, None).await
    }

    /// Makes a link about something, in place of earlier ones about the same.
    async fn make_link_about(
        &self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        purpose: Purpose,
        member: Option<&MemberId>,
        subject: Option<&str>,
    ) -> Result<(Token, Option<Timestamp>)> {
        let now = self.now();
        tx.void_links(workspace, purpose.name(), member, subject, now.0).await?;
        let lapses = purpose.lapses(&self.policy_in(tx, workspace).await?.settings, now);
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

    /// Makes a link for a mail to a member: its address, and when it lapses.
    pub(crate) async fn link_for_mail(
        &self,
        tx: &mut Tx,
        member: &MemberRow,
        purpose: Purpose,
        subject: Option<&str>,
    ) -> Result<(String, Option<Timestamp>)> {
        let (token, lapses) =
            self.make_link_about(tx, &member.workspace_id, purpose, Some(&member.id), subject).await?;
        Ok((format!("{}/link/{}", self.origin(), token.expose()), lapses))
    }

    /// May a mailbox get another mail with such a link that anybody can ask for? The pauses grow, and there
    /// are few in an hour, until one of them is used. The member is held until the end of the unit of work.
    pub(crate) async fn may_mail_link(&self, tx: &mut Tx, member: &MemberRow, purpose: Purpose) -> Result<bool> {
        tx.lock_member(&member.id).await?;
        let (now, workspace) = (self.now(), &member.workspace_id);
        let since = (now - mailbox::COUNTED).0;
        let made = tx.links_made_since(workspace, purpose.name(), &member.id, None, since).await?;
        let made = made.into_iter().map(|(at, used)| SentLink { at: Timestamp(at), used_at: used.map(Timestamp) });
        let counted = mailbox::since_the_last_pressed(&made.collect::<Vec<_>>());
        Ok(mailbox::free_from(&counted, now).is_none())
    }

    /// Finds a live link for one of these purposes, and whose it is.
    pub(crate) async fn live_link_for(
        &self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        token: &Token,
        purposes: &[Purpose],
    ) -> Result<Live> {
        let now = self.now();
        let row = tx.live_link(&token.hash(), now.0).await?.filter(|row| row.workspace_id == *workspace);
        let row = row.ok_or(Refusal::LinkDead)?;
        let purpose = purposes.iter().copied().find(|purpose| purpose.name() == row.purpose);
        let purpose = purpose.ok_or(Refusal::LinkDead)?;
        if !purpose.works(&self.policy_in(tx, workspace).await?.settings, &row, now) {
            return Err(Refusal::LinkDead.into());
        }
        let member = match &row.member_id {
            Some(id) => tx.member(id).await?,
            None => None,
        };
        Ok(Live { purpose, member: member.ok_or(Refusal::LinkDead)?, subject: row.subject })
    }

    /// Why a link does not work, for whoever looks at it: only the member it was sent to learns which.
    async fn why_dead(
        &self,
        tx: &mut Tx,
        workspace: &WorkspaceId,
        token: &Token,
        who: Option<&EmailAddress>,
    ) -> Result<Refusal> {
        let Some(MadeLinkRow { link: row, used_at }) = tx.made_link(&token.hash()).await? else {
            return Ok(Refusal::LinkDead);
        };
        let purpose = Purpose::IN_MAILS.into_iter().find(|purpose| purpose.name() == row.purpose);
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
        let policy = self.policy_in(tx, workspace).await?;
        let lapses = |purpose| link::lapses(&policy.settings, purpose, Timestamp(row.created_at));
        Ok(Refusal::LinkExpired { by: purpose.governed().and_then(lapses).map(|(_, by)| by) })
    }

    /// Finds the member whose right to choose a new password this is.
    ///
    /// # Errors
    /// [`Refusal::LinkExpired`] when it has lapsed: whoever brings it has pressed the button themselves;
    /// [`Refusal::LinkDead`] when it was used or never was.
    pub(crate) async fn granted(&self, tx: &mut Tx, workspace: &WorkspaceId, grant: &Token) -> Result<MemberRow> {
        let purpose = Purpose::PasswordGrant;
        match self.live_link_for(tx, workspace, grant, &[purpose]).await {
            Ok(live) => Ok(live.member),
            Err(Error::Refused(Refusal::LinkDead)) => {
                let made = tx.made_link(&grant.hash()).await?.filter(|made| {
                    made.used_at.is_none()
                        && made.link.workspace_id == *workspace
                        && made.link.purpose == purpose.name()
                });
                Err(made
                    .map_or(Refusal::LinkDead, |_| Refusal::LinkExpired { by: Some(SettingKey::LINKS_PASSWORDLESS) })
                    .into())
            }
            Err(error) => Err(error),
        }
    }

    /// Says what a link will do for whoever looks at it, without using it.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was; to the member it was sent to
    /// [`Refusal::LinkUsed`] or [`Refusal::LinkExpired`].
    pub async fn look_at_link(
        &self,
        workspace: &WorkspaceId,
        token: &Token,
        who: Option<&EmailAddress>,
    ) -> Result<LinkView> {
        let mut tx = self.store().read().await?;
        let live = match self.live_link_for(&mut tx, workspace, token, &Purpose::IN_MAILS).await {
            Err(Error::Refused(Refusal::LinkDead)) => {
                return Err(self.why_dead(&mut tx, workspace, token, who).await?.into());
            }
            live => live?,
        };
        let opened_by = match who {
            None => OpenedBy::Nobody,
            Some(email) if *email == live.member.email => OpenedBy::Recipient,
            Some(_) => OpenedBy::SomebodyElse,
        };
        let does = match live.purpose {
            Purpose::SignIn => LinkAct::SignIn,
            Purpose::PasswordReset => LinkAct::ChoosePassword,
            Purpose::EmailClaim => LinkAct::Claim,
            Purpose::IdeaView => {
                let policy = self.policy_in(&mut tx, workspace).await?;
                let straight_on = link::leads_straight_on(&policy.settings, opened_by);
                LinkAct::ShowIdea { id: live.idea().ok_or(Refusal::LinkDead)?, straight_on }
            }
            Purpose::SetUp | Purpose::IdentityVerification | Purpose::PasswordGrant => LinkAct::Unlock,
        };
        let Live { member, .. } = live;
        Ok(LinkView { email: member.email, verified: member.email_verified_at.is_some(), does, opened_by })
    }

    /// Uses a link up: one from the console in place of the password, a second factor being asked for all
    /// the same; one in a mail about a lock lifts it. One that only leads somewhere goes on working.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when it was used, has lapsed or never was.
    pub async fn use_link(&self, workspace: &WorkspaceId, token: &Token, client: &Client) -> Result<LinkUsed> {
        let mut tx = self.store().write().await?;
        let live = self.live_link_for(&mut tx, workspace, token, &Purpose::IN_MAILS).await?;
        if live.purpose == Purpose::IdeaView {
            return Ok(LinkUsed::LeadsTo(live.idea().ok_or(Refusal::LinkDead)?));
        }
        let Live { purpose, member, .. } = live;
        if tx.use_link(&token.hash(), purpose.name(), self.now().0).await?.is_none() {
            return Err(Refusal::LinkDead.into());
        }
        let used = match purpose {
            Purpose::SignIn => {
                let progress = self.first_step_done(&mut tx, member, Wanted::default(), client, Proof::Link).await?;
                LinkUsed::SignedIn(progress)
            }
            Purpose::PasswordReset | Purpose::EmailClaim => {
                if purpose == Purpose::EmailClaim {
                    self.claim_confirmed(&mut tx, &member, client).await?;
                }
                let grant = self.make_link(&mut tx, workspace, Purpose::PasswordGrant, Some(&member.id)).await?;
                LinkUsed::Granted(grant.0)
            }
            _ => {
                self.unlock_by_mail(&mut tx, &member, client).await?;
                if member.email_verified_at.is_some() { LinkUsed::Unlocked } else { LinkUsed::Confirmed }
            }
        };
        tx.commit().await?;
        Ok(used)
    }

    /// Lifts the lock of the password. AttemptCounter at codes go on counting: a mailbox is no second factor.
    async fn unlock_by_mail(&self, tx: &mut Tx, member: &MemberRow, client: &Client) -> Result<()> {
        tx.clear_attempts_at(&member.id, Guarded::SignIn.name()).await?;
        tx.verify_email(&member.id, self.now().0).await?;
        let entry = Entry::new(Channel::SignIn, "Unlocked by mail", Actor::Member(member.email.clone()))
            .from_address(client.address.as_deref());
        self.record(tx, &member.workspace_id, entry).await
    }
}
