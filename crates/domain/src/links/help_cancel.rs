//! Tells a member at once that somebody has asked to have their second step removed, with a link that cancels it.
use super::{
    behaviour::{Behaviour, LinkUsed, Opens, Press},
    issue::MailedLink,
};
use crate::{
    Result,
    audit::{Actor, Channel, Entry},
    bailey::Links,
    credentials::two_factor::help,
    mail::{Mail, from, moment},
};
use policy::{LinkPurpose, Refusal, Timestamp, decide::second_step_help, time::Span};
use store::{HelpRequestRow, MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::HelpCancel;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Acts {
        offer: |member| {
            let what = format!(
                "Somebody has asked an admin to remove the second step of {}. This cancels it: your second factors stay as they are.",
                member.email
            );
            (what, "It wasn't me: cancel it")
        },
        act: |press| Box::pin(act(press)),
    },
    samples: |now| {
        let link = MailedLink::sample(Some(now + second_step_help::LASTS));
        vec![asked(&link, Some("203.0.113.7"), now + Span::minutes(60))]
    },
};

async fn act(Press { bailey, tx, member, client, subject }: Press<'_>) -> Result<LinkUsed> {
    let request = subject.ok_or(Refusal::LinkDead)?;
    let found = tx.help_request(&request).await?.filter(|found| found.member_id == member.id);
    if found.is_none() || !tx.settle_help_request(&request, help::CANCELLED, bailey.now().0).await? {
        return Err(Refusal::LinkDead.into());
    }
    let entry = Entry::new(Channel::TwoFactor, "Cancelled a request for help", Actor::Nobody)
        .from_address(client.address.as_deref())
        .about(&member.email)
        .with("by", "the link in the mail about it");
    bailey.audit().record(tx, &member.workspace_id, entry).await?;
    Ok(LinkUsed::HelpCancelled)
}

impl Links<'_> {
    /// Tells a member of a request to remove their second step, with the link that cancels it.
    pub(crate) async fn mail_help_request(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        request: &HelpRequestRow,
        granted_from: Timestamp,
    ) -> Result<()> {
        let link = self.for_mail(tx, member, PURPOSE, Some(&request.id)).await?;
        let mail = asked(&link, request.address.as_deref(), granted_from);
        self.0.mail().queue(tx, member, &mail).await
    }
}

fn asked(link: &MailedLink, address: Option<&str>, granted_from: Timestamp) -> Mail {
    let words = vec![
        format!(
            "Somebody who knows your password can't use your second step, and has asked an admin{} to remove it. No admin can do so before {}.",
            from(address),
            moment(granted_from)
        ),
        "If it was you, there is nothing to do here: you get a mail once it is decided.".to_owned(),
        link.works_once("If it was not you, the link below cancels it."),
    ];
    Mail::new("help-asked", "Somebody asks to have your second step removed", words)
        .with_button("It wasn't me: cancel it", &link.path)
        .with_links(
            "Then somebody else knows your password: choose a new one.",
            &[("Choose a new password", "/forgot-password")],
        )
}
