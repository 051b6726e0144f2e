//! Answering an assessment: saved in parts, and submitted once everything is answered.
use super::{entry, row_for};
use crate::{
    AssessmentId, Caller, Error, Result,
    bailey::Assessments,
    members::{clean_text, hold_caller},
    platform::unit_of_work::unit_of_work,
};
use policy::{
    Refusal,
    decide::assessment::{self, AssessmentKind, Question},
    words,
};
use std::collections::BTreeMap;
use store::AnswerRow;

/// The greatest length of what an assessor writes beside their answers, in characters.
const NOTE: u16 = 1_000;

/// The name of the field of a question.
fn field((idea, criterion): Question) -> String {
    format!("grade-{idea}-{criterion}")
}

impl Assessments<'_> {
    /// Saves what the caller has answered so far, by the fields of the form, and submits it where that is wanted.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the fields `grade-…` and `note`, also for each that is missing where it is
    /// to be submitted; [`Refusal::AssessmentSubmitted`]; [`Refusal::AssessmentClosed`]; [`Error::NotFound`] when there is
    /// no such assessment, or the caller is no assessor of it.
    pub async fn fill_in(
        self,
        caller: &Caller,
        id: &AssessmentId,
        typed: &BTreeMap<String, String>,
        note: &str,
        submit: bool,
    ) -> Result<()> {
        let note = clean_text(note);
        unit_of_work(|| async {
            let (mut tx, now) = (self.0.store().write().await?, self.0.now());
            // Of two at once the second one sees whether the first has submitted it.
            hold_caller(&mut tx, caller).await?;
            let row = row_for(&mut tx, caller, id).await?;
            if !row.assesses {
                return Err(Error::NotFound);
            }
            assessment::may_fill_in(row.submitted_at.is_some(), row.closes_at, now)?;
            let ideas: Vec<_> = tx.assessed_ideas(id).await?.into_iter().map(|idea| idea.place).collect();
            let criteria: Vec<_> = tx.criteria_of(id).await?.into_iter().map(|(place, _)| place).collect();
            let (answers, mut wrong) = read(row.kind, &ideas, &criteria, typed);
            if note.chars().count() > NOTE.into() {
                let words = format!("Write {} characters at most.", words::number(NOTE.into()));
                wrong.insert("note".to_owned(), words);
            }
            if submit {
                for question in assessment::unanswered(&ideas, &criteria, &answers) {
                    wrong.entry(field(question)).or_insert_with(|| "Choose an answer.".to_owned());
                }
            }
            if !wrong.is_empty() {
                return Err(Error::Invalid(wrong));
            }
            tx.delete_answers(id, caller.member()).await?;
            for ((idea, criterion), grade) in answers {
                let answer = AnswerRow { idea, criterion, grade: grade.to_owned() };
                tx.insert_answer(id, caller.member(), &answer).await?;
            }
            tx.set_assessors_note(id, caller.member(), &note).await?;
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            if submit {
                if !tx.submit_assessment(id, caller.member(), now.0).await? {
                    return Err(Refusal::AssessmentSubmitted.into());
                }
                let entry = entry(caller, "Submitted an assessment").with("assessment", row.title);
                self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }
}

/// The answers in the fields of a form, and the words beside those that are none.
fn read(
    kind: AssessmentKind,
    ideas: &[i64],
    criteria: &[i64],
    typed: &BTreeMap<String, String>,
) -> (BTreeMap<Question, &'static str>, BTreeMap<String, String>) {
    let (mut answers, mut wrong) = (BTreeMap::new(), BTreeMap::new());
    for question in ideas.iter().flat_map(|idea| criteria.iter().map(move |criterion| (*idea, *criterion))) {
        let name = field(question);
        match typed.get(&name).map(String::as_str) {
            None | Some("") => {}
            Some(value) => match kind.grade(value) {
                Some(grade) => {
                    answers.insert(question, grade.value);
                }
                None => {
                    wrong.insert(name, "Choose one of these answers.".to_owned());
                }
            },
        }
    }
    (answers, wrong)
}
