//! Making an assessment, and closing it.
use super::{entry, made_by};
use crate::{
    AssessmentId, Caller, CommunityId, Error, IdeaId, Result,
    bailey::Assessments,
    links::AskedAssessment,
    members::{addresses, clean_name, hold_caller, members_at},
    platform::{random, unit_of_work::unit_of_work},
    workspaces::Profile,
};
use jiff::{ToSpan, civil::Date};
use policy::{
    EmailAddress, Timestamp,
    decide::{
        assessment::{self, AssessmentKind, MOST_ASSESSORS, MOST_CRITERIA, MOST_IDEAS},
        quota::{self, Quota},
    },
};
use std::collections::{BTreeMap, BTreeSet};
use store::{NewAssessmentRow, Tx};

/// The greatest length of a title, in characters.
const TITLE: usize = 120;
/// The greatest length of the name of a criterion, in characters.
const CRITERION: usize = 60;
/// How many of a community's latest ideas can be chosen from.
const IDEAS_OFFERED: i64 = 100;

/// An assessment as somebody types it.
#[derive(Debug, Clone, Copy)]
pub struct NewAssessment<'a> {
    /// The name of its kind.
    pub kind: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// The criteria, one a line; those of a kind that has its own are its own.
    pub criteria: &'a str,
    /// The ideas, as identifiers.
    pub ideas: &'a [String],
    /// The addresses of the assessors.
    pub assessors: &'a str,
    /// The day on which it is closed, as `2026-11-30`; empty where none is.
    pub closes: &'a str,
}

/// Where an assessment can be made, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The name of the community.
    pub community: String,
    /// Its latest ideas, each with its title.
    pub ideas: Vec<(IdeaId, String)>,
}

/// What was typed, as far as it needs nothing from the database.
struct Judged {
    kind: AssessmentKind,
    title: String,
    criteria: Vec<String>,
    assessors: BTreeSet<EmailAddress>,
}

impl Assessments<'_> {
    /// What an assessment in a community can be about.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such community, or the caller may make none there.
    pub async fn proposal(self, caller: &Caller, community: &CommunityId) -> Result<Proposal> {
        let mut tx = self.0.store().read().await?;
        let name = place(&mut tx, caller, community).await?;
        Ok(Proposal { community: name, ideas: tx.ideas_in(community, IDEAS_OFFERED).await? })
    }

    /// Makes an assessment of some ideas of a community, and asks its assessors by mail.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the fields `kind`, `title`, `criteria`, `ideas`, `assessors` and `closes`;
    /// [`Error::NotFound`] when there is no such community, or the caller may make none there;
    /// [`policy::Refusal::QuotaReached`] after too many within a day.
    pub async fn make(self, caller: &Caller, community: &CommunityId, new: NewAssessment<'_>) -> Result<AssessmentId> {
        let mut wrong = BTreeMap::new();
        let judged = judged(new, &mut wrong);
        let now = self.0.now();
        let id = AssessmentId::from(random::id(now)?);
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            // Of two at once the second one is counted after the first.
            hold_caller(&mut tx, caller).await?;
            let name = place(&mut tx, caller, community).await?;
            let mut wrong = wrong.clone();
            let profile: Profile = tx.workspace(caller.workspace()).await?.map(Profile::from).unwrap_or_default();
            let closes_at = end_of_day(new.closes, &profile, now).unwrap_or_else(|words| {
                wrong.insert("closes".to_owned(), words);
                None
            });
            let offered = tx.ideas_in(community, IDEAS_OFFERED).await?;
            let ideas: Vec<_> =
                offered.into_iter().filter(|(id, _)| new.ideas.iter().any(|chosen| chosen == id.as_str())).collect();
            if ideas.is_empty() || ideas.len() > MOST_IDEAS {
                wrong.insert("ideas".to_owned(), format!("Choose 1 to {MOST_IDEAS} ideas."));
            }
            let assessors = match members_at(&mut tx, caller.workspace(), community, &judged.assessors).await? {
                Ok(found) => found,
                Err(words) => {
                    wrong.insert("assessors".to_owned(), words);
                    Vec::new()
                }
            };
            if !wrong.is_empty() {
                return Err(Error::Invalid(wrong));
            }
            let since = (now - quota::ASSESSMENTS_WITHIN).0;
            Quota::Assessments.admits_another(tx.assessments_made_since(caller.member(), since).await?)?;
            let row = NewAssessmentRow {
                id: id.clone(),
                workspace_id: caller.workspace().clone(),
                community_id: community.clone(),
                author_id: caller.member().clone(),
                kind: judged.kind,
                title: judged.title.clone(),
                made_at: now,
                closes_at,
            };
            tx.insert_assessment(&row).await?;
            for (place, criterion) in (1..).zip(&judged.criteria) {
                tx.insert_criterion(&id, place, criterion).await?;
            }
            for (place, (idea, _)) in (1..).zip(&ideas) {
                tx.insert_assessed_idea(&id, place, idea).await?;
            }
            let NewAssessmentRow { kind, title, .. } = &row;
            let asked = AskedAssessment { id: &id, kind: *kind, title, community: &name, closes_at };
            for member in &assessors {
                tx.insert_assessor(&id, &member.id, now.0).await?;
                self.0.links().mail_assessment(&mut tx, member, asked).await?;
            }
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            let entry = entry(caller, "Made an assessment")
                .with("assessment", row.title)
                .with("community", name)
                .with("assessors", assessors.len().to_string());
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            tx.commit().await?;
            Ok(id.clone())
        })
        .await
    }

    /// Closes an assessment: nothing more is answered, and nobody is reminded.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such assessment, or the caller may make none there.
    pub async fn close(self, caller: &Caller, id: &AssessmentId) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            let row = made_by(&mut tx, caller, id).await?;
            if !tx.close_assessment(id, self.0.now().0).await? {
                return Ok(());
            }
            let entry = entry(caller, "Closed an assessment").with("assessment", row.title);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }
}

