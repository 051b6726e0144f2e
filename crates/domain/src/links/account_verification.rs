//! Confirms the address of a member whom an admin has added: its button proves that it is theirs, and gives the right to
//! choose a password.
use super::{
    behaviour::{Behaviour, LinkUsed, Opens, Press},
    issue::MailedLink,
};
use crate::{
    Result,
    audit::{Actor, Channel, Entry},
    bailey::Links,
    mail::Mail,
};
use policy::{AccountStatus, LinkPurpose, Refusal, Timestamp, time::Span};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::AccountVerification;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Acts { offer, act: |press| Box::pin(act(press)) },
    samples: |now| vec![letter("Grace Hopper", "Acme", &MailedLink::sample(Some(now + Span::days(1))))],
};

fn offer(member: &MemberRow) -> (String, &'static str) {
    let email = &member.email;
    let what = format!(
        "An admin has made an account for {email}. This confirms that the address is yours, and lets you choose a password."
    );
    (what, "Confirm my address")
}

async fn act(Press { bailey, tx, member, client, .. }: Press<'_>) -> Result<LinkUsed> {
    if member.status != AccountStatus::Active {
        return Err(Refusal::LinkDead.into());
    }
    tx.verify_email(&member.id, bailey.now().0).await?;
    tx.delete_invitation(&member.id).await?;
    let entry = Entry::new(Channel::Members, "Confirmed an address", Actor::Member(member.email.clone()))
        .from_address(client.address.as_deref());
    bailey.audit().record(tx, &member.workspace_id, entry).await?;
    bailey.links().mail_profile(tx, &member).await?;
    Ok(LinkUsed::Granted(bailey.links().grant_password(tx, &member).await?))
}

impl Links<'_> {
    /// Sends a member whom an admin has added the link that confirms their address, not before an instant; returns the
    /// identifier of the mail.
    pub(crate) async fn mail_account_verification(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        by: &str,
        due: Timestamp,
    ) -> Result<String> {
        let workspace = tx.workspace(&member.workspace_id).await?.map(|row| row.name).unwrap_or_default();
        let link = self.for_mail(tx, member, PURPOSE, None).await?;
        self.0.mail().queue_for(tx, member, &letter(by, &workspace, &link), due).await
    }
}

fn letter(by: &str, workspace: &str, link: &MailedLink) -> Mail {
    let words = vec![
        format!("{by} has made an account for you in {workspace}."),
        link.works_once("The link below confirms that this address is yours, and lets you choose a password."),
    ];
    Mail::new("account-verification", "Confirm your new account", words)
        .with_button("Confirm my address", &link.path)
        .with_warning(
            "If you do not know what this is about, do nothing: nobody signs in before the address is confirmed.",
        )
        .because("Sent by Bailey, because an admin has made an account for your address.")
}
