//! A member who can't use their second step, nor a recovery code, asks an admin to remove it: after the password, from
//! the page of the second step.
use crate::{
    Caller, Client, Error, MemberId, Result,
    audit::{Actor, Channel, Entry},
    bailey::TwoFactor,
    mail::messages::help_refused::help_refused,
    members::{changeable, clean_name},
    platform::{random, unit_of_work::unit_of_work},
    sign_in::PendingSignIn,
};
use policy::{
    AccountStatus, Ended, LinkPurpose, Refusal, Timestamp,
    decide::{
        quota::{HELP_WITHIN, Quota},
        rank::Authority,
        second_step_help::{self, LASTS},
    },
};
pub use store::OpenHelpRequestRow;
use store::{HelpRequestRow, Tx};

/// How many of those that wait are shown at once.
const SHOWN: i64 = 200;

/// It was granted.
const GRANTED: &str = "granted";
/// It was refused.
const REFUSED: &str = "refused";
/// Whoever has the mailbox cancelled it.
pub(crate) const CANCELLED: &str = "cancelled";
/// It waited for too long.
const LAPSED: &str = "lapsed";
/// The member got in, or changed their credentials, or takes part no longer.
pub(super) const NEEDED_NO_MORE: &str = "needed-no-more";

/// What an admin decides about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpDecision {
    /// The second factors are removed.
    Granted,
    /// They stay.
    Refused,
}

/// A request that waits, and what the admin who looks may do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpRequest {
    /// The request, and whose it is.
    pub row: OpenHelpRequestRow,
    /// From when it may be granted.
    pub granted_from: Timestamp,
    /// Whether that has come.
    pub ripe: bool,
    /// Why the admin who looks may not decide, if they may not.
    pub refusal: Option<Refusal>,
}

