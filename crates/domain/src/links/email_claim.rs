//! Confirms a claim to an account: its button proves that the address is theirs, and gives the right to choose a
//! password.
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
use policy::{LinkPurpose, decide::lockout::Guarded, time::Span};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::EmailClaim;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Acts { offer, act: |press| Box::pin(act(press)) },
    samples: |now| vec![letter(&MailedLink::sample(Some(now + Span::minutes(60))))],
};

fn offer(member: &MemberRow) -> (String, &'static str) {
    let email = &member.email;
    let what = format!("This confirms that the account of {email} is yours, and lets you choose a password for it.");
    (what, "Claim my account")
}

async fn act(Press { bailey, tx, member, client, .. }: Press<'_>) -> Result<LinkUsed> {
    tx.clear_attempts_at(&member.id, Guarded::Claim.name()).await?;
    tx.verify_email(&member.id, bailey.now().0).await?;
    let entry = Entry::new(Channel::Members, "Confirmed a claim", Actor::Member(member.email.clone()))
        .from_address(client.address.as_deref());
    bailey.audit().record(tx, &member.workspace_id, entry).await?;
    Ok(LinkUsed::Granted(bailey.links().grant_password(tx, &member).await?))
}

impl Links<'_> {
    /// Sends the holder of an address the link that confirms a claim to its account, not too often.
    pub(crate) async fn mail_claim(self, tx: &mut Tx, member: &MemberRow) -> Result<()> {
        if !self.may_mail(tx, member, PURPOSE).await? {
            return Ok(());
        }
        let link = self.for_mail(tx, member, PURPOSE, None).await?;
        self.0.mail().queue(tx, member, &letter(&link)).await
    }
}

fn letter(link: &MailedLink) -> Mail {
    let words = vec![
        "Somebody says that the account with your address is theirs.".to_owned(),
        link.works_once("The link below confirms that it was you, and lets you choose a password."),
    ];
    Mail::new("claim", "Somebody claims your account", words)
        .with_button("It was me: claim it", &link.path)
        .with_warning("If it was not you, do nothing: nobody gets the account without this link.")
}
