//! Talking about ideas: comments, votes, and who is told of what happens.
use super::to_act_on;
use crate::{
    Caller, Error, IdeaId, MemberId, Result,
    bailey::Ideas,
    ideas::{Happened, News},
    members::{clean_text, hold_caller},
    platform::{random, unit_of_work::unit_of_work},
};
use policy::{
    decide::{
        idea::IdeaAct,
        quota::{self, Quota},
    },
    words,
};
use store::{CommentRow, Tx};

/// The greatest length of a comment, in characters.
const COMMENT: u16 = 2_000;
/// How many comments a page shows.
const COMMENTS_SHOWN: i64 = 200;

/// What people say about an idea, for whoever looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discussion {
    /// The latest comments, the first of them first.
    pub comments: Vec<CommentRow>,
    /// Whether whoever looks has voted for it.
    pub voted: bool,
    /// Whether they follow it.
    pub follows: bool,
}

/// What somebody does with an idea that needs no words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// They vote for it: once, however often they say so.
    Vote,
    /// They take that back.
    TakeVoteBack,
    /// They are told what happens on it from now on.
    Follow,
    /// They are told no longer.
    Unfollow,
}

impl Reaction {
    const fn act(self) -> IdeaAct {
        match self {
            Self::Vote | Self::TakeVoteBack => IdeaAct::Vote,
            Self::Follow | Self::Unfollow => IdeaAct::Follow,
        }
    }
}

/// What people say about an idea, for a member.
pub(super) async fn discussion(tx: &mut Tx, member: &MemberId, idea: &IdeaId) -> Result<Discussion> {
    let mut comments = tx.latest_comments(idea, COMMENTS_SHOWN).await?;
    comments.reverse();
    let (voted, follows) = tx.votes_and_follows(idea, member).await?;
    Ok(Discussion { comments, voted, follows })
}

impl Ideas<'_> {
    /// Says something about an idea; whoever follows it is told, and the caller follows it from then on.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`policy::Refusal::IdeaNotOpen`] unless it was approved; [`Error::Invalid`] with the words
    /// beside the field `comment`; [`policy::Refusal::QuotaReached`] after too many within a day.
    pub async fn comment(self, caller: &Caller, id: &IdeaId, typed: &str) -> Result<()> {
        let body = clean_text(typed);
        let comment = random::id(self.0.now())?.to_string();
        unit_of_work(|| async {
            let now = self.0.now();
            let mut tx = self.0.store().write().await?;
            // Of two at once the second one is counted after the first.
            let author = hold_caller(&mut tx, caller).await?;
            let idea = to_act_on(&mut tx, caller, &author, id, IdeaAct::Comment).await?;
            if body.is_empty() || body.chars().count() > COMMENT.into() {
                let most = words::number(COMMENT.into());
                return Err(Error::field("comment", format!("Write 1 to {most} characters.")));
            }
            let written = tx.comments_posted_since(caller.member(), (now - quota::IDEAS_WITHIN).0).await?;
            Quota::IdeaComments.admits_another(written)?;
            tx.insert_comment(&comment, id, caller.member(), &body, now.0).await?;
            tx.follow_idea(id, caller.member()).await?;
            self.record(&mut tx, caller, "Commented on an idea", &idea).await?;
            let news = News { by: caller.member(), by_name: &author.name, what: Happened::Commented(&body) };
            self.notify_followers(&mut tx, &idea, news).await?;
            self.0.saved_forms().forget_in(&mut tx, caller).await?;
            Ok(tx.commit().await?)
        })
        .await
    }

    /// Does what needs no words, and writes it down where it changed anything.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`policy::Refusal::IdeaNotOpen`] unless it was approved; [`policy::Refusal::QuotaReached`].
    pub async fn react(self, caller: &Caller, id: &IdeaId, reaction: Reaction) -> Result<()> {
        unit_of_work(|| async {
            let mut tx = self.0.store().write().await?;
            let now = hold_caller(&mut tx, caller).await?;
            let idea = to_act_on(&mut tx, caller, &now, id, reaction.act()).await?;
            self.one_more_act(&mut tx, caller).await?;
            let member = caller.member();
            let (changed, action) = match reaction {
                Reaction::Vote => (tx.insert_vote(id, member, self.0.now().0).await?, "Voted for an idea"),
                Reaction::TakeVoteBack => (tx.delete_vote(id, member).await?, "Took a vote back"),
                Reaction::Follow => (tx.follow_idea(id, member).await?, "Followed an idea"),
                Reaction::Unfollow => (tx.unfollow_idea(id, member).await?, "Followed an idea no longer"),
            };
            if changed {
                self.record(&mut tx, caller, action, &idea).await?;
            }
            Ok(tx.commit().await?)
        })
        .await
    }
}
