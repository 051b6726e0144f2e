//! Approves an idea that waits, from the mail of a moderator.
use super::{
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{Result, bailey::Links, mail::Mail};
use policy::{LinkPurpose, time::Span};
use store::{IdeaRow, MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::IdeaApprove;
/// How much of what an idea says the mail quotes, in characters.
const QUOTED: usize = 1_000;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::DecidesIdea {
        offer: |idea| {
            let what = format!(
                "{} asks to publish “{}” in {}. This approves it: everybody there sees it then.",
                idea.author, idea.title, idea.community
            );
            (what, "Approve")
        },
        approves: true,
    },
    samples: |now| {
        let link = MailedLink::sample(Some(now + Span::days(3)));
        vec![letter("Grace Hopper", "Research", "Plants in the stairwell", "Green, and cheap.", &link, &link)]
    },
};

impl Links<'_> {
    /// Asks a moderator to decide about an idea, with a link for either decision.
    pub(crate) async fn mail_idea_decision(self, tx: &mut Tx, moderator: &MemberRow, idea: &IdeaRow) -> Result<()> {
        let subject = Some(idea.id.as_str());
        let approve = self.for_mail(tx, moderator, PURPOSE, subject).await?;
        let reject = self.for_mail(tx, moderator, LinkPurpose::IdeaReject, subject).await?;
        let mail = letter(&idea.author, &idea.community, &idea.title, &idea.body, &approve, &reject);
        self.0.mail().queue(tx, moderator, &mail).await
    }
}

fn letter(author: &str, community: &str, title: &str, body: &str, approve: &MailedLink, reject: &MailedLink) -> Mail {
    let begins: String = body.chars().take(QUOTED).collect();
    let more = if begins.len() < body.len() { "…" } else { "" };
    let words = vec![
        format!("{author} asks to publish the idea “{title}” in {community}."),
        format!("“{begins}{more}”"),
        approve.works_once("The first link below approves it."),
        reject.works_once("The second one rejects it, and asks you why."),
    ];
    Mail::new("idea-pending", "An idea waits for your decision", words)
        .with_button("Approve", &approve.path)
        .with_links("If it should not be published:", &[("Reject", reject.path.as_str())])
        .because("Sent by Bailey, because you moderate this community.")
}
