//! Ideas: members post them in their communities, and share them by mail.
use crate::{
    Caller, Error, IdeaId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Ideas,
    members::{clean_name, clean_text, hold_caller, hold_caller_and},
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    AccountStatus, EmailAddress,
    decide::quota::{self, Quota},
    words,
};
use std::collections::BTreeMap;
pub use store::IdeaRow;
use store::{CommunityId, NewIdeaRow, Tx};

/// The greatest length of a title, in characters.
const TITLE: usize = 120;
/// The greatest length of what an idea says, in characters.
const BODY: u16 = 5_000;
/// What the audit log says of an idea that was shared by mail.
const SHARED: &str = "Shared an idea";
/// How many ideas the list shows.
const SHOWN: i64 = 100;

/// An idea as somebody types it.
#[derive(Debug, Clone, Copy)]
pub struct NewIdea<'a> {
    /// The community, as an identifier.
    pub community: &'a str,
    /// The title.
    pub title: &'a str,
    /// What it says.
    pub body: &'a str,
}

impl Ideas<'_> {
    /// The latest ideas of the caller's communities, the latest first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller) -> Result<Vec<IdeaRow>> {
        self.latest(caller, SHOWN).await
    }

    /// So many of the latest ideas of the caller's communities at most, the latest first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn latest(self, caller: &Caller, most: i64) -> Result<Vec<IdeaRow>> {
        Ok(self.0.store().read().await?.ideas_for(caller.member(), most).await?)
    }

    /// One idea of a community that the caller belongs to.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such idea, or not for them.
    pub async fn find(self, caller: &Caller, id: &IdeaId) -> Result<IdeaRow> {
        let row = self.0.store().read().await?.idea_for(caller.member(), id).await?;
        row.ok_or(Error::NotFound)
    }

    /// Posts an idea in a community that the caller belongs to.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the fields `community`, `title` and `body`;
    /// [`policy::Refusal::QuotaReached`] after too many within a day.
    pub async fn post(self, caller: &Caller, new: NewIdea<'_>) -> Result<IdeaId> {
        let (title, body) = (clean_name(new.title), clean_text(new.body));
        let mut wrong = BTreeMap::new();
        if title.is_empty() || title.chars().count() > TITLE {
            wrong.insert("title".to_owned(), format!("Enter a title of 1 to {TITLE} characters."));
        }
        if body.is_empty() || body.chars().count() > BODY.into() {
            wrong.insert("body".to_owned(), format!("Describe it in 1 to {} characters.", words::number(BODY.into())));
        }
        let now = self.0.now();
        let id = IdeaId::from(random::id(now)?);
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            // Of two at once the second one is counted after the first.
            hold_caller(&mut tx, caller).await?;
            let mut wrong = wrong.clone();
            let community = match CommunityId::parse(new.community) {
                Some(id) if tx.belongs_to(&id, caller.member()).await? => Some(id),
                _ => {
                    wrong.insert("community".to_owned(), "Choose a community that you belong to.".to_owned());
                    None
                }
            };
            let Some(community_id) = community.filter(|_| wrong.is_empty()) else { return Err(Error::Invalid(wrong)) };
            let posted = tx.ideas_posted_since(caller.member(), (now - quota::IDEAS_WITHIN).0).await?;
            Quota::Ideas.admits_another(posted)?;
            let row = NewIdeaRow {
                id: id.clone(),
                workspace_id: caller.workspace().clone(),
                community_id,
                author_id: caller.member().clone(),
                title: title.clone(),
                body: body.clone(),
                posted_at: now,
            };
            tx.insert_idea(&row).await?;
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            let entry = entry(caller, "Posted an idea").with("idea", row.title);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            tx.commit().await?;
            Ok(row.id)
        })
        .await
    }

    /// Tells another member of the idea's community of it by mail, with a link that leads there.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the words beside the field `email`; [`Error::NotFound`] when there is no such
    /// idea, or not for the caller; [`policy::Refusal::QuotaReached`] after too many within a day.
    pub async fn share(self, caller: &Caller, id: &IdeaId, email: &str) -> Result<()> {
        let email = EmailAddress::parse(email).map_err(|problem| Error::field("email", problem.to_string()))?;
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let idea = tx.idea_for(caller.member(), id).await?.ok_or(Error::NotFound)?;
            if email == *caller.email() {
                return Err(Error::field("email", "That is your own address. Enter somebody else's."));
            }
            let found = tx.member_by_email(caller.workspace(), &email).await?;
            let there = match found.filter(|member| member.status == AccountStatus::Active) {
                Some(member) if tx.belongs_to(&idea.community_id, &member.id).await? => Some(member),
                _ => None,
            };
            let Some(member) = there else {
                return Err(Error::field("email", format!("Nobody in {} has this address.", idea.community)));
            };
            // Of two at once the second one is counted after the first.
            hold_caller_and(&mut tx, caller, &member.id).await?;
            if self.0.links().told_of_idea(&mut tx, &member, id).await? {
                return Err(Error::field("email", "They were told of this idea within the last hour."));
            }
            Quota::IdeaMails.admits_another(self.shared_lately(&mut tx, caller).await?)?;
            self.0.links().mail_idea(&mut tx, &member, id, &caller.who().name, &idea.title).await?;
            let entry = entry(caller, SHARED).about(&member.email).with("idea", idea.title);
            self.0.audit().record(&mut tx, caller.workspace(), entry).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// How many ideas the caller has lately shared by mail, as the audit log has them.
    async fn shared_lately(self, tx: &mut Tx, caller: &Caller) -> Result<i64> {
        let since = self.0.now() - quota::IDEAS_WITHIN;
        self.0.audit().count_by(tx, caller, Channel::Ideas, SHARED, since).await
    }
}

fn entry(caller: &Caller, action: &'static str) -> Entry {
    Entry::new(Channel::Ideas, action, Actor::Member(caller.email().clone())).from_address(caller.address())
}
