//! Leads to an idea that was shared, or on which something happened.
use super::{
    behaviour::{Behaviour, Opens},
    issue::MailedLink,
};
use crate::{
    IdeaId, Result,
    bailey::Links,
    ideas::{Happened, News},
    mail::{Mail, moment},
};
use policy::{LinkPurpose, Timestamp, decide::idea_mail, time::Span, words};
use store::{IdeaRow, MemberId, MemberRow, Tx};

const PURPOSE: LinkPurpose = LinkPurpose::IdeaView;

/// How long somebody is left in peace about an idea after they were told of it.
const TOLD_LATELY: Span = Span::minutes(60);

/// The kind of the mail about one thing that happened.
const NEWS: &str = "idea-news";
/// How much of a comment a mail quotes, in characters.
const QUOTED: usize = 400;
/// How many ideas a digest leads to.
const LED_TO: usize = 20;
/// How many lines of a digest there are for one idea.
const LINES: usize = 5;

/// Why somebody gets such a mail.
const WHY: &str = "Sent by Bailey, because you follow this idea. Under My profile you choose how you are told.";

pub(super) const BEHAVIOUR: Behaviour = Behaviour {
    opens: Opens::Leads {
        to: |subject| IdeaId::parse(subject).map(|id| format!("/ideas/{id}")),
        offer: |member| (format!("This link leads to an idea that was shared with {}.", member.email), "Continue"),
    },
    samples: |now| {
        let link = MailedLink::sample(Some(now + Span::days(7)));
        let title = "Plants in the stairwell";
        let lines = vec![
            Happened::Commented("").in_words("Grace Hopper"),
            Happened::Attached("stairwell.pdf").in_words("Joan Clarke"),
        ];
        vec![
            letter("Grace Hopper", title, &link),
            news(title, "Grace Hopper", &Happened::Commented("Green, and cheap."), &link, "/unsubscribe/example"),
            digest(&[(title.to_owned(), lines, link.path)], link.until, "/unsubscribe/example"),
        ]
    },
};

impl Links<'_> {
    /// Whether a member was told of an idea lately.
    pub(crate) async fn told_of_idea(self, tx: &mut Tx, member: &MemberRow, idea: &IdeaId) -> Result<bool> {
        let since = (self.0.now() - TOLD_LATELY).0;
        let workspace = &member.workspace_id;
        let told = tx.links_made_since(workspace, PURPOSE.name(), &member.id, Some(idea.as_str()), since).await?;
        Ok(!told.is_empty())
    }

    /// Tells a member by mail that somebody shared an idea with them, with a link that leads there.
    pub(crate) async fn mail_idea(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        idea: &IdeaId,
        by: &str,
        title: &str,
    ) -> Result<()> {
        let link = self.for_mail(tx, member, PURPOSE, Some(idea.as_str())).await?;
        self.0.mail().queue(tx, member, &letter(by, title, &link)).await
    }

    /// How many mails about things that happened on ideas a member got lately.
    pub(crate) async fn mailed_news_of_ideas(self, tx: &mut Tx, member: &MemberRow) -> Result<i64> {
        let since = (self.0.now() - idea_mail::COUNTED).0;
        let sent = tx.mails_queued_since(&member.workspace_id, NEWS, member.email.as_str(), since).await?;
        Ok(i64::try_from(sent.len()).unwrap_or(i64::MAX))
    }

    /// Tells a member by mail of something that happened on an idea.
    pub(crate) async fn mail_idea_news(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        idea: &IdeaRow,
        told: &News<'_>,
    ) -> Result<()> {
        let link = self.for_mail(tx, member, PURPOSE, Some(idea.id.as_str())).await?;
        let mail = news(&idea.title, told.by_name, &told.what, &link, &self.stopped_at(&member.id));
        self.0.mail().queue(tx, member, &mail).await
    }

    /// Tells a member by mail of everything that happened on ideas within a day, with a link to each of them.
    pub(crate) async fn mail_ideas_digest(
        self,
        tx: &mut Tx,
        member: &MemberRow,
        ideas: &[(IdeaId, String, Vec<String>)],
    ) -> Result<()> {
        let (mut lines, mut until) = (Vec::new(), None);
        for (id, title, happened) in ideas.iter().take(LED_TO) {
            let link = self.for_mail(tx, member, PURPOSE, Some(id.as_str())).await?;
            until = link.until;
            lines.push((title.clone(), happened.clone(), link.path));
        }
        let mut mail = digest(&lines, until, &self.stopped_at(&member.id));
        if ideas.len() > LED_TO {
            mail = mail.because("Sent by Bailey, because you follow ideas. There was more than one mail holds: see all of them in Bailey.");
        }
        self.0.mail().queue(tx, member, &mail).await
    }

    fn stopped_at(self, member: &MemberId) -> String {
        self.0.ideas().unsubscribe_page(member)
    }
}

fn letter(by: &str, title: &str, link: &MailedLink) -> Mail {
    let words = vec![format!("{by} shared the idea “{title}” with you."), leads(link.until)];
    Mail::new("idea-shared", "An idea was shared with you", words)
        .with_button("See the idea", &link.path)
        .because("Sent by Bailey, because somebody in your workspace wanted you to know.")
}

fn leads(until: Option<Timestamp>) -> String {
    match until {
        Some(at) => format!("The link below leads to it, until {}. You may have to sign in first.", moment(at)),
        None => "The link below leads to it. You may have to sign in first.".to_owned(),
    }
}

fn news(title: &str, by: &str, what: &Happened<'_>, link: &MailedLink, stopped_at: &str) -> Mail {
    let mut words = vec![format!("On the idea “{title}”: {}", what.in_words(by))];
    words.extend(what.quoted().map(quote));
    words.push(leads(link.until));
    Mail::new(NEWS, "Something happened on an idea", words)
        .with_button("See the idea", &link.path)
        .because(WHY)
        .stopped_at(stopped_at)
}

/// The beginning of what somebody has written, between quotation marks.
fn quote(text: &str) -> String {
    let begins: String = text.chars().take(QUOTED).collect();
    let more = if begins.len() < text.len() { "…" } else { "" };
    format!("“{begins}{more}”")
}

fn digest(ideas: &[(String, Vec<String>, String)], until: Option<Timestamp>, stopped_at: &str) -> Mail {
    let mut said = vec!["This happened on ideas that you follow.".to_owned()];
    for (title, happened, _) in ideas {
        let mut line = format!("“{title}”: {}", happened.iter().take(LINES).cloned().collect::<Vec<_>>().join(" "));
        if happened.len() > LINES {
            let more = i64::try_from(happened.len() - LINES).unwrap_or(i64::MAX);
            line = format!("{line} And {} more.", words::number(more));
        }
        said.push(line);
    }
    let until = until.map(|at| format!(", until {}", moment(at))).unwrap_or_default();
    let links: Vec<_> = ideas.iter().map(|(title, _, path)| (title.as_str(), path.as_str())).collect();
    Mail::new("ideas-digest", "What happened on ideas", said)
        .with_links(&format!("These links lead to them{until}. You may have to sign in first."), &links)
        .because(
            "Sent by Bailey once a day, because you follow these ideas. Under My profile you choose how you are told.",
        )
        .stopped_at(stopped_at)
}
