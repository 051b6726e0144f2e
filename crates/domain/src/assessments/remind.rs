//! Reminding whoever has not finished an assessment: by a job, and where a moderator asks for it.
use super::{entry, made_by};
use crate::{
    AssessmentId, Caller, MemberId, Result, bailey::Assessments, links::AskedAssessment, members::hold_caller,
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Refusal,
    decide::assessment::{self, Progress, REMINDED_AGAIN, REMINDED_EVERY},
};
use store::{AssessmentRow, AssessorRow, Tx};

/// How many assessors are looked at in one turn.
const AT_ONCE: i64 = 200;

impl Assessments<'_> {
    /// Reminds whoever has not finished an open assessment and was left in peace for a week; returns how many.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn remind_who_is_late(self) -> Result<u32> {
        let now = self.0.now();
        let mut sent = 0;
        let mut tx = self.0.store().read().await?;
        let late = tx.assessors_to_remind((now - REMINDED_EVERY).0, now.0, AT_ONCE).await?;
        drop(tx);
        for (id, member) in late {
            sent += u32::from(self.remind_one(&id, &member).await?);
        }
        Ok(sent)
    }

    /// Reminds an assessor as things are now; returns whether it was still due.
    async fn remind_one(self, id: &AssessmentId, member: &MemberId) -> Result<bool> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(member).await?;
            let Some(holder) = tx.member(member).await? else { return Ok(false) };
            let Some(row) = tx.assessment_for(&holder.workspace_id, member, false, id).await? else { return Ok(false) };
            let assessors = tx.assessors_of(id).await?;
            let Some(one) = assessors.iter().find(|one| one.member_id == *member) else { return Ok(false) };
            let over = assessment::is_over(Progress { closes_at: row.closes_at, waiting: row.waiting }, self.0.now());
            let due = assessment::may_remind(one.reminded_at, REMINDED_EVERY, self.0.now());
            if over || !due || !self.remind(&mut tx, &row, one).await? {
                return Ok(false);
            }
            tx.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Reminds whoever has not finished an assessment and was not mailed about it within the last day; returns how many.
    ///
    /// # Errors
    /// [`Refusal::RemindedLately`] where that is nobody; [`Refusal::AssessmentClosed`] where nobody can answer any more;
    /// [`crate::Error::NotFound`] when there is no such assessment, or the caller may make none there.
    pub async fn remind_now(self, caller: &Caller, id: &AssessmentId) -> Result<u32> {
        unit_of_work(|| async {
            let (mut tx, now) = (self.0.store().write().await?, self.0.now());
            hold_caller(&mut tx, caller).await?;
            let row = made_by(&mut tx, caller, id).await?;
            if assessment::is_over(Progress { closes_at: row.closes_at, waiting: row.waiting }, now) {
                return Err(Refusal::AssessmentClosed.into());
            }
            let mut sent = 0;
            for one in tx.assessors_of(id).await? {
                if assessment::may_remind(one.reminded_at, REMINDED_AGAIN, now) {
                    sent += u32::from(self.remind(&mut tx, &row, &one).await?);
                }
            }
            if sent == 0 {
                return Err(Refusal::RemindedLately.into());
            }
            let entry = entry(caller, "Reminded the assessors")
                .with("assessment", row.title)
                .with("assessors", sent.to_string());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            tx.commit().await?;
            Ok(sent)
        })
        .await
    }

    /// Sends an assessor a mail, unless they have finished or were reminded meanwhile; returns whether it did.
    async fn remind(self, tx: &mut Tx, row: &AssessmentRow, one: &AssessorRow) -> Result<bool> {
        if !one.waits() || !tx.note_reminded(&row.id, &one.member_id, one.reminded_at, self.0.now().0).await? {
            return Ok(false);
        }
        let Some(member) = tx.member(&one.member_id).await? else { return Ok(false) };
        let AssessmentRow { id, kind, title, community, closes_at, .. } = row;
        let asked = AskedAssessment { id, kind: *kind, title, community, closes_at: *closes_at };
        self.0.links().mail_assessment(tx, &member, asked).await?;
        Ok(true)
    }
}
