//! Telling those who follow an idea what happened on it: by a mail each time, by one a day, or not at all.
use crate::{
    Caller, Error, IdeaId, MemberId, Result, WorkspaceId,
    audit::{Actor, Channel, Entry},
    bailey::Ideas,
    members::hold_caller,
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    AccountStatus, Refusal,
    decide::idea_mail::{self, Delivery, IdeaMails},
};
use store::{IdeaRow, MemberRow, NewsRow, Tx, WaitingNewsRow};
use subtle::ConstantTimeEq;

/// To how many followers one event sends a mail at once; whoever comes after them finds it in their digest.
const MAILED_AT_ONCE: i64 = 100;
/// How many digests a turn of the job looks for.
const DIGESTS_A_TURN: i64 = 200;
/// Comes after every identifier.
const AFTER_ALL: &str = "~";

/// What happened on an idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Happened<'a> {
    /// Somebody said this about it.
    Commented(&'a str),
    /// Somebody attached a file of this name to it.
    Attached(&'a str),
    /// A moderator approved it.
    Approved,
    /// A moderator rejected it, for this reason.
    Rejected(&'a str),
}

impl Happened<'_> {
    /// What happened in a sentence, by whom; who decides about ideas is not told.
    pub fn in_words(self, by: &str) -> String {
        match self {
            Self::Commented(_) => format!("{by} has written a comment."),
            Self::Attached(file) => format!("{by} has attached the file {file}."),
            Self::Approved => "A moderator has approved it.".to_owned(),
            Self::Rejected(reason) => format!("A moderator has rejected it: {reason}"),
        }
    }

    /// What somebody has written about it; `None` where the sentence says all.
    pub const fn quoted(&self) -> Option<&str> {
        match self {
            Self::Commented(words) => Some(words),
            Self::Attached(_) | Self::Approved | Self::Rejected(_) => None,
        }
    }
}

/// Something that happened on an idea, and who did it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct News<'a> {
    /// Who did it: they are not told.
    pub by: &'a MemberId,
    /// Their name.
    pub by_name: &'a str,
    /// What happened.
    pub what: Happened<'a>,
}

