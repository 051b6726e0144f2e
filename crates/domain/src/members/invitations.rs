//! Invitations: whom admins have invited or added, until they have joined.
mod accept;
mod invite;
mod many;
mod people;

pub use accept::Invited;
pub use invite::{Joining, NewInvitation};
pub use many::{InvitationList, InvitedMany, ReportedLine};
pub use people::{MOST, text_of_file};

use crate::{
    Caller, Error, MemberId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    members::changeable,
    outbox::DeliveryState,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    AccountStatus, LinkPurpose, Refusal, Role, Settings, Timestamp,
    decide::{
        invitation::{self, Inviter},
        joining, link,
        rank::{self, Authority},
    },
};
pub use store::InvitationCounts;
use store::{InvitedRow, MemberRow, Tx};

/// How many of those who have not joined yet are shown at once.
const SHOWN: i64 = 200;

/// Somebody who was invited or added, and has not joined yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Their identifier.
    pub id: MemberId,
    /// Their address.
    pub email: String,
    /// Their name; empty where none was given.
    pub name: String,
    /// The role that they get.
    pub role: Role,
    /// How they join.
    pub joining: Joining,
    /// When they were invited.
    pub invited_at: Timestamp,
    /// The address of who invited them.
    pub invited_by: String,
    /// What their link is good for.
    pub link: InvitationLink,
    /// Where the mail stands; `None` once it is forgotten.
    pub mail: Option<DeliveryState>,
}

/// What the link of somebody is good for who has not joined yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationLink {
    /// It works until an instant; `None` when it never lapses.
    Works(Option<Timestamp>),
    /// It has lapsed.
    Lapsed,
    /// Whoever invited them may no longer give the role.
    Void,
}

impl Invitation {
    fn of(row: InvitedRow, settings: &Settings, now: Timestamp) -> Self {
        let joining = Joining::of(row.status);
        let purpose = joining.purpose();
        let until = row.link_made_at.and_then(|made| {
            let today = link::lapses(settings, purpose, made).map(|(at, _)| at);
            today.into_iter().chain(row.link_expires_at).min()
        });
        let works = row.link_made_at.is_some_and(|at| link::works(settings, purpose, at, row.link_expires_at, now));
        let inviter = Inviter { role: row.inviter_role, status: row.inviter_status };
        let holds = joining == Joining::Added || invitation::holds(Some(inviter), row.role).is_ok();
        let link = match (holds, works) {
            (false, _) => InvitationLink::Void,
            (true, false) => InvitationLink::Lapsed,
            (true, true) => InvitationLink::Works(until),
        };
        Self {
            link,
            mail: row.mail_queued_at.map(|queued_at| {
                DeliveryState::read(queued_at, row.mail_next_try_at, row.mail_settled_at, row.mail_problem)
            }),
            id: row.id,
            email: row.email,
            name: row.name,
            role: row.role,
            joining,
            invited_at: row.invited_at,
            invited_by: row.inviter_email,
        }
    }
}

