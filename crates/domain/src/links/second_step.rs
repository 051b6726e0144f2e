//! Passes the second step of a sign-in, in the browser in which it began: the link in the mail with its code.
use super::{
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{Result, bailey::Links, mail::Mail};
use policy::{LinkPurpose, time::Span, words};
use store::{MemberRow, PendingId, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::SecondStep;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::PassesSecondStep {
        offer: |member| (format!("This signs you in as {}, without the code.", member.email), "Sign in"),
    },
    samples: |now| vec![letter("1234 5678", 600, &MailedLink::sample(Some(now + Span::seconds(600))))],
};

impl Links<'_> {
    /// Sends a code for a sign-in that can be used for so many seconds, with a link that works as well, in place of the
    /// link of the code before.
    pub(crate) async fn mail_code(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        pending: &PendingId,
        code: &str,
        lasts: u32,
    ) -> Result<()> {
        let link = self.for_mail(tx, member, PURPOSE, Some(pending.as_str())).await?;
        self.0.mail().queue(tx, member, &letter(code, lasts, &link)).await
    }
}

fn letter(code: &str, lasts: u32, link: &MailedLink) -> Mail {
    let words = vec![
        format!(
            "Type this code on the page where you are signing in. It works once, and for {}.",
            words::about_seconds(lasts.into())
        ),
        link.works_once(
            "In the browser in which you are signing in, the link below passes the step without the code, and in no other.",
        ),
    ];
    Mail::new("sign-in-code", "Your code for signing in", words)
        .with_code(code)
        .with_button("Go on without the code", &link.path)
        .with_warning(
            "If you are not signing in just now, somebody knows your password: change it. Never tell this code to anybody.",
        )
}
