//! Lets somebody in who has asked to join, from the mail of whoever decides.
use super::{
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{Result, bailey::Links, mail::Mail};
use policy::{LinkPurpose, time::Span};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::MemberApprove;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Decides {
        offer: |asked| {
            let what = format!("{} ({}) has asked to join. This lets them in.", asked.name, asked.email);
            (what, "Approve")
        },
        approves: true,
    },
    samples: |now| {
        let link = MailedLink::sample(Some(now + Span::days(3)));
        vec![letter("Ada Lovelace", "ada@example.org", &link, &link)]
    },
};

impl Links<'_> {
    /// Asks a moderator to decide about somebody who has asked to join, with a link for either decision.
    pub(crate) async fn mail_decision(self, tx: &mut Tx, moderator: &MemberRow, about: &MemberRow) -> Result<()> {
        let subject = Some(about.id.as_str());
        let approve = self.for_mail(tx, moderator, PURPOSE, subject).await?;
        let reject = self.for_mail(tx, moderator, LinkPurpose::MemberReject, subject).await?;
        let mail = letter(&about.name, about.email.as_str(), &approve, &reject).about(&about.id);
        self.0.mail().queue(tx, moderator, &mail).await
    }
}

fn letter(name: &str, email: &str, approve: &MailedLink, reject: &MailedLink) -> Mail {
    let words = vec![
        format!("{name} ({email}) has asked to join, and has confirmed the address."),
        approve.works_once("The first link below lets them in, the second one does not."),
    ];
    Mail::new("member-pending", "Somebody asks to join", words)
        .with_button("Approve", &approve.path)
        .with_links("If they should not join:", &[("Reject", reject.path.as_str())])
        .because("Sent by Bailey, because you decide who joins.")
}
