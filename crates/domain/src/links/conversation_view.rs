//! Leads to a message in a conversation.
use super::{
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{
    ConversationId, Result,
    bailey::Links,
    mail::{Mail, moment},
};
use policy::{LinkPurpose, decide::conversation::MAIL_PAUSE, time::Span, words};
use store::{ConversationRow, MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::ConversationView;

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Leads {
        to: |subject| {
            let (conversation, number) = subject.split_once(':')?;
            let (id, number) = (ConversationId::parse(conversation)?, number.parse::<u32>().ok()?);
            Some(format!("/conversations/{id}#message-{number}"))
        },
        offer: |member| (format!("This link leads to a message that was sent to {}.", member.email), "Continue"),
    },
    samples: |now| {
        let link = MailedLink::sample(Some(now + Span::days(7)));
        let told = ToldMessage { by: "Grace Hopper".to_owned(), body: "Shall we water them on Monday?".to_owned() };
        vec![letter("Plants in the stairwell", &[told], false, &link)]
    },
};

/// A message as a mail tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ToldMessage {
    /// Who wrote it, by name.
    pub by: String,
    /// What they wrote, or the beginning of it.
    pub body: String,
}

impl Links<'_> {
    /// Tells a member by mail of messages in a conversation, the last of which has a number, with a link that leads there;
    /// and whether there are more before them.
    pub(crate) async fn mail_messages(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        conversation: &ConversationRow,
        number: i64,
        told: &[ToldMessage],
        more: bool,
    ) -> Result<()> {
        // Each mail has a link of its own: an earlier one goes on leading to its message.
        let subject = format!("{}:{number}", conversation.id);
        let link = self.for_mail(tx, member, PURPOSE, Some(&subject)).await?;
        self.0.mail().queue(tx, member, &letter(&conversation.subject, told, more, &link)).await
    }
}

fn letter(subject: &str, told: &[ToldMessage], more: bool, link: &MailedLink) -> Mail {
    let mut words = vec![format!("There is something new in the conversation “{subject}”.")];
    if more {
        words.push("More was written before; these are the latest messages.".to_owned());
    }
    for ToldMessage { by, body } in told {
        words.push(format!("{by} wrote:"));
        words.extend(body.lines().filter(|line| !line.is_empty()).map(str::to_owned));
    }
    words.push(match link.until {
        Some(at) => format!("The link below leads to it, until {}. You may have to sign in first.", moment(at)),
        None => "The link below leads to it. You may have to sign in first.".to_owned(),
    });
    words.push(format!(
        "You get one mail in {} about a conversation at most; what is written meanwhile stands in the next one.",
        words::minutes(MAIL_PAUSE.whole_seconds() / 60)
    ));
    Mail::new("conversation-message", &format!("New message: {subject}"), words)
        .with_button("Read and reply", &link.path)
        .because("Sent by Bailey, because you take part in this conversation. You can mute it on its page.")
}
