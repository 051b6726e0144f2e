//! Leads to the profile of somebody whom an admin has added.
use super::{
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{
    Result,
    bailey::Links,
    mail::{Mail, moment},
};
use policy::{LinkPurpose, time::Span};
use store::{MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::MemberProfile;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Leads {
        to: |_| Some("/profile".to_owned()),
        offer: |member| (format!("This link leads to the profile of {}.", member.email), "Continue"),
    },
    samples: |now| vec![letter(&MailedLink::sample(Some(now + Span::days(3))))],
};

impl Links<'_> {
    /// Tells a member whom an admin has added where their profile is.
    pub(super) async fn mail_profile(self, tx: &mut Tx, member: &MemberRow) -> Result<()> {
        let link = self.for_mail(tx, member, PURPOSE, Some(member.id.as_str())).await?;
        self.0.mail().queue(tx, member, &letter(&link)).await
    }
}

fn letter(link: &MailedLink) -> Mail {
    let leads = match link.until {
        Some(at) => format!("The link below leads to it, until {}. You have to sign in first.", moment(at)),
        None => "The link below leads to it. You have to sign in first.".to_owned(),
    };
    let words =
        vec!["Your profile was added: your name, your address, and what protects your account.".to_owned(), leads];
    Mail::new("profile-added", "Your profile was added", words)
        .with_button("See my profile", &link.path)
        .because("Sent by Bailey, because an admin has made an account for your address.")
}
