//! Leads to choosing a new password: its button gives the right to do so.
use super::{
    behaviour::{Behaviour, LinkUsed, Opens, Press},
    issue::MailedLink,
};
use crate::{Result, bailey::Links, mail::Mail};
use policy::{LinkPurpose, time::Span};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::PasswordReset;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Acts {
        offer: |member| {
            (format!("This link lets you choose a new password for {}.", member.email), "Choose a new password")
        },
        act: |press| Box::pin(act(press)),
    },
    samples: |now| vec![letter(&MailedLink::sample(Some(now + Span::minutes(60))), false)],
};

async fn act(Press { bailey, tx, member, .. }: Press<'_>) -> Result<LinkUsed> {
    Ok(LinkUsed::Granted(bailey.links().grant_password(tx, &member).await?))
}

impl Links<'_> {
    /// Sends a member a link to choose a new password, not too often: an admin is told why not, a stranger nothing.
    ///
    /// # Errors
    /// [`policy::Refusal::MailedLately`] for an admin.
    pub(crate) async fn mail_reset(self, tx: &mut Tx, member: &MemberRow, by_admin: bool) -> Result<()> {
        if by_admin {
            self.refuse_if_mailed_lately(tx, member, PURPOSE).await?;
        } else if !self.may_mail(tx, member, PURPOSE).await? {
            return Ok(());
        }
        let link = self.for_mail(tx, member, PURPOSE, None).await?;
        self.0.mail().queue(tx, member, &letter(&link, by_admin)).await
    }
}

fn letter(link: &MailedLink, by_admin: bool) -> Mail {
    let first = if by_admin {
        "An admin of your workspace asks you to choose a new password."
    } else {
        "Somebody, we hope you, asked for a new password for your account."
    };
    let words = vec![first.to_owned(), link.works_once("The link below leads to the page where you choose it.")];
    let mail =
        Mail::new("password-reset", "Choose a new password", words).with_button("Choose a new password", &link.path);
    if by_admin {
        return mail;
    }
    mail.with_warning("If you did not ask for it, do nothing: your password stays as it is.")
}
