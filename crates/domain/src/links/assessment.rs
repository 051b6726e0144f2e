//! Leads to an assessment that somebody has not finished: a rank assessment, or a review.
use super::{
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{
    AssessmentId, Result,
    bailey::Links,
    mail::{Mail, moment},
};
use policy::{LinkPurpose, Timestamp, decide::assessment::AssessmentKind, time::Span};
use store::{MemberRow, Tx};

pub(super) const RANK_BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Leads {
        to: page,
        offer: |member| (format!("This link leads to a rank assessment that waits for {}.", member.email), "Continue"),
    },
    samples: |now| samples(AssessmentKind::Rank, now),
};

pub(super) const REVIEW_BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Leads {
        to: page,
        offer: |member| (format!("This link leads to a review that waits for {}.", member.email), "Continue"),
    },
    samples: |now| samples(AssessmentKind::ReviewScale, now),
};

fn page(subject: &str) -> Option<String> {
    AssessmentId::parse(subject).map(|id| format!("/assessments/{id}"))
}

/// What a mail tells of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AskedAssessment<'a> {
    /// Which.
    pub id: &'a AssessmentId,
    /// What is asked.
    pub kind: AssessmentKind,
    /// What it is called.
    pub title: &'a str,
    /// The name of the community whose ideas it is about.
    pub community: &'a str,
    /// When it is closed.
    pub closes_at: Option<Timestamp>,
}

impl Links<'_> {
    /// Asks a member by mail to do an assessment, with a link that leads there.
    pub(crate) async fn mail_assessment(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        asked: AskedAssessment<'_>,
    ) -> Result<()> {
        let purpose = match asked.kind {
            AssessmentKind::Rank => LinkPurpose::RankAssessment,
            AssessmentKind::ReviewScale => LinkPurpose::ReviewScale,
        };
        let link = self.for_mail(tx, member, purpose, Some(asked.id.as_str())).await?;
        self.0.mail().queue(tx, member, &letter(asked, &link)).await
    }
}

fn samples(kind: AssessmentKind, now: Timestamp) -> Vec<Mail> {
    let link = MailedLink::sample(Some(now + Span::days(7)));
    let id = AssessmentId::from(uuid::Uuid::nil());
    let closes_at = Some(now + Span::days(14));
    vec![letter(AskedAssessment { id: &id, kind, title: "Spring", community: "Research", closes_at }, &link)]
}

fn letter(asked: AskedAssessment<'_>, link: &MailedLink) -> Mail {
    let AskedAssessment { kind, title, community, closes_at, .. } = asked;
    let (mail, what, subject) = match kind {
        AssessmentKind::Rank => ("rank-assessment", "your rank assessment of ideas", "Your rank assessment is wanted"),
        AssessmentKind::ReviewScale => ("review-scale", "your review of ideas", "Your review is wanted"),
    };
    let mut words = vec![format!("“{title}” waits for {what} in {community}. What you have answered so far is kept.")];
    words.extend(closes_at.map(|at| format!("It is closed on {}.", moment(at))));
    words.push(match link.until {
        Some(at) => format!("The link below leads to it, until {}. You may have to sign in first.", moment(at)),
        None => "The link below leads to it. You may have to sign in first.".to_owned(),
    });
    words.push(
        "You are reminded once a week at most, unless a moderator asks for it, until you have submitted it.".to_owned(),
    );
    Mail::new(mail, &format!("{subject}: {title}"), words)
        .with_button("Go on with it", &link.path)
        .because("Sent by Bailey, because a moderator has asked for what you think.")
}
