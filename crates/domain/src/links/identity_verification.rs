//! Proves that a mailbox is a member's, which lifts a lock and confirms their address.
use super::{
    behaviour::{Behaviour, LinkUsed, Opens, Press},
    issue::MailedLink,
};
use crate::{
    Result,
    audit::{Actor, Channel, Entry},
    bailey::Links,
    mail::{Mail, moment},
};
use policy::{AccountStatus, LinkPurpose, Refusal, Timestamp, decide::lockout::Guarded, time::Span};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::IdentityVerification;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Acts { offer, act: |press| Box::pin(act(press)) },
    samples: |now| {
        let link = MailedLink::sample(Some(now + Span::days(1)));
        vec![locked(now + Span::minutes(15), &link), confirm(&link), reactivate(&link), registered(&link)]
    },
};

fn offer(member: &MemberRow) -> (String, &'static str) {
    let email = &member.email;
    if member.status == AccountStatus::Pending {
        let what = format!(
            "This confirms that {email} is your address. Whoever looks after this workspace then decides whether you join."
        );
        return (what, "Confirm my address");
    }
    if member.email_verified_at.is_none() {
        return (format!("This confirms that {email} is your address."), "Confirm my address");
    }
    if member.status == AccountStatus::Inactive {
        return (format!("This makes the account of {email} active again."), "Activate my account");
    }
    let what = format!("This lifts the lock of {email}, so that you can sign in with your password at once.");
    (what, "Unlock my account")
}

/// Lifts the lock of the password. Attempts at codes go on counting: a mailbox is no second factor.
async fn act(Press { bailey, tx, member, client, .. }: Press<'_>) -> Result<LinkUsed> {
    if member.status == AccountStatus::Pending {
        return bailey.members().confirm_registration(tx, &member, client).await;
    }
    tx.clear_attempts_at(&member.id, Guarded::SignIn.name()).await?;
    tx.verify_email(&member.id, bailey.now().0).await?;
    let entry = Entry::new(Channel::SignIn, "Unlocked by mail", Actor::Member(member.email.clone()))
        .from_address(client.address.as_deref());
    bailey.audit().record(tx, &member.workspace_id, entry).await?;
    if member.status == AccountStatus::Inactive {
        let reactivated = bailey.members().reactivate_unused(tx, &member).await?;
        return if reactivated { Ok(LinkUsed::Reactivated) } else { Err(Refusal::Inactive.into()) };
    }
    Ok(if member.email_verified_at.is_some() { LinkUsed::Unlocked } else { LinkUsed::Confirmed })
}

impl Links<'_> {
    /// Tells a member by mail that they are locked out, with a link that lets them in earlier; not too
    /// often, and so that a link that was sent lately goes on working.
    pub(crate) async fn mail_lock(self, tx: &mut Tx, member: &MemberRow, until: Timestamp) -> Result<()> {
        if !self.may_mail(tx, member, PURPOSE).await? {
            return Ok(());
        }
        let link = self.for_mail(tx, member, PURPOSE, None).await?;
        self.0.mail().queue(tx, member, &locked(until, &link)).await
    }

    /// Sends a member whose account was deactivated since they did not use it the mail to activate it again, not too often.
    pub(crate) async fn mail_reactivation(self, tx: &mut Tx, member: &MemberRow) -> Result<()> {
        if !self.may_mail(tx, member, PURPOSE).await? {
            return Ok(());
        }
        let link = self.for_mail(tx, member, PURPOSE, None).await?;
        self.0.mail().queue(tx, member, &reactivate(&link)).await
    }

    /// Sends whoever has not confirmed their address the mail to do so, not too often.
    pub(crate) async fn mail_confirmation(self, tx: &mut Tx, member: &MemberRow) -> Result<()> {
        if !self.may_mail(tx, member, PURPOSE).await? {
            return Ok(());
        }
        let link = self.for_mail(tx, member, PURPOSE, None).await?;
        self.0.mail().queue(tx, member, &confirm(&link)).await
    }
}

impl Links<'_> {
    /// Sends whoever has asked to join the mail by which they prove that the address is theirs, not too often.
    pub(crate) async fn mail_registration(self, tx: &mut Tx, member: &MemberRow) -> Result<()> {
        if !self.may_mail(tx, member, PURPOSE).await? {
            return Ok(());
        }
        let link = self.for_mail(tx, member, PURPOSE, None).await?;
        self.0.mail().queue(tx, member, &registered(&link)).await
    }
}

fn registered(link: &MailedLink) -> Mail {
    let words = vec![
        "You have asked to join. Before anybody decides about it, we have to know that this address is yours."
            .to_owned(),
        link.works_once("The link below confirms it."),
    ];
    Mail::new("confirm-registration", "Confirm that you want to join", words)
        .with_button("Confirm my address", &link.path)
        .with_warning("If you have not asked to join, do nothing.")
        .because("Sent by Bailey, because somebody has asked to join with your address.")
}

fn locked(until: Timestamp, link: &MailedLink) -> Mail {
    let until = moment(until);
    let words = vec![
        format!("There were too many wrong passwords for your account, so signing in is locked until {until}."),
        link.works_once("With the link below you can unlock it earlier."),
    ];
    Mail::new("locked", "Signing in is locked for a while", words)
        .with_button("It was me: unlock", &link.path)
        .with_warning(
            "If it was not you, you need not do anything: nobody got in, and browsers that you have used before still work.",
        )
}

fn reactivate(link: &MailedLink) -> Mail {
    let words = vec![
        "You wanted to sign in, and your account was deactivated, since nobody had used it for a long time.".to_owned(),
        link.works_once("The link below makes it active again."),
    ];
    Mail::new("reactivate", "Activate your account again", words)
        .with_button("Activate my account", &link.path)
        .with_warning("If you did not want to sign in, somebody else knows your password: choose a new one.")
}

fn confirm(link: &MailedLink) -> Mail {
    let words = vec![
        "You wanted to sign in, and your address is not confirmed yet.".to_owned(),
        link.works_once("The link below confirms it."),
    ];
    Mail::new("confirm-address", "Confirm your address", words)
        .with_button("Confirm my address", &link.path)
        .with_warning("If you have no account with us, do nothing.")
}
