//! Ideas: members post them in their communities, moderators decide about them, and people talk about them.
mod decide;
mod discuss;
mod news;
mod share;
mod write;

pub use decide::IdeaDecision;
pub use discuss::{Discussion, Reaction};
pub(crate) use news::{Happened, News};
pub use store::{CommentRow, IdeaFilter, IdeaRow};
pub use write::NewIdea;

use crate::{
    Caller, Error, IdeaId, MemberId, Result,
    audit::{Actor, Channel, Entry},
    bailey::Ideas,
};
use policy::{
    Refusal, Role,
    decide::{
        idea::{self, IdeaAct, IdeaState, Involvement},
        moderation::may_moderate,
        quota::{self, Quota},
    },
};
use store::{CommunityId, MemberRow, Tx};

/// How many ideas a page of the list shows.
const SHOWN: i64 = 50;
/// How many ideas the queue of a moderator shows.
const QUEUED: i64 = 100;

/// A page of the list of ideas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdeaPage {
    /// The ideas.
    pub ideas: Vec<IdeaRow>,
    /// The last of them, where there are more after it.
    pub after: Option<IdeaId>,
}

/// An idea, and what whoever looks may do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenIdea {
    /// The idea.
    pub idea: IdeaRow,
    /// What they have to do with it.
    pub involved: Involvement,
    /// What people say about it, and whether they follow it or have voted for it.
    pub discussion: Discussion,
}

impl SeenIdea {
    /// Whether they may do this with it as it is.
    pub fn may(&self, act: IdeaAct) -> bool {
        idea::may(act, self.idea.state, self.involved).is_ok()
    }
}

impl Ideas<'_> {
    /// A page of the ideas that the caller sees in their communities, the latest first: those in a state, or all; after
    /// one of them, or from the latest.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn list(self, caller: &Caller, state: Option<IdeaState>, after: Option<&IdeaId>) -> Result<IdeaPage> {
        let mut tx = self.0.store().read().await?;
        let after = match after {
            Some(id) => tx.idea(id).await?.map(|idea| (idea.posted_at, idea.id)),
            None => None,
        };
        let mut ideas = tx.ideas_for(caller.member(), &IdeaFilter { state, after }, SHOWN + 1).await?;
        let more = i64::try_from(ideas.len()).is_ok_and(|found| found > SHOWN);
        ideas.truncate(usize::try_from(SHOWN).unwrap_or_default());
        let after = ideas.last().filter(|_| more).map(|idea| idea.id.clone());
        Ok(IdeaPage { ideas, after })
    }

    /// So many of the latest approved ideas of the caller's communities at most, the latest first.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn latest(self, caller: &Caller, most: i64) -> Result<Vec<IdeaRow>> {
        let filter = IdeaFilter { state: Some(IdeaState::Approved), after: None };
        Ok(self.0.store().read().await?.ideas_for(caller.member(), &filter, most).await?)
    }

    /// One idea that the caller sees, and what is said about it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such idea, or not for them.
    pub async fn find(self, caller: &Caller, id: &IdeaId) -> Result<SeenIdea> {
        let mut tx = self.0.store().read().await?;
        let (idea, involved) = seen(&mut tx, caller, caller.role(), id).await?;
        let discussion = discuss::discussion(&mut tx, caller.member(), &idea.id).await?;
        Ok(SeenIdea { idea, involved, discussion })
    }

    /// The ideas that wait and the caller may decide about, the first one first.
    ///
    /// # Errors
    /// [`Refusal::ModeratorRequired`] of whoever moderates nothing.
    pub async fn pending(self, caller: &Caller) -> Result<Vec<IdeaRow>> {
        let mut tx = self.0.store().read().await?;
        if !moderates_anything(&mut tx, caller).await? {
            return Err(Refusal::ModeratorRequired.into());
        }
        let everywhere = may_moderate(caller.role(), false);
        Ok(tx.pending_ideas(caller.workspace(), caller.member(), everywhere, QUEUED).await?)
    }

    /// How many ideas wait that the caller may decide about.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn count_pending(self, caller: &Caller) -> Result<i64> {
        let everywhere = may_moderate(caller.role(), false);
        let mut tx = self.0.store().read().await?;
        Ok(tx.count_pending_ideas(caller.workspace(), caller.member(), everywhere).await?)
    }

    /// Whether the caller may decide about the ideas of any community.
    ///
    /// # Errors
    /// When the database can't be reached.
    pub async fn moderates(self, caller: &Caller) -> Result<bool> {
        moderates_anything(&mut self.0.store().read().await?, caller).await
    }

    /// Refuses one more act of the caller's on ideas after too many within a day. They are held.
    async fn one_more_act(self, tx: &mut Tx, caller: &Caller) -> Result<()> {
        let since = self.0.now() - quota::IDEAS_WITHIN;
        let done = self.0.audit().count_by(tx, caller, Channel::Ideas, None, since).await?;
        Ok(Quota::IdeaActs.admits_another(done)?)
    }

    /// Writes down what the caller has done with an idea.
    async fn record(self, tx: &mut Tx, caller: &Caller, action: &'static str, idea: &IdeaRow) -> Result<()> {
        let entry = entry(caller, action).with("idea", idea.title.as_str());
        self.0.audit().record(tx, caller.workspace(), entry).await
    }
}

async fn moderates_anything(tx: &mut Tx, caller: &Caller) -> Result<bool> {
    Ok(may_moderate(caller.role(), false) || tx.moderates_any(caller.member()).await?)
}

fn entry(caller: &Caller, action: &'static str) -> Entry {
    Entry::new(Channel::Ideas, action, Actor::Member(caller.email().clone())).from_address(caller.address())
}

/// What a member of a role has to do with the ideas of a community, and with those of an author.
async fn involvement(
    tx: &mut Tx,
    member: &MemberId,
    role: Role,
    community: &CommunityId,
    author: &MemberId,
) -> Result<Involvement> {
    Ok(Involvement {
        is_author: author == member,
        belongs: tx.belongs_to(community, member).await?,
        moderates: may_moderate(role, tx.moderates(community, member).await?),
    })
}

/// An idea that the caller sees, and what they have to do with it.
///
/// # Errors
/// [`Error::NotFound`] when there is no such idea, or not for them.
pub(crate) async fn seen(tx: &mut Tx, caller: &Caller, role: Role, id: &IdeaId) -> Result<(IdeaRow, Involvement)> {
    let found = tx.idea(id).await?.filter(|idea| idea.workspace_id == *caller.workspace());
    let idea = found.ok_or(Error::NotFound)?;
    let involved = involvement(tx, caller.member(), role, &idea.community_id, &idea.author_id).await?;
    if idea::may_see(idea.state, involved) { Ok((idea, involved)) } else { Err(Error::NotFound) }
}

/// The same for an act of a caller who is held; `now` is who they are as things are.
///
/// # Errors
/// [`Error::NotFound`], and the refusal of whoever may not do this with it.
async fn to_act_on(tx: &mut Tx, caller: &Caller, now: &MemberRow, id: &IdeaId, act: IdeaAct) -> Result<IdeaRow> {
    let (idea, involved) = seen(tx, caller, now.role, id).await?;
    idea::may(act, idea.state, involved)?;
    Ok(idea)
}
