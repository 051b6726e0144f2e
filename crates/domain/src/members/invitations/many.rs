//! Inviting many at once: first a report on each line, and then all of them, or those that can be.
use super::{
    Joining,
    invite::Person,
    people::{self, PersonOnList},
};
use crate::{
    Caller, Error, Result,
    bailey::Members,
    members::{clean_name, create::NAME_LIMIT, hold_caller},
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Refusal, Role,
    decide::{
        invitation::list::{self, Listed, Verdict},
        rank::{self, Authority},
    },
    time::Span,
};
use std::collections::BTreeMap;
use store::Tx;

/// How many mails of one list are handed over in a second: those of others go between them.
const MAILS_A_SECOND: u32 = 5;

/// A list of people who are to be invited.
#[derive(Debug, Clone, Copy)]
pub struct InvitationList<'a> {
    /// The list as pasted, or as it stands in a file.
    pub people: &'a str,
    /// The role of those for whom the list says none, as sent.
    pub role: &'a str,
    /// Whether the good ones are to be invited although some lines can't be used.
    pub although: bool,
}

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedLine {
    /// Which line, counted from 1.
    pub line: usize,
    /// What stands there, shortened.
    pub text: String,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// A list that was read, and what becomes of each line.
struct ReadList {
    people: Vec<(PersonOnList, Role)>,
    report: Vec<ReportedLine>,
}

impl ReadList {
    /// How many lines can't be used.
    fn bad(&self) -> usize {
        self.report.iter().filter(|line| !line.verdict.is_good()).count()
    }
}

/// How many were invited, and how many lines were left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvitedMany {
    /// How many were invited.
    pub invited: usize,
    /// How many lines were left out.
    pub left_out: usize,
}

impl Members<'_> {
    /// Says what would become of each line of a list; invites nobody.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the fields `people` and `role`.
    pub async fn review_invitations(self, caller: &Caller, list: InvitationList<'_>) -> Result<Vec<ReportedLine>> {
        let mut tx = self.0.store().read().await?;
        Ok(self.read_list(&mut tx, caller, caller.role(), list).await?.report)
    }

    /// Invites everybody on a list, or everybody who can be where that is wanted; else nobody. Their mails are handed over
    /// a few a second.
    ///
    /// # Errors
    /// [`Refusal::StepUpRequired`]; [`Refusal::ListNotClean`] when some lines can't be used and nobody said that the others
    /// are to be; [`Error::Invalid`] with the words beside the fields `people` and `role`.
    pub async fn invite_many(self, caller: &Caller, list: InvitationList<'_>) -> Result<InvitedMany> {
        caller.is_fresh()?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let inviter = hold_caller(&mut tx, caller).await?;
            let read = self.read_list(&mut tx, caller, inviter.role, list).await?;
            let (all, bad) = (read.report.len(), read.bad());
            if bad > 0 && !list.although || bad == all {
                return Err(Refusal::ListNotClean { lines: bad }.into());
            }
            let now = self.0.now();
            let good = read.people.into_iter().zip(&read.report).filter(|(_, line)| line.verdict.is_good());
            let mut mails = 0_u32;
            for ((found, role), _) in good {
                let Ok(email) = found.email else { continue };
                let person = Person { name: clean_name(&found.name), email, role, joining: Joining::Invited };
                let due = now + Span::seconds(mails / MAILS_A_SECOND);
                self.invite_in(&mut tx, caller, &inviter, &person, due).await?;
                mails += 1;
            }
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            tx.commit().await?;
            Ok(InvitedMany { invited: all - bad, left_out: bad })
        })
        .await
    }

    /// Reads a list, and judges each line under the policy as it is now.
    async fn read_list(self, tx: &mut Tx, caller: &Caller, by: Role, list: InvitationList<'_>) -> Result<ReadList> {
        let role = list.role.parse::<Role>().map_err(|_| Error::field("many_role", "Choose a role."))?;
        rank::may_give(Authority::Member(by), role)?;
        let found = people::read(list.people).map_err(|words| Error::field("people", words))?;
        let listed: Vec<_> = found
            .iter()
            .map(|person| Listed {
                line: person.line,
                email: person.email.clone(),
                role: if person.role.is_empty() { Ok(role) } else { person.role.parse() },
                name_fits: clean_name(&person.name).chars().count() <= NAME_LIMIT,
            })
            .collect();
        let mut known = BTreeMap::new();
        for email in listed.iter().filter_map(|person| person.email.as_ref().ok()) {
            if let Some(there) = tx.member_by_email(caller.workspace(), email).await? {
                known.insert(there.email, there.status);
            }
        }
        let settings = &self.0.policies().within(tx, caller.workspace()).await?.settings;
        let verdicts = list::judge(settings, Authority::Member(by), &listed, &known);
        let report = found.iter().zip(verdicts).map(|(person, verdict)| ReportedLine {
            line: person.line,
            text: person.text.clone(),
            verdict,
        });
        let report = report.collect();
        let roles = listed.into_iter().map(|person| person.role.unwrap_or(role));
        Ok(ReadList { people: found.into_iter().zip(roles).collect(), report })
    }
}
