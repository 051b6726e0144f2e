//! One act on several members: what it would do to each of them, and then doing it, a member after the other.
use crate::{
    Caller, Error, MemberId, Result,
    bailey::Members,
    members::list::{MemberFilter, MemberSummaryRow},
};
use policy::{
    AccountStatus,
    decide::{
        rank::Authority,
        several::{ActOnMembers, MOST, NotDone, Target, may_do},
    },
};

/// Whom an act is to reach.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// These.
    Members(Vec<MemberId>),
    /// Whoever is looked for.
    Everybody(MemberFilter),
}

/// What becomes of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Who.
    pub id: MemberId,
    /// Their name; empty of somebody who is gone.
    pub name: String,
    /// Their address; empty of somebody who is gone.
    pub email: String,
    /// Why nothing is done to them, in words; `None` where it is done.
    pub why_not: Option<String>,
}

/// What becomes of all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Each of them.
    pub each: Vec<Outcome>,
    /// Whether there are more than one act reaches, who are left out.
    pub beyond: bool,
}

impl Members<'_> {
    /// Says what an act would do to whom, and does nothing.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn preview(self, caller: &Caller, act: ActOnMembers, chosen: &Chosen) -> Result<Outcomes> {
        let mut found = match chosen {
            Chosen::Members(ids) => self.listed(caller, &ids[..ids.len().min(MOST + 1)]).await?,
            Chosen::Everybody(filter) => self.all_listed(caller, filter).await?,
        };
        let beyond = found.len() > MOST;
        found.truncate(MOST);
        Ok(Outcomes { each: found.into_iter().map(|row| judged(caller, act, row)).collect(), beyond })
    }

    /// Does something to each of these members, of whom it may be done, and says to whom it was. Each is an act of its own,
    /// with an entry of its own in the audit log.
    ///
    /// # Errors
    /// [`policy::Refusal::StepUpRequired`] when the caller has not proved lately who they are; then nothing is done.
    pub async fn act_on(self, caller: &Caller, act: ActOnMembers, members: &[MemberId]) -> Result<Outcomes> {
        caller.is_fresh()?;
        let mut each = Vec::new();
        for id in members.iter().take(MOST) {
            let found = self.listed(caller, std::slice::from_ref(id)).await;
            let mut outcome = match found.map(|mut found| found.pop()) {
                Ok(Some(row)) => judged(caller, act, row),
                Ok(None) => not_done(id, "There is no such member any more."),
                Err(error) => not_done(id, &why_not(error)),
            };
            if outcome.why_not.is_none() {
                outcome.why_not = self.act_on_one(caller, act, id).await.err().map(why_not);
            }
            each.push(outcome);
        }
        Ok(Outcomes { each, beyond: members.len() > MOST })
    }

    async fn act_on_one(self, caller: &Caller, act: ActOnMembers, id: &MemberId) -> Result<()> {
        match act {
            ActOnMembers::Unlock => self.0.lockouts().unlock(caller, id).await,
            ActOnMembers::EndSessions => self.0.sessions().end_all_of(caller, id).await,
            ActOnMembers::SendReset => self.0.passwords().send_reset(caller, id).await,
            ActOnMembers::Deactivate => self.set_status(caller, id, AccountStatus::Inactive).await,
            ActOnMembers::Activate => self.set_status(caller, id, AccountStatus::Active).await,
        }
    }
}

fn judged(caller: &Caller, act: ActOnMembers, row: MemberSummaryRow) -> Outcome {
    let target = Target {
        role: row.role,
        status: row.status,
        is_self: row.id == *caller.member(),
        locked: row.locks > 0,
        signed_in: row.sessions > 0,
    };
    let why_not = may_do(act, Authority::Member(caller.role()), target).err().as_ref().map(NotDone::in_words);
    Outcome { id: row.id, name: row.name, email: row.email, why_not }
}

fn not_done(id: &MemberId, words: &str) -> Outcome {
    Outcome { id: id.clone(), name: String::new(), email: String::new(), why_not: Some(words.to_owned()) }
}

/// Why nothing was done to one of them. What broke at one of them keeps nobody from hearing what became of the others.
fn why_not(error: Error) -> String {
    match error {
        Error::Refused(refusal) => refusal.detail(),
        Error::NotFound => "There is no such member any more.".to_owned(),
        error => {
            tracing::error!(%error, "an act on one of several members was not done");
            "That did not work just now. Try again.".to_owned()
        }
    }
}