impl TwoFactor<'_> {
    /// Asks an admin to remove the second step of whoever stands before it, and tells the member's address at once.
    /// Changes nothing while a request of theirs waits.
    ///
    /// # Errors
    /// [`Refusal::QuotaReached`]; [`Refusal::ChallengeExpired`] when the sign-in lapsed meanwhile.
    pub async fn ask_for_help(self, between: &PendingSignIn, client: &Client) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let (id, now) = (&between.member.id, self.0.now());
            tx.lock_member(id).await?;
            let member = tx.member(id).await?.ok_or(Error::NotFound)?;
            if member.status != AccountStatus::Active || !tx.holds_pending(&between.id).await? {
                return Err(Refusal::ChallengeExpired.into());
            }
            if tx.open_help_request(id, (now - LASTS).0).await?.is_some() {
                return Ok(());
            }
            Quota::HelpRequests.admits_another(tx.count_help_requests(id, (now - HELP_WITHIN).0).await?)?;
            // One that has lapsed stands in the way of the next one until it is settled.
            tx.settle_help_requests_of(id, LAPSED, now.0).await?;
            let row = HelpRequestRow {
                id: random::id(now)?.to_string(),
                workspace_id: member.workspace_id.clone(),
                member_id: id.clone(),
                asked_at: now,
                address: client.address.clone(),
                settled_at: None,
            };
            tx.insert_help_request(&row).await?;
            let settings = &self.0.policies().within(&mut tx, &member.workspace_id).await?.settings;
            let granted_from = second_step_help::may_be_granted_from(settings, now);
            self.0.links().mail_help_request(&mut tx, &member, &row, granted_from).await?;
            let entry = Entry::new(Channel::TwoFactor, "Asked for help with the second step", Actor::Nobody)
                .from_address(client.address.as_deref())
                .about(&member.email);
            self.0.audit().record(&mut tx, &member.workspace_id, entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// The requests that wait, the first one first, as many as are shown.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn help_requests(self, caller: &Caller) -> Result<Vec<HelpRequest>> {
        let now = self.0.now();
        let mut tx = self.0.store().read().await?;
        let rows = tx.open_help_requests(caller.workspace(), (now - LASTS).0, SHOWN).await?;
        let settings = &self.0.policies().within(&mut tx, caller.workspace()).await?.settings;
        let found = rows.into_iter().map(|row| HelpRequest {
            granted_from: second_step_help::may_be_granted_from(settings, row.asked_at),
            ripe: second_step_help::may_grant(settings, row.asked_at, now).is_ok(),
            refusal: may_decide(caller, &row).err(),
            row,
        });
        Ok(found.collect())
    }

    /// How many requests wait that the caller may decide about.
    pub(crate) async fn count_help_requests(self, caller: &Caller) -> Result<i64> {
        let after = (self.0.now() - LASTS).0;
        let rows = self.0.store().read().await?.open_help_requests(caller.workspace(), after, SHOWN).await?;
        let count = rows.iter().filter(|row| may_decide(caller, row).is_ok()).count();
        Ok(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// Decides about a request. Granting it removes every second factor, as [`Self::reset`] does.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`]; [`Error::Invalid`] with the words beside the field `reason`;
    /// [`Refusal::NotOnYourself`]; [`Refusal::RoleRequired`] for a member above the caller;
    /// [`Refusal::HelpWaits`] when it is too young to be granted; [`Refusal::HelpSettled`];
    /// [`Error::NotFound`] when the workspace has no such request.
    pub async fn decide_help(self, caller: &Caller, id: &str, decision: HelpDecision, reason: &str) -> Result<()> {
        caller.is_fresh()?;
        let reason = clean_name(reason);
        if let Some(words) = second_step_help::reason_problem(&reason) {
            return Err(Error::field("reason", words));
        }
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let now = self.0.now();
            let asked = tx.help_request(id).await?.filter(|asked| asked.workspace_id == *caller.workspace());
            let asked = asked.ok_or(Error::NotFound)?;
            let member = changeable(&mut tx, caller, &asked.member_id).await?;
            let open = second_step_help::is_open(asked.asked_at, now) && member.status == AccountStatus::Active;
            let outcome = match decision {
                HelpDecision::Granted => GRANTED,
                HelpDecision::Refused => REFUSED,
            };
            if decision == HelpDecision::Granted && asked.settled_at.is_none() && open {
                let settings = &self.0.policies().within(&mut tx, caller.workspace()).await?.settings;
                second_step_help::may_grant(settings, asked.asked_at, now)?;
            }
            if !open || !tx.settle_help_request(id, outcome, now.0).await? {
                return Err(Refusal::HelpSettled.into());
            }
            let action = match decision {
                HelpDecision::Granted => {
                    let by = "an admin, at your request,";
                    self.remove_all(&mut tx, &member, Ended::CredentialsChanged, by).await?;
                    "Granted a request for help"
                }
                HelpDecision::Refused => {
                    let purpose = LinkPurpose::HelpCancel.name();
                    tx.void_links(caller.workspace(), purpose, Some(&member.id), None, now.0).await?;
                    self.0.mail().queue(&mut tx, &member, &help_refused(&reason)).await?;
                    "Refused a request for help"
                }
            };
            let entry = Entry::new(Channel::TwoFactor, action, Actor::Member(caller.email().clone()))
                .from_address(caller.address())
                .about(&member.email)
                .with("reason", reason.as_str());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Cancels whatever request of a member waits, who is held: they got in, their credentials changed, or they take part
    /// no longer.
    pub(crate) async fn cancel_help(self, tx: &mut Tx, member: &MemberId) -> Result<()> {
        Ok(tx.settle_help_requests_of(member, NEEDED_NO_MORE, self.0.now().0).await.map(drop)?)
    }
}

/// May the caller decide about a request, as far as it shows on the list?
fn may_decide(caller: &Caller, row: &OpenHelpRequestRow) -> std::result::Result<(), Refusal> {
    second_step_help::may_decide(Authority::Member(caller.role()), row.role, row.member_id == *caller.member())
}