impl Members<'_> {
    /// Whoever was invited or added and has not joined yet, the latest first, as many as are shown; and how many there
    /// are.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn invitations(self, caller: &Caller) -> Result<(Vec<Invitation>, InvitationCounts)> {
        let settings = &caller.policy().settings;
        let [invited, added] = [Joining::Invited, Joining::Added].map(|joining| joining.purpose().name());
        let mut tx = self.0.store().read().await?;
        let rows = tx.invited(caller.workspace(), invited, added, SHOWN).await?;
        let counts = tx.count_invitations(caller.workspace()).await?;
        let now = self.0.now();
        Ok((rows.into_iter().map(|row| Invitation::of(row, settings, now)).collect(), counts))
    }

    /// Sends the mail again to somebody who has not joined yet; its link takes the place of the one before, and whoever
    /// sends it is who invites them from now on.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`]; [`Refusal::RoleAboveYours`]; [`Refusal::RoleRequired`];
    /// [`Refusal::MailedLately`] when they got such a mail too short a time ago;
    /// [`Error::NotFound`] when nobody is invited so, by now perhaps.
    pub async fn send_invitation_again(self, caller: &Caller, member: &MemberId) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = self.unjoined(&mut tx, caller, member).await?;
            let inviter = tx.member(caller.member()).await?.ok_or(Error::NotFound)?;
            rank::may_give(Authority::Member(inviter.role), member.role)?;
            let purpose = Joining::of(member.status).purpose();
            self.0.links().refuse_if_mailed_lately(&mut tx, &member, purpose).await?;
            self.mail_invited(&mut tx, &inviter, &member, self.0.now()).await?;
            self.note(&mut tx, caller, "Sent an invitation again", &member).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Withdraws an invitation, or takes somebody out again who was added and has not confirmed their address: their link
    /// works no longer, and nothing is left of them.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`]; [`Refusal::RoleRequired`];
    /// [`Error::NotFound`] when nobody is invited so, by now perhaps.
    pub async fn withdraw_invitation(self, caller: &Caller, member: &MemberId) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = self.unjoined(&mut tx, caller, member).await?;
            tx.delete_unjoined(&member.id).await?;
            self.note(&mut tx, caller, "Withdrew an invitation", &member).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Somebody who was invited or added and has not joined yet, held with the caller until the end of the unit of work.
    async fn unjoined(self, tx: &mut Tx, caller: &Caller, id: &MemberId) -> Result<MemberRow> {
        let member = changeable(tx, caller, id).await?;
        let waits = member.status == AccountStatus::Pending
            || member.status == AccountStatus::Active && member.email_verified_at.is_none();
        let invited = tx.invitation(&member.id).await?.is_some();
        Some(member).filter(|_| waits && invited).ok_or(Error::NotFound)
    }

    /// Whether an invitation holds as things are now.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] when they have joined; [`Refusal::InvitationVoid`] when who invited them may no longer give
    /// the role; [`Refusal::DomainRefused`].
    pub(crate) async fn judge_invitation(self, tx: &mut Tx, member: &MemberRow) -> Result<()> {
        let invited = tx.invitation(&member.id).await?.filter(|_| member.status == AccountStatus::Pending);
        let invited = invited.ok_or(Refusal::LinkDead)?;
        let by = tx.member(&invited.invited_by).await?.map(|by| Inviter { role: by.role, status: by.status });
        invitation::holds(by, member.role)?;
        let settings = &self.0.policies().within(tx, &member.workspace_id).await?.settings;
        Ok(joining::may_join(settings, &member.email)?)
    }

    /// Whether somebody may join by a link as things are now.
    ///
    /// # Errors
    /// As [`Self::judge_invitation`] for whoever was invited, and as [`Self::judge_registration`] for whoever has asked.
    pub(crate) async fn judge_joining(self, tx: &mut Tx, by: LinkPurpose, member: &MemberRow) -> Result<()> {
        if by == LinkPurpose::CompleteRegistration {
            self.judge_registration(tx, member).await
        } else {
            self.judge_invitation(tx, member).await
        }
    }

    async fn note(self, tx: &mut Tx, caller: &Caller, action: &'static str, member: &MemberRow) -> Result<()> {
        let entry = Entry::new(Channel::Members, action, Actor::Member(caller.email().clone()))
            .from_address(caller.address())
            .about(&member.email)
            .with("role", member.role.name());
        self.0.audit().record(tx, caller.workspace(), entry).await
    }
}

impl Joining {
    /// How somebody joins of whom it is known whether they take part already.
    const fn of(status: AccountStatus) -> Self {
        match status {
            AccountStatus::Pending => Self::Invited,
            AccountStatus::Active | AccountStatus::Inactive | AccountStatus::Banned => Self::Added,
        }
    }

    /// What their link is for.
    const fn purpose(self) -> LinkPurpose {
        match self {
            Self::Invited => LinkPurpose::Invitation,
            Self::Added => LinkPurpose::AccountVerification,
        }
    }
}