/// The name of a community in which the caller may make assessments.
///
/// # Errors
/// [`Error::NotFound`] when there is no such community, or they may make none there.
async fn place(tx: &mut Tx, caller: &Caller, community: &CommunityId) -> Result<String> {
    let row = tx.community(caller.workspace(), community).await?.ok_or(Error::NotFound)?;
    let moderates = tx.moderates(community, caller.member()).await?;
    if assessment::may_make(caller.role(), moderates) { Ok(row.name) } else { Err(Error::NotFound) }
}

/// Judges what was typed, and adds the words beside each field that needs another look.
fn judged(new: NewAssessment<'_>, wrong: &mut BTreeMap<String, String>) -> Judged {
    let mut say = |field: &str, words: String| {
        wrong.insert(field.to_owned(), words);
    };
    let kind = new.kind.parse().unwrap_or_else(|_| {
        say("kind", "Choose what is asked.".to_owned());
        AssessmentKind::Rank
    });
    let title = clean_name(new.title);
    if title.is_empty() || title.chars().count() > TITLE {
        say("title", format!("Enter a title of 1 to {TITLE} characters."));
    }
    let criteria: Vec<String> = match kind.criteria() {
        Some(own) => own.iter().map(|name| (*name).to_owned()).collect(),
        None => new.criteria.lines().map(clean_name).filter(|name| !name.is_empty()).collect(),
    };
    if criteria.is_empty() || criteria.len() > MOST_CRITERIA {
        say("criteria", format!("Enter 1 to {MOST_CRITERIA} criteria, one a line."));
    } else if criteria.iter().any(|name| name.chars().count() > CRITERION) {
        say("criteria", format!("Each criterion has at most {CRITERION} characters."));
    } else if criteria.iter().collect::<BTreeSet<_>>().len() < criteria.len() {
        say("criteria", "Enter each criterion once.".to_owned());
    }
    let assessors = match addresses(new.assessors) {
        Ok(found) if found.len() > MOST_ASSESSORS => {
            say("assessors", format!("Enter {MOST_ASSESSORS} addresses at most."));
            BTreeSet::new()
        }
        Ok(found) => found,
        Err(words) => {
            say("assessors", words);
            BTreeSet::new()
        }
    };
    Judged { kind, title, criteria, assessors }
}

/// The last instant of a day in the zone of a workspace; `None` where no day is typed.
///
/// # Errors
/// What is wrong with the text, in words.
fn end_of_day(typed: &str, workspace: &Profile, now: Timestamp) -> std::result::Result<Option<Timestamp>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let no_day = || "Enter a day like 2027-01-31, or none.".to_owned();
    let day: Date = typed.parse().map_err(|_| no_day())?;
    let next = day.checked_add(1.day()).and_then(|next| next.to_zoned(workspace.zone())).map_err(|_| no_day())?;
    let end = Timestamp(next.timestamp().as_millisecond() - 1);
    if end <= now {
        return Err("That day is over. Enter a later one, or none.".to_owned());
    }
    Ok(Some(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn an_assessment_is_closed_at_the_end_of_a_day_where_the_workspace_is() {
        let at = |typed, zone: &str| {
            let profile = Profile { time_zone: zone.to_owned(), ..Profile::default() };
            end_of_day(typed, &profile, NOON).map(|at| at.map(|at| (at.0 + 1 - NOON.0) / 3_600_000))
        };
        assert_eq!((at("", "UTC"), at(" ", "UTC")), (Ok(None), Ok(None)));
        assert_eq!(at("2027-01-15", "UTC"), Ok(Some(16)), "today");
        assert_eq!(at("2027-01-15", "Europe/Zurich"), Ok(Some(15)));
        assert!(at("2027-01-14", "UTC").is_err_and(|words| words.starts_with("That day is over")));
        for typed in ["tomorrow", "2027-02-30", "15.01.2027", "9999-12-31"] {
            assert!(at(typed, "UTC").is_err(), "{typed}");
        }
    }

    #[test]
    fn what_was_typed_is_judged_field_by_field() {
        let long = "x".repeat(121);
        let new = |kind, title, criteria, assessors| NewAssessment {
            kind,
            title,
            criteria,
            ideas: &[],
            assessors,
            closes: "",
        };
        let wrong = |new| {
            let mut wrong = BTreeMap::new();
            judged(new, &mut wrong);
            wrong.into_keys().collect::<Vec<_>>()
        };
        assert_eq!(wrong(new("rank", "Spring", "Cost\r\nUse", "grace@example.org")), [""; 0]);
        assert_eq!(wrong(new("review-scale", "Spring", "", "grace@example.org")), [""; 0]);
        assert_eq!(wrong(new("", &long, "", "")), ["assessors", "criteria", "kind", "title"]);
        for criteria in [" \n", "Cost\nCost\u{202e}", &"x\n".repeat(11), &"x".repeat(61)] {
            assert_eq!(wrong(new("rank", "Spring", criteria, "grace@example.org")), ["criteria"], "{criteria:?}");
        }
    }
}
