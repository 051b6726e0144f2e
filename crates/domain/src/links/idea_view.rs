//! Leads to an idea that was shared.
use super::{
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{
    IdeaId, Result,
    bailey::Links,
    mail::{Mail, moment},
};
use policy::{LinkPurpose, time::Span};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::IdeaView;

/// How long somebody is left in peace about an idea after they were told of it.
const TOLD_LATELY: Span = Span::minutes(60);

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Leads {
        to: |subject| IdeaId::parse(subject).map(|id| format!("/ideas/{id}")),
        offer: |member| (format!("This link leads to an idea that was shared with {}.", member.email), "Continue"),
    },
    samples: |now| {
        let link = MailedLink::sample(Some(now + Span::days(7)));
        vec![letter("Grace Hopper", "Plants in the stairwell", &link)]
    },
};

impl Links<'_> {
    /// Whether a member was told of an idea lately.
    pub(crate) async fn told_of_idea(self, tx: &mut Tx, member: &MemberRow, idea: &IdeaId) -> Result<bool> {
        let since = (self.0.now() - TOLD_LATELY).0;
        let workspace = &member.workspace_id;
        let told = tx.links_made_since(workspace, PURPOSE.name(), &member.id, Some(idea.as_str()), since).await?;
        Ok(!told.is_empty())
    }

    /// Tells a member by mail that somebody shared an idea with them, with a link that leads there.
    pub(crate) async fn mail_idea(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        idea: &IdeaId,
        by: &str,
        title: &str,
    ) -> Result<()> {
        let link = self.for_mail(tx, member, PURPOSE, Some(idea.as_str())).await?;
        self.0.mail().queue(tx, member, &letter(by, title, &link)).await
    }
}

fn letter(by: &str, title: &str, link: &MailedLink) -> Mail {
    let leads = match link.until {
        Some(at) => format!("The link below leads to it, until {}. You may have to sign in first.", moment(at)),
        None => "The link below leads to it. You may have to sign in first.".to_owned(),
    };
    let words = vec![format!("{by} shared the idea “{title}” with you."), leads];
    Mail::new("idea-shared", "An idea was shared with you", words)
        .with_button("See the idea", &link.path)
        .because("Sent by Bailey, because somebody in your workspace wanted you to know.")
}
