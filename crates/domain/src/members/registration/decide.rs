//! Deciding who joins: on the page of the admins, or by the links of a mail.
use crate::{
    Caller, Client, CommunityId, Error, MemberId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Members,
    mail::messages::registration_rejected::registration_rejected,
    members::{changeable, clean_text, hold_caller_and},
    platform::unit_of_work::unit_of_work,
};
use policy::{AccountStatus, Refusal, decide::registration};
use store::{MemberRow, RegistrationRow, Tx};

/// The longest reason that is told, in characters.
const REASON: usize = 500;

/// What is decided about somebody who has asked to join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision<'a> {
    /// They are let in.
    Approved,
    /// They are not, and are told why; for no reason where that is empty.
    Rejected(&'a str),
}

/// Who decides, and where from.
#[derive(Debug, Clone, Copy)]
struct DecidedBy<'a> {
    email: &'a policy::EmailAddress,
    address: Option<&'a str>,
}

impl Members<'_> {
    /// Decides about somebody who waits to be let in.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`]; [`Refusal::AlreadyDecided`] says what somebody else has decided;
    /// [`Error::Invalid`] with the words beside the field `reason`;
    /// [`Error::NotFound`] when nobody waits so.
    pub async fn decide(self, caller: &Caller, member: &MemberId, decision: Decision<'_>) -> Result<()> {
        caller.is_fresh()?;
        let reason = match decision {
            Decision::Approved => String::new(),
            Decision::Rejected(reason) => clean_text(reason),
        };
        if reason.chars().count() > REASON {
            return Err(Error::field("reason", format!("A reason has at most {REASON} characters.")));
        }
        let decision = match decision {
            Decision::Approved => Decision::Approved,
            Decision::Rejected(_) => Decision::Rejected(&reason),
        };
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let found = match changeable(&mut tx, caller, member).await {
                // Whoever was rejected is gone.
                Err(Error::NotFound) => {
                    let asked =
                        tx.registration(member).await?.filter(|asked| asked.workspace_id == *caller.workspace());
                    return Err(asked.as_ref().and_then(already_decided).map_or(Error::NotFound, Error::from));
                }
                found => found?,
            };
            let by = DecidedBy { email: caller.email(), address: caller.address() };
            self.decide_in(&mut tx, by, Some(&found), member, decision).await?;
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Decides about somebody who waits to be let in and was put into a community, on the page of that community.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`]; [`Refusal::RoleRequired`] of whoever moderates no such community any more;
    /// [`Refusal::AlreadyDecided`]; [`Error::NotFound`] when nobody waits so.
    pub async fn decide_in_community(
        self,
        caller: &Caller,
        community: &CommunityId,
        member: &MemberId,
        decision: Decision<'_>,
    ) -> Result<()> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let moderator = hold_caller_and(&mut tx, caller, member).await?;
            tx.community(caller.workspace(), community).await?.ok_or(Error::NotFound)?;
            let moderates = tx.moderates(community, &moderator.id).await?;
            registration::may_decide(moderator.role, moderator.status, moderates)?;
            let Some(found) = tx.member(member).await?.filter(|found| found.workspace_id == *caller.workspace()) else {
                let asked = tx.registration(member).await?.filter(|asked| asked.workspace_id == *caller.workspace());
                return Err(asked.as_ref().and_then(already_decided).map_or(Error::NotFound, Error::from));
            };
            if !tx.belongs_to(community, member).await? {
                return Err(Error::NotFound);
            }
            let by = DecidedBy { email: &moderator.email, address: caller.address() };
            self.decide_in(&mut tx, by, Some(&found), member, decision).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Decides by the link in a mail to a moderator; both are held.
    ///
    /// # Errors
    /// [`Refusal::RoleRequired`] when they may no longer; [`Refusal::AlreadyDecided`]; [`Refusal::LinkDead`].
    pub(crate) async fn decide_by_link(
        self,
        tx: &mut Tx,
        moderator: &MemberRow,
        about: &MemberId,
        decision: Decision<'_>,
        client: &Client,
    ) -> Result<()> {
        let moderates = tx.moderates_one_of(&moderator.id, about).await?;
        registration::may_decide(moderator.role, moderator.status, moderates)?;
        let found = tx.member(about).await?.filter(|found| found.workspace_id == moderator.workspace_id);
        let by = DecidedBy { email: &moderator.email, address: client.address.as_deref() };
        match self.decide_in(tx, by, found.as_ref(), about, decision).await {
            Err(Error::NotFound) => Err(Refusal::LinkDead.into()),
            done => done,
        }
    }

    /// What is known of somebody about whom a moderator decides by a link.
    ///
    /// # Errors
    /// As [`Self::decide_by_link`].
    pub(crate) async fn look_at_decision(
        self,
        tx: &mut Tx,
        moderator: &MemberRow,
        about: &MemberId,
    ) -> Result<RegistrationRow> {
        let moderates = tx.moderates_one_of(&moderator.id, about).await?;
        registration::may_decide(moderator.role, moderator.status, moderates)?;
        let asked = tx.registration(about).await?.filter(|asked| asked.workspace_id == moderator.workspace_id);
        let asked = asked.ok_or(Refusal::LinkDead)?;
        already_decided(&asked).map_or(Ok(asked), |refusal| Err(refusal.into()))
    }

    async fn decide_in(
        self,
        tx: &mut Tx,
        by: DecidedBy<'_>,
        found: Option<&MemberRow>,
        about: &MemberId,
        decision: Decision<'_>,
    ) -> Result<()> {
        let asked =
            tx.registration(about).await?.filter(|asked| asked.confirmed_at.is_some()).ok_or(Error::NotFound)?;
        if let Some(refusal) = already_decided(&asked) {
            return Err(refusal.into());
        }
        let member = found.filter(|found| found.status == AccountStatus::Pending).ok_or(Error::NotFound)?;
        let approved = decision == Decision::Approved;
        if !tx.decide_registration(about, by.email.as_str(), approved, self.0.now().0).await? {
            return Err(Error::NotFound);
        }
        let (action, reason) = match decision {
            Decision::Approved => {
                self.0.links().mail_complete_registration(tx, member).await?;
                ("Approved a registration", "")
            }
            Decision::Rejected(reason) => {
                self.0.mail().queue(tx, member, &registration_rejected(reason)).await?;
                tx.delete_unjoined(about).await?;
                ("Rejected a registration", reason)
            }
        };
        let mut entry = Entry::new(Channel::Members, action, Actor::Member(by.email.clone()))
            .from_address(by.address)
            .about(&member.email);
        if !reason.is_empty() {
            entry = entry.with("reason", reason);
        }
        self.0.audit().record(tx, &asked.workspace_id, entry).await
    }
}

/// What is said of somebody about whom somebody else has decided; `None` while nobody has.
fn already_decided(asked: &RegistrationRow) -> Option<Refusal> {
    let by = asked.decided_by.clone().unwrap_or_default();
    asked.decided_at.map(|_| Refusal::AlreadyDecided { approved: asked.approved, by })
}