impl Ideas<'_> {
    /// Tells those who follow an idea, and may see it as it is now, of what happened, each in the way that they have
    /// chosen; nobody gets more mails at once than [`idea_mail::MOST_AT_ONCE`].
    pub(crate) async fn notify_followers(self, tx: &mut Tx, idea: &IdeaRow, news: News<'_>) -> Result<()> {
        let now = self.0.now();
        let (event, words) = (random::id(now)?.to_string(), news.what.in_words(news.by_name));
        let row = NewsRow { event_id: &event, idea_id: &idea.id, words: &words, happened_at: now.0 };
        let at_once = tx.followers_at_once(&idea.id, news.by, MAILED_AT_ONCE).await?;
        let all = i64::try_from(at_once.len()).is_ok_and(|found| found < MAILED_AT_ONCE);
        let after = at_once.last().map_or("", |last| last.id.as_str()).to_owned();
        for member in &at_once {
            match idea_mail::delivery(IdeaMails::AtOnce, self.0.links().mailed_news_of_ideas(tx, member).await?) {
                Delivery::AtOnce => self.0.links().mail_idea_news(tx, member, idea, &news).await?,
                Delivery::Digest => tx.insert_news(&row, &member.id).await?,
                Delivery::Nothing => {}
            }
        }
        let after = if all { AFTER_ALL } else { &after };
        tx.insert_news_for_followers(&row, news.by, after).await?;
        Ok(())
    }

    /// Sends the digests that are due; returns how many.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn send_digests(self) -> Result<usize> {
        let since = idea_mail::due_since(self.0.now());
        let mut sent = 0;
        loop {
            let due = self.0.store().read().await?.digests_due(since.0, DIGESTS_A_TURN).await?;
            if due.is_empty() {
                return Ok(sent);
            }
            for member in due {
                sent += usize::from(self.send_digest(&member).await?);
            }
        }
    }

    /// Sends what waits for a member's digest; returns whether there was anything left that they may see and want to know.
    async fn send_digest(self, id: &MemberId) -> Result<bool> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            tx.lock_member(id).await?;
            let news = tx.waiting_news(id).await?;
            // Another node may have sent it meanwhile.
            let waited = tx.delete_news_of(id).await? > 0;
            let wants = tx.idea_mails_of(id).await?.is_some_and(|choice| choice != IdeaMails::Off);
            let member = tx.member(id).await?.filter(|member| member.status == AccountStatus::Active);
            let told = match member.filter(|_| waited && wants && !news.is_empty()) {
                Some(member) => {
                    self.0.links().mail_ideas_digest(&mut tx, &member, &by_idea(news)).await?;
                    true
                }
                None => false,
            };
            tx.commit().await?;
            Ok(told)
        })
        .await
    }

    /// How the caller wants to be told.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn mails(self, caller: &Caller) -> Result<IdeaMails> {
        Ok(self.0.store().read().await?.idea_mails_of(caller.member()).await?.unwrap_or(IdeaMails::AtOnce))
    }

    /// Notes how the caller wants to be told.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the field `idea_mails`.
    pub async fn choose_mails(self, caller: &Caller, typed: &str) -> Result<()> {
        let choice: IdeaMails = typed.parse().map_err(|_| Error::field("idea_mails", "Choose one of these."))?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            hold_caller(&mut tx, caller).await?;
            self.one_more_act(&mut tx, caller).await?;
            if tx.set_idea_mails(caller.member(), choice).await? {
                let entry = super::entry(caller, "Chose how to be told of ideas").with("mails", choice.name());
                self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }

    /// The page by which a member gets no more mails about ideas, whoever has the mail that leads there.
    pub(crate) fn unsubscribe_page(self, member: &MemberId) -> String {
        format!("/unsubscribe/{member}.{}", self.unsubscribe_mark(member))
    }

    fn unsubscribe_mark(self, member: &MemberId) -> String {
        self.0.vault().hash("unsubscribing from mails about ideas", &[member.as_str().as_bytes()])
    }

    /// The member whose mails a token of such a page is about.
    fn unsubscriber(self, token: &str) -> Option<MemberId> {
        let (id, mark) = token.split_once('.')?;
        let member = MemberId::parse(id)?;
        let fits: bool = self.unsubscribe_mark(&member).as_bytes().ct_eq(mark.as_bytes()).into();
        fits.then_some(member)
    }

    /// Whether a token of such a page is about anybody, and whether they get mails about ideas.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] where it is about nobody.
    pub async fn look_at_unsubscribing(self, workspace: &WorkspaceId, token: &str) -> Result<bool> {
        let mut tx = self.0.store().read().await?;
        let member = self.unsubscribing(&mut tx, workspace, token).await?;
        Ok(tx.idea_mails_of(&member.id).await? != Some(IdeaMails::Off))
    }

    /// Sends no more mails about ideas to the member whom a token is about.
    ///
    /// # Errors
    /// [`Refusal::LinkDead`] where it is about nobody.
    pub async fn unsubscribe(self, workspace: &WorkspaceId, token: &str, address: Option<&str>) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let member = self.unsubscribing(&mut tx, workspace, token).await?;
            tx.lock_member(&member.id).await?;
            if tx.set_idea_mails(&member.id, IdeaMails::Off).await? {
                tx.delete_news_of(&member.id).await?;
                let entry = Entry::new(Channel::Ideas, "Stopped mails about ideas", Actor::Nobody)
                    .from_address(address)
                    .about(&member.email);
                self.0.audit().record(&mut tx, workspace, entry).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }

    async fn unsubscribing(self, tx: &mut Tx, workspace: &WorkspaceId, token: &str) -> Result<MemberRow> {
        let id = self.unsubscriber(token).ok_or(Refusal::LinkDead)?;
        let member = tx.member(&id).await?.filter(|member| member.workspace_id == *workspace);
        Ok(member.ok_or(Refusal::LinkDead)?)
    }
}

/// What waits for a digest, by idea, in the order in which something first happened on it.
fn by_idea(news: Vec<WaitingNewsRow>) -> Vec<(IdeaId, String, Vec<String>)> {
    let mut ideas: Vec<(IdeaId, String, Vec<String>)> = Vec::new();
    for WaitingNewsRow { idea_id, title, words, .. } in news {
        match ideas.iter_mut().find(|(id, ..)| *id == idea_id) {
            Some((.., all)) => all.push(words),
            None => ideas.push((idea_id, title, vec![words])),
        }
    }
    ideas
}
