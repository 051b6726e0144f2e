//! Choosing a new password without the old one: by a link in a mail, and the right to that one step which
//! pressing its button gives.
use super::{change::known_before, hasher::Known};
use crate::{
    Caller, Client, Error, MemberId, Result, Token, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Passwords,
    links::AskedFor,
    mail::messages::password_changed::password_changed,
    members::{changeable, member_by_typed},
    platform::unit_of_work::unit_of_work,
    sign_in::captcha::SolvedFor,
};
use policy::{
    Ended, LinkPurpose, Refusal, Settings,
    decide::{
        account_status,
        lockout::Guarded,
        password::{self, Owner},
    },
};
use secrecy::SecretString;
use store::MemberRow;

/// Whoever has the right to choose a new password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
}

impl Passwords<'_> {
    /// The captcha that asking for a new password has to bring solved, as JSON; `None` while they are off.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn reset_captcha(self, workspace: &WorkspaceId, client: &Client) -> Result<Option<String>> {
        self.0.captchas().for_mail(workspace, SolvedFor::Reset, client).await
    }

    /// Sends a link to choose a new password, if somebody has the address; the answer and the work are the same if nobody
    /// has.
    ///
    /// # Errors
    /// [`Refusal::AddressPaused`] after too many tries from one network address;
    /// [`Refusal::CaptchaUnsolved`] when a captcha is asked for.
    pub async fn ask_for_reset(
        self,
        workspace: &WorkspaceId,
        email: &str,
        captcha: &str,
        client: &Client,
    ) -> Result<()> {
        let policy = self.0.policies().now(workspace).await?;
        self.0.captchas().judge_ask_for_mail(workspace, &policy.settings, SolvedFor::Reset, captcha, client).await?;
        let member = member_by_typed(&mut self.0.store().read().await?, workspace, email).await?;
        let entry = Entry::new(Channel::Password, "Asked for a new password", Actor::Nobody)
            .about_holder(member.as_ref().map(|member| &member.email));
        let asked = AskedFor::PasswordReset;
        self.0.links().ask_as_stranger(workspace, email, asked, entry, client, &policy.settings).await
    }

    /// Sends a member a link to choose a new password, on an admin's behalf.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`] when the caller has not proved lately who they are;
    /// [`Refusal::NotOnYourself`]; [`Refusal::RoleRequired`] for a super-admin, whose own link it would void;
    /// [`Refusal::StillPending`]; [`Refusal::MailedLately`] when they got such a mail too short a time ago;
    /// [`Error::NotFound`] when the workspace has no such member.
    pub async fn send_reset(self, caller: &Caller, member: &MemberId) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = changeable(&mut tx, caller, member).await?;
            account_status::may_be_changed(member.status)?;
            self.0.links().mail_reset(&mut tx, &member, true).await?;
            let entry = Entry::new(Channel::Password, "Sent a password reset", Actor::Member(caller.email().clone()))
                .from_address(caller.address())
                .about(&member.email);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Says who has the right to choose a new password.
    ///
    /// # Errors
    /// [`Refusal::LinkExpired`] when it has lapsed; [`Refusal::LinkDead`] when it was used or never was.
    pub async fn look_at_grant(self, workspace: &WorkspaceId, grant: &Token) -> Result<Granted> {
        let mut tx = self.0.store().read().await?;
        let member = self.0.links().granted(&mut tx, workspace, grant).await?;
        Ok(Granted { email: member.email.to_string(), name: member.name })
    }

    /// Chooses a new password by that right, which is used up: every session of the member ends, and their
    /// lock is lifted. They sign in with it, and pass their second step as ever.
    ///
    /// # Errors
    /// [`Error::Invalid`] beside the field `password`, and then the right stays;
    /// [`Refusal::GrantUsedUp`] after too many passwords that can't be chosen again, and then it is used up;
    /// [`Refusal::LinkExpired`] when it has lapsed; [`Refusal::LinkDead`] when it was used or never was.
    pub async fn choose(
        self,
        workspace: &WorkspaceId,
        grant: &Token,
        new: SecretString,
        client: &Client,
    ) -> Result<()> {
        let mut tx = self.0.store().read().await?;
        let member = self.0.links().granted(&mut tx, workspace, grant).await?;
        drop(tx);
        let policy = self.0.policies().now(workspace).await?;
        let limit = self.reuse_limit(&policy.settings, workspace, &member.id).await?;
        let hash = self.judged_hash(&policy.settings, &member, &new, limit, grant).await?;
        let now = self.0.now();
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&member.id).await?;
            let member = tx.member(&member.id).await?.ok_or(Refusal::LinkDead)?;
            if tx.use_link(&grant.hash(), LinkPurpose::PasswordGrant.name(), now.0).await?.is_none() {
                return Err(Refusal::LinkDead.into());
            }
            tx.void_links_of(&member.id, now.0).await?;
            self.replace(&mut tx, &member, &hash, limit.into()).await?;
            // It was not of their own accord, so they may change it at once.
            tx.forget_password_change(&member.id).await?;
            tx.verify_email(&member.id, now.0).await?;
            tx.clear_attempts_at(&member.id, Guarded::SignIn.name()).await?;
            tx.end_all_trust(&member.id).await?;
            tx.take_pendings_of(&member.id).await?;
            self.0.two_factor().cancel_help(&mut tx, &member.id).await?;
            tx.take_pending_authenticator(&member.id).await?;
            let ended = tx.end_sessions(&member.id, None, Ended::CredentialsChanged.name(), now.0).await?;
            let entry =
                Entry::new(Channel::Password, "Chose a new password by mail", Actor::Member(member.email.clone()))
                    .from_address(client.address.as_deref())
                    .with("sessions ended", ended.to_string());
            self.0.audit().record(&mut tx, workspace, entry).await?;
            let mail = password_changed(client.address.as_deref(), now);
            self.0.mail().queue(&mut tx, &member, &mail).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Judges a password that somebody has chosen by a grant, and hashes it. It is held against earlier ones a few times
    /// only: each time costs as much as signing in does, and says whether a text is one of them.
    async fn judged_hash(
        self,
        settings: &Settings,
        member: &MemberRow,
        new: &SecretString,
        limit: u32,
        grant: &Token,
    ) -> Result<String> {
        let owner = Owner { name: &member.name, email: member.email.as_str() };
        if let Err(problem) = self.judge_new(&member.workspace_id, settings, new, owner).await? {
            return Err(Error::field("password", problem.in_words()));
        }
        let known = self.known_hashes(member, limit).await?;
        if known.is_empty() {
            return self.0.hasher().hash(new).await;
        }
        let most = i64::from(password::CHOICES_OF_A_GRANT);
        // Counted before it is looked at, so that of many at once no more are.
        let counted = unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let counted = tx.count_refused_use(&grant.hash(), most, self.0.now().0).await?;
            tx.commit().await?;
            Ok(counted)
        });
        let counted = counted.await?.ok_or(Refusal::GrantUsedUp)?;
        match self.0.hasher().hash_unless_known(new, known).await {
            Ok(Ok(hash)) => Ok(hash),
            Ok(Err(Known)) if counted < most => Err(known_before(limit)),
            Ok(Err(Known)) => {
                self.use_grant_up(member, grant).await?;
                Err(Refusal::GrantUsedUp.into())
            }
            Err(error) => {
                let taken_back = unit_of_work(|| async {
                    let mut tx = self.0.store().write().await?;
                    tx.take_refused_use_back(&grant.hash()).await?;
                    Ok(tx.commit().await?)
                });
                taken_back.await?;
                Err(error)
            }
        }
    }

    /// Uses a right up by which nothing but known passwords was chosen.
    async fn use_grant_up(self, member: &MemberRow, grant: &Token) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(&member.id).await?;
            if tx.use_link(&grant.hash(), LinkPurpose::PasswordGrant.name(), self.0.now().0).await?.is_some() {
                let entry = Entry::new(Channel::Password, "Used up the right to choose a password", Actor::Nobody)
                    .about(&member.email)
                    .with("reason", Refusal::GrantUsedUp.code());
                self.0.audit().record(&mut tx, &member.workspace_id, entry).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }
}
