//! Leads to joining, whoever has asked to and is let in: its button opens the form that asks for a password.
use super::{
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{Result, bailey::Links, mail::Mail, mail::messages::known_already};
use policy::{LinkPurpose, Timestamp, decide::mailbox, time::Span};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::CompleteRegistration;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Joins {
        offer: |member| {
            let what = format!(
                "This confirms that {} is your address. The next page asks for your name and a password; you join once you have sent it.",
                member.email
            );
            (what, "Join")
        },
    },
    samples: |now| vec![letter(&MailedLink::sample(Some(now + Span::days(1))))],
};

impl Links<'_> {
    /// Sends whoever has asked to join and is let in the link by which they do, not too often.
    pub(crate) async fn mail_complete_registration(self, tx: &mut Tx, member: &MemberRow) -> Result<()> {
        if !self.may_mail(tx, member, PURPOSE).await? {
            return Ok(());
        }
        let link = self.for_mail(tx, member, PURPOSE, None).await?;
        self.0.mail().queue(tx, member, &letter(&link)).await
    }

    /// Tells the holder of an address that it is known already, not too often.
    pub(crate) async fn mail_known_already(self, tx: &mut Tx, member: &MemberRow) -> Result<()> {
        let since = (self.0.now() - mailbox::COUNTED).0;
        let email = member.email.as_str();
        let sent = tx.mails_queued_since(&member.workspace_id, known_already::KIND, email, since).await?;
        let sent: Vec<_> = sent.into_iter().map(Timestamp).collect();
        if mailbox::free_from(&sent, self.0.now()).is_some() {
            return Ok(());
        }
        self.0.mail().queue(tx, member, &known_already::known_already()).await
    }
}

fn letter(link: &MailedLink) -> Mail {
    let words = vec![
        "You have asked to join, and can.".to_owned(),
        link.works_once("The link below leads to the page where you choose a password."),
    ];
    Mail::new("complete-registration", "Finish joining", words)
        .with_button("Join", &link.path)
        .with_warning("If you have not asked to join, do nothing: nobody joins without this link.")
        .because("Sent by Bailey, because somebody has asked to join with your address.")
}
