//! Gives a member another address: the link goes to the new one, and its button proves that they read it. The old one is
//! told, with a link by which the change is taken back.
use super::{
    behaviour::{Behaviour, LinkUsed, Opens, Press},
    issue::MailedLink,
};
use crate::{
    Error, Result,
    audit::{ADDRESS_BEFORE, Actor, Channel, Entry},
    bailey::Links,
    mail::Mail,
};
use policy::{EmailAddress, LinkPurpose, Refusal, time::Span};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::EmailChange;
const UNDO: LinkPurpose = LinkPurpose::EmailChangeUndo;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Acts {
        offer: |member| {
            let what = format!(
                "This makes the address to which this mail was sent that of the account of {}. The account signs in with it from then on.",
                member.email
            );
            (what, "Use this address")
        },
        act: |press| Box::pin(act(press)),
    },
    samples: |now| vec![confirm(&MailedLink::sample(Some(now + Span::days(1))), "ada@example.org")],
};

pub(super) const UNDO_BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Acts {
        offer: |_| {
            let what = "This makes the address to which this mail was sent that of your account again, signs the account out everywhere, and lets you choose a new password.";
            (what.to_owned(), "Take the change back")
        },
        act: |press| Box::pin(take_back(press)),
    },
    samples: |now| vec![changed(&MailedLink::sample(Some(now + Span::days(7))), "ada@example.com")],
};

/// The address that a link is about.
fn address(subject: Option<&str>) -> Result<EmailAddress> {
    Ok(subject.and_then(|text| EmailAddress::parse(text).ok()).ok_or(Refusal::LinkDead)?)
}

/// Gives the member the address, which may have become somebody else's meanwhile.
async fn give(tx: &mut Tx, member: &MemberRow, to: &EmailAddress, now: i64) -> Result<()> {
    match tx.change_email(&member.id, to, now).await {
        Err(store::Error::AlreadyExists) => Err(Refusal::LinkDead.into()),
        done => Ok(done?),
    }
}

fn entry(action: &'static str, member: &MemberRow, to: &EmailAddress, address: Option<&str>) -> Entry {
    Entry::new(Channel::Members, action, Actor::Member(member.email.clone()))
        .from_address(address)
        .about(to)
        .with(ADDRESS_BEFORE, member.email.as_str())
}

async fn act(Press { bailey, tx, member, client, subject }: Press<'_>) -> Result<LinkUsed> {
    let (to, now) = (address(subject.as_deref())?, bailey.now());
    crate::members::may_sign_in(&member)?;
    // Whatever else went to the old address gives nothing any more.
    tx.void_links_of(&member.id, now.0).await?;
    give(tx, &member, &to, now.0).await?;
    let link = bailey.links().for_mail(tx, &member, UNDO, Some(member.email.as_str())).await?;
    bailey.mail().queue(tx, &member, &changed(&link, to.as_str())).await?;
    let entry = entry("Changed their address", &member, &to, client.address.as_deref());
    bailey.audit().record(tx, &member.workspace_id, entry).await?;
    Ok(LinkUsed::EmailChanged)
}

async fn take_back(Press { bailey, tx, member, client, subject }: Press<'_>) -> Result<LinkUsed> {
    let (to, now) = (address(subject.as_deref())?, bailey.now());
    give(tx, &member, &to, now.0).await?;
    tx.end_sessions(&member.id, None, policy::Ended::SignedOut.name(), now.0).await?;
    tx.take_pendings_of(&member.id).await?;
    tx.void_links_of(&member.id, now.0).await?;
    let entry = entry("Took the change of their address back", &member, &to, client.address.as_deref());
    bailey.audit().record(tx, &member.workspace_id, entry).await?;
    Ok(LinkUsed::Granted(bailey.links().grant_password(tx, &member).await?))
}

impl Links<'_> {
    /// Sends a member the link by which another address becomes theirs; nothing is sent to an address that somebody has
    /// already, and nobody learns that by it.
    ///
    /// # Errors
    /// [`Refusal::MailedLately`] when they asked a moment ago.
    pub(crate) async fn mail_email_change(self, tx: &mut Tx, member: &MemberRow, to: &EmailAddress) -> Result<()> {
        if let Some(from) = self.mailbox_free_from(tx, member, PURPOSE).await? {
            return Err(Error::from(Refusal::MailedLately { seconds: from.since(self.0.now()).whole_seconds() }));
        }
        let link = self.for_mail(tx, member, PURPOSE, Some(to.as_str())).await?;
        if tx.member_by_email(&member.workspace_id, to).await?.is_some() {
            return Ok(());
        }
        let addressee = MemberRow { email: to.clone(), ..member.clone() };
        self.0.mail().queue(tx, &addressee, &confirm(&link, member.email.as_str())).await
    }
}

fn confirm(link: &MailedLink, account: &str) -> Mail {
    let words = vec![
        format!("The account of {account} is to have this address."),
        link.works_once("The link below confirms that you read it."),
    ];
    Mail::new("email-change", "Confirm your new address", words)
        .with_button("Use this address", &link.path)
        .with_warning("If it is not your account, do nothing: it keeps the address that it has.")
}

fn changed(link: &MailedLink, to: &str) -> Mail {
    let words = vec![
        format!("The address of your account is {to} from now on. Mails go there, and you sign in with it."),
        link.works_once("If that was not you, the link below takes it back."),
    ];
    Mail::new("email-changed", "Your address was changed", words).with_button("Take the change back", &link.path)
}
